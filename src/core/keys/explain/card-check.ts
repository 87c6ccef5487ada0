import { organisationCheck, organisationWeights } from '../../../kernel/identifiers.ts';
import type { Values } from './contract.ts';
import { operation } from './operation.ts';
import { LaboratoryRefusal } from './refusal.ts';
import type { Variation } from './variation.ts';

const lookAlikes: Readonly<Record<string, string>> = {
  O: '0',
  '0': 'O',
  I: '1',
  '1': 'I',
  S: '5',
  '5': 'S',
  B: '8',
  '8': 'B',
};

function misread(values: Values): readonly Variation[] {
  const text = (values.number ?? '').trim().toUpperCase();
  const made = (zh: string, en: string, number: string): Variation => ({
    axis: 'number',
    words: { zh, en },
    values: { ...values, number },
  });
  return [...text.slice(0, 8)].flatMap((character, i) => {
    const [next, like] = [text.charAt(i + 1), lookAlikes[character]];
    return [
      ...(i < 7 && next !== character
        ? [
            made(
              `第 ${i + 1}、${i + 2} 位对调`,
              `characters ${i + 1} and ${i + 2} exchanged`,
              text.slice(0, i) + next + character + text.slice(i + 2),
            ),
          ]
        : []),
      ...(like
        ? [
            made(
              `第 ${i + 1} 位应为 ${like}`,
              `character ${i + 1} read as ${like}`,
              text.slice(0, i) + like + text.slice(i + 1),
            ),
          ]
        : []),
    ];
  });
}

export const cardCheck = operation({
  name: { zh: '社会保障卡卡号校验码', en: 'check character of a card number' },
  parameters: [
    {
      key: 'number',
      label: { zh: '卡号（前 8 位或 9 位）', en: 'card number (8 or 9 characters)' },
      kind: 'text',
      lengths: [8, 9],
    },
  ],
  run(given, trace) {
    const number = given.text('number').toUpperCase();
    if (!/^[A-Z0-9]{8}[0-9X]?$/.test(number))
      throw new LaboratoryRefusal('number', 'not_text', {
        zh: '卡号由大写字母和数字组成，校验码为数字或 X',
        en: 'a card number has capital letters and digits, its check character is a digit or X',
      });
    const first8 = number.slice(0, 8);
    const products = [...first8].map(
      (character, i) => Number.parseInt(character, 36) * (organisationWeights[i] as number),
    );
    const sum = products.reduce((total, product) => total + product, 0);
    trace?.('weights', { first8 }, `${products.join(' + ')} = ${sum}`);
    trace?.('remainder', { sum }, sum % 11);
    const check = organisationCheck(first8);
    trace?.('check-character', number.length === 9 ? { expected: number.charAt(8) } : {}, check);
    return check;
  },
  neighbours: [misread],
});
