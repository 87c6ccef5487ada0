import type { Step, Worked } from '../../../src/operations/laboratory/contract.ts';
import { Stamp } from '../../kit/shell/page.tsx';
import { useWords } from '../../kit/words/catalogue.ts';
import { useName } from '../../kit/words/language.ts';
import { Copy, spaced } from './copy.tsx';
import { laboratoryWords } from './laboratory.words.ts';

/** What came out, whether it is what was expected, and every step with what went in. */
export function Account({ worked }: { worked: Worked }) {
  const t = useWords(laboratoryWords);
  const name = useName();
  const { result, steps, comparison } = worked;
  return (
    <div className="stack">
      <div className="outcome">
        <span className="quiet">{t('result')}</span>
        <span className="outcome-value">
          <code>{spaced(result)}</code>
          <Copy text={result} />
        </span>
        {comparison && (
          <>
            <span className="quiet">{t('expected')}</span>
            <span className="outcome-value">
              <code>{spaced(comparison.expected)}</code>
              <Stamp tone={comparison.equal ? 'done' : 'refused'}>{t(comparison.equal ? 'matches' : 'differs')}</Stamp>
            </span>
          </>
        )}
      </div>
      {comparison && !comparison.equal && (
        <section className="would">
          <h3>{t('would')}</h3>
          {comparison.matches.length === 0 && <p className="quiet">{t('would.none')}</p>}
          {comparison.matches.map(({ variation, result: other, steps: way }) => (
            <details key={variation.en}>
              <summary>
                {name(variation)} <code>{spaced(other)}</code>
              </summary>
              <Steps steps={way} />
            </details>
          ))}
        </section>
      )}
      <Steps steps={steps} />
    </div>
  );
}

function Steps({ steps }: { steps: readonly Step[] }) {
  const name = useName();
  return (
    <ol className="lab-steps">
      {steps.map((step, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: steps never change their order
        <li key={index}>
          <div className="lab-step-head">
            <strong>{name(step.name)}</strong>
            {step.source && <small className="quiet">{step.source}</small>}
          </div>
          <dl>
            {step.inputs.map((input, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: inputs never change their order
              <Value key={at} label={name(input.name)} value={input.value} />
            ))}
            <Value label="→" value={step.output} out />
          </dl>
        </li>
      ))}
    </ol>
  );
}

function Value({ label, value, out = false }: { label: string; value: string; out?: boolean }) {
  return (
    <div className={out ? 'lab-value lab-value-out' : 'lab-value'}>
      <dt>{label}</dt>
      <dd>
        <code>{spaced(value)}</code>
        {value && <Copy text={value} />}
      </dd>
    </div>
  );
}
