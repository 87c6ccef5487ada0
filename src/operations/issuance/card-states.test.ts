import { expect, it } from 'vitest';
import { type CardMove, stateAfter } from './card-states.rules.ts';
import type { CardState } from './contract.ts';

const table = `
| state     | activate | block   | unblock | report_loss | cancel    |
| issued    | active   | blocked | -       | lost        | cancelled |
| active    | -        | blocked | -       | lost        | cancelled |
| blocked   | -        | -       | before  | lost        | cancelled |
| lost      | -        | -       | before  | -           | cancelled |
| cancelled | -        | -       | -       | -           | -         |`;

const [head = [], ...rows] = table
  .trim()
  .split('\n')
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

it.each(rows)('from %s', (state, ...after) => {
  const moves = head.slice(1) as CardMove[];
  for (const before of ['issued', 'active'] as const)
    expect(moves.map((move) => stateAfter(state as CardState, move, before) ?? '-')).toEqual(
      after.map((cell) => (cell === 'before' ? before : cell)),
    );
});
