import { expect, test } from 'vitest';
import { day } from '../../kernel/time.ts';
import { loadPolicy } from './load.ts';
import { lookup } from './lookup.ts';
import type { Parameter } from './parameter.ts';
import { PolicyGap } from './policy-fault.ts';

const policy = loadPolicy('policy');

/** Every case of a parameter, as a question. */
function casesOf({ by, values }: Parameter): readonly Record<string, string>[] {
  const names = [...(values[0]?.figures.keys() ?? [])];
  return names.map((name) => Object.fromEntries(name.split('/').map((one, i) => [by[i] ?? '', one])));
}

function answer({ key, region }: Parameter, date: string, of: Record<string, string>): string {
  try {
    return lookup(policy, day(date), region).value(key, of).parameter.value;
  } catch (gap) {
    if (gap instanceof PolicyGap) return gap.code;
    throw gap;
  }
}

function changesOf(parameter: Parameter): readonly string[] {
  return parameter.values.flatMap(({ from, law, confirmed }) => {
    const eve = day(from).subtract({ days: 1 }).toString();
    const heading = `\n### ${from} · ${law.source} ${law.article ?? ''}${confirmed ? '' : ' · unconfirmed'}\n`;
    const rows = casesOf(parameter).map(
      (of) =>
        `| ${Object.values(of).join(', ') || '–'} | ${answer(parameter, eve, of)} | ${answer(parameter, from, of)} |`,
    );
    return [heading, `| case | ${eve} | ${from} |`, '|---|---|---|', ...rows];
  });
}

/**
 * Every dated figure on the day before and the day of each change. The file is read and accepted by a person: a change
 * of the law, or of how it is looked up, fails here until somebody approves it (`vitest -u`).
 */
test('every change of every figure, the day before and the day of it', async () => {
  const parameters = [...policy.parameters.values()].flatMap((keys) => [...keys.values()]);
  const text = parameters.flatMap((one) => [`\n## ${one.key} (${one.region})`, ...changesOf(one)]).join('\n');
  await expect(`# Figures of the law at each change\n${text}\n`).toMatchFileSnapshot(
    '../../../policy/changes.approved.md',
  );
});
