import type { WireMessage } from '../../../src/operations/trace/contract.ts';
import { useWords } from '../words/catalogue.ts';
import { useName } from '../words/language.ts';
import { span, useMoments } from '../words/time.ts';
import { Raw } from './raw.tsx';
import { traceWords } from './trace.words.ts';

/** Two banks and the messages that crossed between them. */
export function WireRecord({ entries }: { entries: readonly WireMessage[] }) {
  const t = useWords(traceWords);
  const name = useName();
  return (
    <>
      <ol className="crossings">
        {entries.map((entry, index) => (
          <li key={`${entry.at}${entry.mti}`} className={`crossing crossing-${entry.direction}`}>
            <span className="mono crossing-mti">{entry.mti}</span>
            <span className="crossing-what">{name(entry.what)}</span>
            <ResponseCode entry={entry} />
            {entry.direction === 'out' && index > 0 && (
              <small className="quiet crossing-took">{span(entries[index - 1]!.at, entry.at)}</small>
            )}
            <span className="only-heard">{t(`wire.${entry.direction}`)}</span>
          </li>
        ))}
      </ol>
      <Raw label={t('raw.wire', { count: entries.length })}>
        {entries.map((entry) => (
          <Message key={`${entry.at}${entry.mti}`} entry={entry} />
        ))}
      </Raw>
    </>
  );
}

function ResponseCode({ entry }: { entry: WireMessage }) {
  const t = useWords(traceWords);
  const code = entry.fields.find(({ field }) => field === 39);
  if (!code) return null;
  return (
    <span className={code.value === '00' ? 'code code-ok' : 'code code-refused'} title={code.meaning ?? t('response')}>
      {code.value}
    </span>
  );
}

function Message({ entry }: { entry: WireMessage }) {
  const t = useWords(traceWords);
  const name = useName();
  const moments = useMoments();
  return (
    <section className="message">
      <h3>
        <span className="mono">{entry.mti}</span> {name(entry.what)}{' '}
        <span className="quiet">
          {t(`wire.${entry.direction}`)} · <span className="mono">{moments.clock(entry.at)}</span>
        </span>
      </h3>
      <table className="raw-table">
        <thead>
          <tr>
            <th scope="col" colSpan={2}>
              {t('wire.field')}
            </th>
            <th scope="col">{t('wire.value')}</th>
            <th scope="col">{t('wire.meaning')}</th>
          </tr>
        </thead>
        <tbody>
          {entry.fields.map((field) => (
            <tr key={field.field}>
              <td className="mono figures">{field.field}</td>
              <td>{name(field.name)}</td>
              <td className="mono raw-wide">{field.value}</td>
              <td className="quiet">{field.meaning}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {entry.hex && (
        <p className="hex">
          <span className="quiet">{t('wire.hex')}</span>
          <br />
          {entry.hex.replace(/..(?=.)/g, '$& ')}
        </p>
      )}
    </section>
  );
}
