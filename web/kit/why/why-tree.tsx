import { type Insurance, insurances } from '../../../src/core/registry/contract.ts';
import type { ReasonView } from '../../../src/schemes/medical/contract.ts';
import { useWords } from '../words/catalogue.ts';
import { kitWords } from '../words/kit.words.ts';
import { useLanguage } from '../words/language.ts';
import { grouped } from './grouped.ts';
import { type LawWords, useLawWords } from './law.ts';
import './why.css';

/** The plain sentence of a step and the names of its facts, as the scheme words them. */
export type Wording = {
  readonly sentence: (reason: ReasonView, language: 'zh' | 'en') => string;
  readonly fact: (name: string, language: 'zh' | 'en') => string;
};

export type { ReasonView };

type FactValue = ReasonView['inputs'][string];
const isInsurance = (value: FactValue): value is Insurance =>
  typeof value === 'string' && Object.hasOwn(insurances, value);

/** Sentence → law → parameter on its day → facts → arithmetic, one step under the other. */
export function WhyTree({
  reasons,
  wording,
  marks,
}: {
  reasons: readonly ReasonView[];
  wording: Wording;
  marks?: string;
}) {
  const t = useWords(kitWords);
  const law = useLawWords();
  if (reasons.length === 0) return <p className="quiet">{t('why.none')}</p>;
  return (
    <ol className="why">
      {reasons.map((reason, index) => (
        <Step
          // biome-ignore lint/suspicious/noArrayIndexKey: a derivation never changes its order
          key={index}
          reason={reason}
          wording={wording}
          law={law}
          marked={marks !== undefined && marks in reason.result}
        />
      ))}
    </ol>
  );
}

function Step({
  reason,
  wording,
  law,
  marked,
}: {
  reason: ReasonView;
  wording: Wording;
  law: LawWords;
  marked: boolean;
}) {
  const t = useWords(kitWords);
  const [language] = useLanguage();
  return (
    <li className={marked ? 'why-step why-step-marked' : 'why-step'}>
      <p className="why-sentence">{wording.sentence(reason, language)}</p>
      <dl className="why-grounds">
        {reason.law && (
          <div>
            <dt>{t('why.law')}</dt>
            <dd>
              {law.law(reason.law.source)} {reason.law.article}
            </dd>
          </div>
        )}
        {reason.parameter && (
          <div>
            <dt>{t('why.parameter')}</dt>
            <dd>
              {law.parameter(reason.parameter.key)} <strong>{grouped(reason.parameter.value)}</strong>{' '}
              <span className="quiet">
                {t('why.in-force', { from: reason.parameter.from })}
                {!reason.parameter.confirmed && ` · ${t('why.unconfirmed')}`}
              </span>
            </dd>
          </div>
        )}
        <Facts name={t('why.inputs')} facts={reason.inputs} wording={wording} />
        <Facts name={t('why.result')} facts={reason.result} wording={wording} strong />
      </dl>
    </li>
  );
}

function Facts({
  name,
  facts,
  wording,
  strong = false,
}: {
  name: string;
  facts: ReasonView['inputs'];
  wording: Wording;
  strong?: boolean;
}) {
  const t = useWords(kitWords);
  const [language] = useLanguage();
  // A fact with a name of its own in English stands there twice, `item` and `item_en`: one of them is read.
  const entries = Object.entries(facts).filter(([key]) => !key.endsWith('_en'));
  if (entries.length === 0) return null;
  const text = (key: string, value: FactValue): string => {
    if (key === 'insurance' && isInsurance(value)) return insurances[value][language];
    if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
    if (value === null) return '—';
    return grouped(String(value));
  };
  return (
    <div>
      <dt>{name}</dt>
      <dd className="why-facts">
        {entries.map(([key, value]) => (
          <span key={key} className={strong ? 'why-fact why-fact-strong' : 'why-fact'}>
            <span>{wording.fact(key, language)}</span>
            <span className="why-value">{text(key, (language === 'en' && facts[`${key}_en`]) || value)}</span>
          </span>
        ))}
      </dd>
    </div>
  );
}
