import { expect, test } from 'vitest';
import { dutyOf, stateAfter, type TransactionMove, type TransactionState } from './states.rules.ts';

const table = `
| state     | duty     | approve  | decline  | touch_chip | prove  | give_up   | acknowledge | dispute  |
| requested | reverse  | approved | declined |            |        | reversing |             |          |
| approved  | reverse  |          |          | on_chip    |        | reversing |             |          |
| on_chip   | ask_chip |          |          |            | proven | reversing |             |          |
| proven    | upload   |          |          |            |        |           | completed   | disputed |
| reversing | reverse  |          |          |            |        |           | reversed    | disputed |
| declined  | none     |          |          |            |        |           |             |          |
| reversed  | none     |          |          |            |        |           |             |          |
| completed | none     |          |          |            |        |           |             |          |
| disputed  | none     |          |          |            |        |           |             |          |`;

const rows = table
  .trim()
  .split('\n')
  .map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
const [head = [], ...states] = rows;

test.each(states.map((row) => [row[0] ?? '', row] as const))('%s', (state, row) => {
  const found = head.slice(2).map((move) => stateAfter(state as TransactionState, move as TransactionMove) ?? '');
  expect([state, dutyOf(state as TransactionState), ...found]).toEqual(row);
});
