import { terminalSteps } from '../../../src/field/terminal/contract.ts';
import type { TerminalStep } from '../../../src/operations/trace/contract.ts';
import { useWords } from '../words/catalogue.ts';
import { useName } from '../words/language.ts';
import { span, useMoments } from '../words/time.ts';
import { Raw } from './raw.tsx';
import { traceWords } from './trace.words.ts';

type Names = { readonly zh: string; readonly en: string };

/** A step of another maker's terminal is shown as it names itself. */
const nameOf = (step: string): Names =>
  (terminalSteps as Readonly<Record<string, Names>>)[step] ?? { zh: step, en: step.replaceAll('_', ' ') };

export function TerminalRecord({ entries }: { entries: readonly TerminalStep[] }) {
  const t = useWords(traceWords);
  const name = useName();
  const moments = useMoments();
  return (
    <>
      <ol className="steps">
        {entries.map((entry, index) => (
          <li key={`${entry.at}${entry.step}`} className={`step step-${entry.outcome}`}>
            {name(nameOf(entry.step))}
            {entries[index + 1] && <small>{span(entry.at, entries[index + 1]!.at)}</small>}
          </li>
        ))}
      </ol>
      <Raw label={t('raw.terminal', { count: entries.length })}>
        <table className="raw-table">
          <tbody>
            {entries.map((entry) => (
              <tr key={`${entry.at}${entry.step}`}>
                <td className="mono quiet">{moments.clock(entry.at)}</td>
                <td className="mono">{entry.step}</td>
                <td>{t(`step.${entry.outcome}`)}</td>
                <td className="raw-wide">
                  {Object.entries(entry.detail).map(([key, value]) => (
                    <div key={key}>
                      <span className="quiet">{key}</span> <span className="mono">{value}</span>
                    </div>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Raw>
    </>
  );
}
