import type { Exchanged, ReportLine, ScriptReport } from '../../../src/operations/laboratory/contract.ts';
import { Stamp, type Tone } from '../../kit/shell/page.tsx';
import { useWords } from '../../kit/words/catalogue.ts';
import { useName } from '../../kit/words/language.ts';
import { spaced } from './copy.tsx';
import { DecodedLines } from './decoded-lines.tsx';
import { laboratoryWords } from './laboratory.words.ts';

const tones: Readonly<Record<ReportLine['state'], Tone>> = {
  ok: 'done',
  failed: 'refused',
  refused: 'refused',
  passed: 'waiting',
  not_run: 'plain',
};

/** How a run went: a sentence, then every line; commands open to what they and their answers mean. */
export function Report({ report }: { report: ScriptReport }) {
  const t = useWords(laboratoryWords);
  const name = useName();
  const { faults, lines } = report;
  if (faults.length > 0)
    return (
      <div className="stack">
        <Stamp tone="refused">{t('results.unread', { count: faults.length })}</Stamp>
        <ul className="unread">
          {faults.map(({ place, words }) => (
            <li key={`${place.file}${place.line}.${place.column}`}>
              <span className="quiet">
                {place.file} {t('line.column', { line: place.line, column: place.column })}
              </span>
              <br />
              {name(words)}
            </li>
          ))}
        </ul>
      </div>
    );
  const ok = lines.filter(({ state }) => state === 'ok').length;
  return (
    <div className="stack">
      <Stamp tone={report.ok ? 'done' : 'refused'}>
        {t(report.ok ? 'results.ok' : 'results.not-ok', { ok, all: lines.length })}
      </Stamp>
      <ol className="run">
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines never change their order
          <Line key={index} line={line} />
        ))}
      </ol>
    </div>
  );
}

function Line({ line }: { line: ReportLine }) {
  const t = useWords(laboratoryWords);
  const name = useName();
  const { state, text, words, command, answer, difference, kept } = line;
  const head = (
    <>
      <span className="run-number quiet">
        {line.file && `${line.file} `}
        {line.line}
      </span>
      <code className="run-text">{text}</code>
      {state !== 'ok' && <Stamp tone={tones[state]}>{t(`state.${state}`)}</Stamp>}
      {command && <span className="run-name">{name(command.name)}</span>}
    </>
  );
  return (
    <li className={`run-line run-${state}`}>
      {command || answer ? (
        <details>
          <summary>{head}</summary>
          {command && <Side title={t('command')} exchanged={command} />}
          {answer && <Side title={t('answer')} exchanged={answer} />}
        </details>
      ) : (
        <div className="run-head">{head}</div>
      )}
      {words && <p className="run-words">{name(words)}</p>}
      {difference && (
        <dl className="run-difference">
          <dt>{t('wanted')}</dt>
          <dd>
            <code>{spaced(difference.expected)}</code>
          </dd>
          <dt>{t('came')}</dt>
          <dd>
            <code>{spaced(difference.came) || '–'}</code>{' '}
          </dd>
        </dl>
      )}
      {kept.length > 0 && (
        <ul className="run-kept">
          {kept.map(({ name: variable, value }) => (
            <li key={variable}>
              <code>
                ${variable} = {spaced(value)}
              </code>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

function Side({ title, exchanged }: { title: string; exchanged: Exchanged }) {
  return (
    <section className="run-side">
      <h3>{title}</h3>
      <DecodedLines lines={exchanged.lines} />
    </section>
  );
}
