import type { CSSProperties } from 'react';
import type { DecodedLine } from '../../../src/operations/laboratory/contract.ts';
import { useWords } from '../../kit/words/catalogue.ts';
import { useName } from '../../kit/words/language.ts';
import { spaced } from './copy.tsx';
import { laboratoryWords } from './laboratory.words.ts';

/** Something taken apart: a row for each part, set in as deep as it lies, with its bits below it. */
export function DecodedLines({ lines }: { lines: readonly DecodedLine[] }) {
  const t = useWords(laboratoryWords);
  const name = useName();
  return (
    <div className="decoded-frame">
      <table className="decoded">
        <thead>
          <tr>
            <th scope="col">{t('column.name')}</th>
            <th scope="col">{t('column.value')}</th>
            <th scope="col">{t('column.meaning')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ depth, id, name: names, value, meaning, bits }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: parts never change their order
            <tr key={index} style={{ '--depth': depth } as CSSProperties}>
              <td>
                {id && <code className="decoded-id">{id}</code>} {name(names)}
              </td>
              <td>
                <code>{spaced(value)}</code>
              </td>
              <td>
                {meaning && name(meaning)}
                {bits.length > 0 && (
                  <ul className="bits">
                    {bits.map((bit) => (
                      <li key={bit.place} className="bit">
                        <code className="bit-place">{bit.place}</code>
                        <code className="bit-value">{bit.value}</code>
                        <span>{name(bit.name)}</span>
                      </li>
                    ))}
                  </ul>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
