import type {
  BooksEntry,
  ChipEntry,
  DecisionEntry,
  LedgerEntry,
  Station,
  StationState,
  TerminalStep,
  Trace,
  WireMessage,
} from './contract.ts';

/** What was found of a payment at each station. */
export type Found = {
  readonly chip: readonly ChipEntry[];
  readonly terminal: readonly TerminalStep[];
  readonly wire: readonly WireMessage[];
  readonly decision: readonly DecisionEntry[];
  readonly ledger: readonly LedgerEntry[];
  readonly books: readonly BooksEntry[];
};

type States = Readonly<Record<Station, StationState>>;

/** How each station ended. A failure that a reversal took back counts as repaired. */
export function stationStates(found: Found): States {
  const repaired = found.decision.some(({ kind }) => kind === 'reversal');
  const ended = (entries: readonly unknown[], failed: boolean): StationState =>
    entries.length === 0 ? 'absent' : failed ? (repaired ? 'repaired' : 'failed') : 'done';
  const money = found.decision.filter(({ kind }) => kind === 'payment');
  return {
    chip: ended(found.chip, found.chip.some(brokeOff)),
    terminal: ended(
      found.terminal,
      found.terminal.some(({ outcome }) => outcome === 'failed'),
    ),
    wire: ended(found.wire, isWireBroken(found.wire)),
    decision: ended(
      found.decision,
      money.some(({ state }) => state === 'declined' || state === 'reversed') ||
        found.decision.some(({ state }) => state === 'differs'),
    ),
    ledger: ended(
      found.ledger,
      found.ledger.some(({ reverses }) => reverses !== null),
    ),
    books: found.books.length > 0 ? 'done' : found.ledger.length > 0 ? 'waiting' : 'absent',
  };
}

/** The chip did not answer any more, or broke off a transfer of money. Other refusals are part of a normal talk. */
const brokeOff = ({ response, status_word, what }: ChipEntry): boolean =>
  response === '' || (/LOAD|PURCHASE/i.test(what) && !/^(9000|61..)$/.test(status_word));

/** A request without an answer, or one that was refused. */
function isWireBroken(wire: readonly WireMessage[]): boolean {
  const answers = wire.filter(({ direction }) => direction === 'out');
  const codes = answers.flatMap(({ fields }) => fields.filter(({ field }) => field === 39).map(({ value }) => value));
  return answers.length < wire.length - answers.length || codes.some((code) => code !== '00');
}

const words: Readonly<Record<Station, { readonly zh: string; readonly en: string }>> = {
  chip: { zh: '卡片中断', en: 'the chip broke off' },
  terminal: { zh: '终端未完成', en: 'the terminal could not finish' },
  wire: { zh: '报文未应答或被拒绝', en: 'a message was refused or not answered' },
  decision: { zh: '中心拒绝', en: 'the centre said no' },
  ledger: { zh: '账务已冲回', en: 'the booking was taken back' },
  books: { zh: '未入账', en: 'not in the books' },
};

const repairs = {
  reversed: { zh: '已冲正，款项已退回', en: 'taken back by a reversal; the money is back where it was' },
  nothing_booked: { zh: '已冲正，此前未入账', en: 'taken back by a reversal before anything was booked' },
} as const;

/**
 * Where it failed and how it was put right; null when all went well. The centre's own "no" is told first, for it is the
 * cause of what terminal and wire show.
 */
export function failureOf(found: Found, states: States): Trace['failure'] {
  const declined = found.decision.find(({ kind, state }) => kind === 'payment' && state === 'declined');
  const failing = declined
    ? 'decision'
    : (['chip', 'wire', 'terminal', 'decision', 'ledger'] as const).find((name) =>
        ['failed', 'repaired'].includes(states[name]),
      );
  if (!failing) return null;
  const reversal = found.decision.find(({ kind }) => kind === 'reversal');
  const repair = reversal ? repairs[reversal.state === 'reversed' ? 'reversed' : 'nothing_booked'] : null;
  return { station: failing, what: words[failing], repair };
}
