import { CardFault, openPcsc, type PcscReader } from '../../core/card/index.ts';
import { LabFault } from './lab-language.ts';

/** The PC/SC service tells of its readers and cards within one look of its own. */
const noticed_ms = 1500;

/**
 * The PC/SC readers whose names hold these texts, as the slots `user` and `sam`, with a card in each. To be closed.
 * @throws LabFault where there is no PC/SC, no such reader, or no card in it
 */
export async function openReader(user: string, sam: string | null): Promise<PcscReader> {
  const reader = await openPcsc({ parts: { user, ...(sam === null ? {} : { sam }) } }).catch((fault: unknown) => {
    if (!(fault instanceof CardFault)) throw fault;
    throw LabFault.of('--reader', 'no_pcsc', fault.words.zh, fault.words.en);
  });
  const wanted: readonly (readonly [string, string, string])[] = [
    ['user', '--reader', user],
    ...(sam === null ? [] : ([['sam', '--psam-reader', sam]] as const)),
  ];
  await cardsIn(
    reader,
    wanted.map(([slot]) => slot),
  );
  for (const [slot, option, name] of wanted) {
    if (reader.holdsCard(slot)) continue;
    await reader.close();
    throw reader.slots.includes(slot) ? noCard(option, name) : noReader(option, name, reader.slots);
  }
  return reader;
}

function cardsIn(reader: PcscReader, slots: readonly string[]): Promise<void> {
  return new Promise((done) => {
    const end = () => {
      clearTimeout(timer);
      stop();
      done();
    };
    const look = () => slots.every((slot) => reader.holdsCard(slot)) && end();
    const timer = setTimeout(end, noticed_ms);
    const stop = reader.listen(look);
    look();
  });
}

const noCard = (option: string, name: string): LabFault =>
  LabFault.of(option, 'no_card', `读卡器“${name}”里没有卡`, `there is no card in the reader "${name}"`);

function noReader(option: string, name: string, slots: readonly string[]): LabFault {
  const known = slots.join(', ');
  return LabFault.of(
    option,
    'no_reader',
    known ? `没有名称含“${name}”的读卡器；其他读卡器：${known}` : `没有名称含“${name}”的读卡器；没有接任何读卡器`,
    known
      ? `no reader has "${name}" in its name; other readers: ${known}`
      : `no reader has "${name}" in its name; none is connected`,
  );
}
