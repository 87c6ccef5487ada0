import type { ChipEntry } from '../../../src/operations/trace/contract.ts';
import { useWords } from '../words/catalogue.ts';
import { lasting, useMoments } from '../words/time.ts';
import { Raw } from './raw.tsx';
import { traceWords } from './trace.words.ts';

/**
 * 61xx: so many bytes wait; 6Cxx: ask again for so many; 63Cx to a VERIFY without a PIN: so many tries are left. All
 * are part of a conversation that goes well (ISO/IEC 7816-4).
 */
function heed({ status_word, command }: ChipEntry): 'ok' | 'note' | 'refused' {
  if (status_word === '9000' || status_word.startsWith('61')) return 'ok';
  const asksForTries = command.slice(2, 4) === '20' && command.slice(8, 10) === '00';
  return status_word.startsWith('6C') || (asksForTries && status_word.startsWith('63C')) ? 'note' : 'refused';
}

type Act = { readonly what: string; readonly slot: ChipEntry['slot']; readonly refused: boolean };

/** What was done, in order: fetching an answer and asking again with the right length belong to the command before. */
function actsOf(entries: readonly ChipEntry[]): readonly Act[] {
  const acts: Act[] = [];
  for (const entry of entries) {
    const { what, slot } = entry;
    const last = acts.at(-1);
    const refused = heed(entry) === 'refused';
    if (last?.slot === slot && (what === last.what || what === 'GET RESPONSE') && !refused) continue;
    acts.push({ what, slot, refused });
  }
  return acts;
}

const commands = [
  'SELECT',
  'READ RECORD',
  'INTERNAL AUTHENTICATE',
  'VERIFY',
  'GET BALANCE',
  'INITIALIZE FOR LOAD',
  'CREDIT FOR LOAD',
  'INITIALIZE FOR PURCHASE',
  'GET CHALLENGE',
  'EXTERNAL AUTHENTICATE',
  'UPDATE RECORD',
  'INIT_SAM_FOR_PURCHASE',
  'DEBIT FOR PURCHASE',
  'CREDIT_SAM_FOR_PURCHASE',
] as const;
const isCommand = (what: string): what is (typeof commands)[number] => commands.some((known) => known === what);

/** What terminal and chip did, in words; every exchange, byte for byte, lies under it. */
export function ChipRecord({ entries }: { entries: readonly ChipEntry[] }) {
  const t = useWords(traceWords);
  const of = (slot: ChipEntry['slot']) => entries.filter((entry) => entry.slot === slot).length;
  return (
    <>
      <ol className="acts">
        {actsOf(entries).map(({ what, slot, refused }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: exchanges never change their order
          <li key={index} className={`act act-${slot}${refused ? ' act-refused' : ''}`} title={what}>
            {isCommand(what) ? t(`apdu.${what}`) : what}
          </li>
        ))}
      </ol>
      <p className="stop-gist">
        <span className="key-card" /> {t('chip.card')} <span className="key-psam" /> {t('chip.psam')}
        <span className="quiet"> · {t('chip.exchanges', { card: of('card'), psam: of('psam') })}</span>
      </p>
      <Raw label={t('raw.chip', { count: entries.length })}>
        <ol className="apdus">
          {entries.map((entry, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: exchanges never change their order
            <Exchange key={index} entry={entry} />
          ))}
        </ol>
      </Raw>
    </>
  );
}

function Exchange({ entry }: { entry: ChipEntry }) {
  const t = useWords(traceWords);
  const moments = useMoments();
  const { command, response } = entry;
  return (
    <li className="apdu">
      <div className="apdu-head">
        <span className={`apdu-slot apdu-${entry.slot}`}>{t(`chip.${entry.slot}`)}</span>
        <strong>{entry.what}</strong>
        <span className="quiet mono apdu-time">
          {moments.clock(entry.at)}
          {entry.duration_us !== undefined && ` · ${lasting(entry.duration_us / 1000)}`}
        </span>
      </div>
      <div className="hex" title={t('chip.command')}>
        <b className="hex-mark">›</b>
        <span className="hex-head">{pairs(command.slice(0, 8))}</span>{' '}
        <span className="hex-length">{command.slice(8, 10)}</span> <span>{pairs(command.slice(10))}</span>
      </div>
      <div className="hex" title={t('chip.answer')}>
        <b className="hex-mark">‹</b>
        <span>{pairs(response.endsWith(entry.status_word) ? response.slice(0, -4) : response)}</span>{' '}
        <span className={`hex-${heed(entry)}`}>{entry.status_word}</span>
      </div>
    </li>
  );
}

/** "00A40000" → "00 A4 00 00", so that lines break between bytes. */
const pairs = (hex: string): string => hex.replace(/..(?=.)/g, '$& ');
