import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { moves, movesFrom, stateAfter } from './card-states.rules.ts';
import { type CardMove, type CardState, cardMoves, cardStates } from './contract.ts';

/** The table a reader sees is the table the rules follow. */
const table = /\| state .*?\n\n/s.exec(readFileSync(`${import.meta.dirname}/states.md`, 'utf8'))?.[0] ?? '';
const [head = [], , ...rows] = table
  .trim()
  .split('\n')
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

it('has a row for every state and a column for every move', () => {
  expect(rows.map(([state]) => state)).toEqual([...cardStates]);
  expect(head.slice(1)).toEqual([...cardMoves]);
  expect(Object.keys(moves)).toEqual([...cardMoves]);
});

it.each(rows)('from %s', (state, ...after) => {
  for (const before of ['issued', 'active'] as const)
    expect(cardMoves.map((move: CardMove) => stateAfter(state as CardState, move, before) ?? '-')).toEqual(
      after.map((cell) => (cell === 'before' ? before : cell)),
    );
});

it('lets each mover do only what is theirs', () => {
  expect(movesFrom('active', 'holder')).toEqual(['suspend', 'report_loss']);
  expect(movesFrom('lost', 'holder')).toEqual([]);
  expect(movesFrom('ordered', 'agency')).toEqual([]);
  expect(movesFrom('suspended', 'calendar')).toEqual(['lapse', 'die']);
  expect(movesFrom('cancelled', 'agency')).toEqual([]);
});
