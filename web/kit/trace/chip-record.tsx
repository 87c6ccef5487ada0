import type { ChipEntry } from '../../../src/operations/trace/contract.ts';
import { useWords } from '../words/catalogue.ts';
import { useMoments } from '../words/time.ts';
import { Raw } from './raw.tsx';
import { traceWords } from './trace.words.ts';

const took = ({ duration_us }: ChipEntry): number => duration_us ?? 1000;
const ms = (us: number): string => `${(us / 1000).toFixed(us < 10_000 ? 1 : 0)} ms`;
const fine = (status: string): boolean => status === '9000' || status.startsWith('61');

/** Each exchange is a bar, as high as it took long; a notch says that the chip refused. */
export function ChipRecord({ entries }: { entries: readonly ChipEntry[] }) {
  const t = useWords(traceWords);
  const longest = Math.max(...entries.map(took), 1);
  const of = (slot: ChipEntry['slot']) => entries.filter((entry) => entry.slot === slot).length;
  return (
    <>
      <div className="pulse" aria-hidden="true">
        {entries.map((entry, index) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: exchanges never change their order
            key={index}
            className={`pulse-bar pulse-${entry.slot}${fine(entry.status_word) ? '' : ' pulse-refused'}`}
            style={{ height: `${12 + 88 * Math.sqrt(took(entry) / longest)}%` }}
            title={`${entry.what} · ${entry.status_word}${entry.duration_us ? ` · ${ms(entry.duration_us)}` : ''}`}
          />
        ))}
      </div>
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
          {entry.duration_us !== undefined && ` · ${ms(entry.duration_us)}`}
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
        <span className={fine(entry.status_word) ? 'hex-ok' : 'hex-refused'}>{entry.status_word}</span>
      </div>
    </li>
  );
}

/** "00A40000" → "00 A4 00 00", so that lines break between bytes. */
const pairs = (hex: string): string => hex.replace(/..(?=.)/g, '$& ');
