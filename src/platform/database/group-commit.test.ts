import { expect, test } from 'vitest';
import type { Database } from './database.ts';
import { type GroupCommitOptions, groupCommit, OutcomeUnknown, Overloaded } from './group-commit.ts';
import type { Sql } from './sql.ts';

const lost = () => Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });

/**
 * A database of one set of keys. `before` and `during` may throw what the world does: before anything is written, or
 * during commit, after (`done`) or instead of writing.
 */
class Fake {
  readonly committed = new Set<string>();
  readonly groups: string[][] = [];
  before: () => void = () => {};
  commit: (write: () => void) => void | Promise<void> = (write) => write();

  readonly database = {
    transaction: async (work: (sql: Sql) => Promise<unknown>) => {
      this.before();
      const staged: string[] = [];
      const query = async (key: string) => {
        staged.push(key);
        return [];
      };
      const result = await work({ query });
      await this.commit(() => {
        for (const key of staged) this.committed.add(key);
      });
      this.groups.push(staged);
      return result;
    },
  } as unknown as Database;

  open(options: Partial<GroupCommitOptions<string, string>> = {}) {
    return groupCommit<string, string>({
      database: this.database,
      run: async (sql, commands) => {
        if (commands.includes('guilty')) throw new Error('bad row');
        return Promise.all(
          commands.map(async (command) => {
            if (command === 'refused') return 'refused';
            if (this.committed.has(command)) return 'repeated';
            await sql.query(command);
            return `done ${command}`;
          }),
        );
      },
      ...options,
    });
  }
}

const settle = async (answers: Promise<string>[]) =>
  (await Promise.allSettled(answers)).map((answer) =>
    answer.status === 'fulfilled' ? answer.value : answer.reason.message,
  );

test('commands that arrive together are one transaction, those that come meanwhile the next', async () => {
  const fake = new Fake();
  const writer = fake.open({ max_group: 3 });
  const first = ['a', 'b', 'c', 'd'].map((key) => writer.submit(key));
  expect(await settle(first)).toEqual(['done a', 'done b', 'done c', 'done d']);
  expect(fake.groups).toEqual([['a', 'b', 'c'], ['d']]);
});

test('nobody is answered before the commit', async () => {
  const fake = new Fake();
  const gate = Promise.withResolvers<void>();
  fake.commit = async (write) => {
    await gate.promise;
    write();
  };
  const writer = fake.open();
  let answered = false;
  const answer = writer.submit('a').then(() => {
    answered = true;
  });
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(answered).toBe(false);
  gate.resolve();
  await answer;
  expect(fake.committed).toContain('a');
});

test('a refusal is an answer and harms nobody', async () => {
  const writer = new Fake().open();
  expect(await settle(['a', 'refused', 'b'].map((key) => writer.submit(key)))).toEqual(['done a', 'refused', 'done b']);
});

test('a fault fails only the guilty command', async () => {
  const fake = new Fake();
  const writer = fake.open();
  const keys = ['a', 'b', 'guilty', 'c', 'd'];
  expect(await settle(keys.map((key) => writer.submit(key)))).toEqual([
    'done a',
    'done b',
    'bad row',
    'done c',
    'done d',
  ]);
  expect([...fake.committed]).toEqual(['a', 'b', 'c', 'd']);
});

test('a database that is away is waited for', async () => {
  const fake = new Fake();
  let tries = 0;
  fake.before = () => {
    if (++tries < 4) throw lost();
  };
  expect(await fake.open().submit('a')).toBe('done a');
});

test('a commit whose answer was lost is asked again and found done', async () => {
  const fake = new Fake();
  let commits = 0;
  fake.commit = (write) => {
    write();
    if (++commits === 1) throw lost();
  };
  const writer = fake.open();
  expect(await settle(['a', 'b'].map((key) => writer.submit(key)))).toEqual(['repeated', 'repeated']);
});

test('when patience ends, a commit on its way leaves the outcome unknown', async () => {
  const fake = new Fake();
  fake.commit = () => {
    fake.before = () => {
      throw lost();
    };
    throw lost();
  };
  await expect(fake.open({ patience_ms: 50 }).submit('a')).rejects.toThrow(OutcomeUnknown);
  await expect(fake.open({ patience_ms: 50 }).submit('b')).rejects.toThrow('ECONNRESET');
});

test('a full queue answers at once', async () => {
  const writer = new Fake().open({ max_waiting: 2 });
  const answers = await settle(['a', 'b', 'c'].map((key) => writer.submit(key)));
  expect(answers).toEqual(['done a', 'done b', '2 commands are waiting']);
  const full = new Fake().open({ max_waiting: 0 });
  await expect(full.submit('a')).rejects.toThrow(Overloaded);
});

test('with several lanes, commands of one line keep their order', async () => {
  const fake = new Fake();
  const order: string[] = [];
  const writer = fake.open({
    lanes: 4,
    max_group: 2,
    line_of: (command) => command.charAt(0),
    run: async (_, commands) => {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 5));
      order.push(...commands);
      return commands;
    },
  });
  for (let i = 0; i < 20; i++) for (const card of ['x', 'y', 'z']) void writer.submit(`${card}${i}`);
  await writer.drain();
  for (const card of ['x', 'y', 'z']) {
    expect(order.filter((command) => command.startsWith(card))).toEqual(
      Array.from({ length: 20 }, (_, i) => `${card}${i}`),
    );
  }
});
