import { useWords } from '../../kit/words/catalogue.ts';
import { laboratoryWords } from './laboratory.words.ts';

const lines = [
  ['> 00840000 08', 'send'],
  ['>> 00A40400 [ $ssse ]', 'exact'],
  ['sam> 00A40400 [ $psam ]', 'slot'],
  ['< 6F * (mac:4) ?? 9000', 'pattern'],
  ['< 9000|61??', 'choice'],
  ['> 00200000 [ $pin ]', 'counted'],
  ['let k = kcv(key=$key2_dlk)', 'let'],
  ['expect $a = $b[0:8] ^ $b[8:16]', 'expect'],
  ['reset user', 'reset'],
  ['insert user sample:2', 'insert'],
  ['tear user after', 'tear'],
] as const;

/** The script language on half a page. */
export function Grammar() {
  const t = useWords(laboratoryWords);
  return (
    <details className="grammar">
      <summary>{t('grammar')}</summary>
      <dl>
        {lines.map(([code, key]) => (
          <div key={key}>
            <dt>
              <code>{code}</code>
            </dt>
            <dd>{t(`grammar.${key}`)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
