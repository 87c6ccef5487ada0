import type { Step } from '../../core/keys/explain/contract.ts';
import type { DecodedLine } from '../../operations/laboratory/index.ts';
import { type Language, speaks } from './lab-language.ts';

/** Columns a text takes: Chinese characters and their punctuation take two. */
export const widthOf = (text: string): number =>
  [...text].reduce(
    (width, character) =>
      width +
      (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/.test(character)
        ? 2
        : 1),
    0,
  );

export const padded = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - widthOf(text)));

/** Long hex in rows of 32 bytes under each other, so that it can be compared by eye. */
export function laidOut(value: string, indent: number): string {
  if (!/^[0-9A-F]{65,}$/.test(value)) return value;
  return (value.match(/.{1,64}/g) ?? []).join(`\n${' '.repeat(indent)}`);
}

/** Every step with its inputs and what comes out, names and values in columns. */
export function accountOf(steps: readonly Step[], language: Language): string {
  const names = steps.flatMap(({ inputs }) => inputs.map(({ name }) => widthOf(name[language])));
  const column = Math.max(2, ...names) + 2;
  return steps
    .map(({ name, inputs, output, source }, i) => {
      const head = `${String(i + 1).padStart(2)}  ${name[language]}${source ? `   (${source})` : ''}`;
      const rows = inputs.map((input) => row(input.name[language], input.value, column));
      return [head, ...rows, row('→', output, column)].join('\n');
    })
    .join('\n');
}

const row = (name: string, value: string, column: number): string =>
  `    ${padded(name, column)}${laidOut(value, 4 + column)}`;

/** Lines of something taken apart: tag, name, value, meaning; bits below. */
export function decodedText(lines: readonly DecodedLine[], language: Language, indent = 0): string {
  return lines
    .flatMap(({ depth, id, name, value, meaning, bits }) => {
      const at = ' '.repeat(indent + 2 * depth);
      const head = `${at}${id ? `${id} ` : ''}${name[language]}`;
      const text = value === '' ? head : `${head}${speaks[language].colon}${laidOut(value, indent + 2 * depth + 2)}`;
      const says = meaning ? `${text}   ${meaning[language]}` : text;
      return [
        says,
        ...bits.map((bit) => `${at}    ${padded(bit.place, 6)}${padded(bit.value, 5)}${bit.name[language]}`),
      ];
    })
    .join('\n');
}
