import { Raw } from '../trace/raw.tsx';
import { useWords } from '../words/catalogue.ts';
import { useName } from '../words/language.ts';
import { useMoments } from '../words/time.ts';
import { readerWords } from './reader.words.ts';
import type { Exchanged } from './use-reader.ts';
import '../trace/records.css';

/** Every exchange with the card as the agent logged it, secrets masked; each opens field by field. */
export function ApduLog({ log }: { log: readonly Exchanged[] }) {
  const t = useWords(readerWords);
  if (log.length === 0) return null;
  return (
    <Raw label={t('log', { count: log.length })}>
      <ol className="apdus">
        {log.map((exchanged, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: exchanges never change their order
          <Line key={index} exchanged={exchanged} />
        ))}
      </ol>
    </Raw>
  );
}

function Line({ exchanged: { record, lines } }: { exchanged: Exchanged }) {
  const t = useWords(readerWords);
  const name = useName();
  const moments = useMoments();
  const { command, response } = record;
  const status = response?.slice(-4) ?? '';
  const well = status === '9000' || status.startsWith('61');
  return (
    <li className="apdu">
      <details className="apdu-lines">
        <summary>
          <span className="apdu-head">
            <strong>{name(record.name)}</strong>
            <span className={well ? 'hex-ok' : 'hex-note'}>{name(record.status)}</span>
            <span className="quiet mono apdu-time">{moments.clock(record.at)}</span>
          </span>
        </summary>
        <dl className="apdu-fields">
          {lines.map(({ depth, label, value }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: fields never change their order
            <div key={index} style={{ paddingInlineStart: (depth - 1) * 14 }}>
              <dt>{name(label)}</dt>
              <dd className="mono">{value}</dd>
            </div>
          ))}
        </dl>
      </details>
      <div className="hex">
        <b className="hex-mark">›</b>
        <span className="hex-head">{pairs(command.slice(0, 8))}</span> {pairs(command.slice(8))}
      </div>
      <div className="hex">
        <b className="hex-mark">‹</b>
        {response === null ? (
          <span className="hex-refused">{t('log.removed')}</span>
        ) : (
          <>
            {response.length > 4 && `${pairs(response.slice(0, -4))} `}
            <span className={well ? 'hex-ok' : 'hex-note'}>{status}</span>
          </>
        )}
      </div>
    </li>
  );
}

/** "00A40000" → "00 A4 00 00", so that lines break between bytes. */
const pairs = (hex: string): string => hex.replace(/..(?=.)/g, '$& ');
