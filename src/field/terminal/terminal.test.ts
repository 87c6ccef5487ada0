import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fen } from '../../kernel/money.ts';
import { silence, TestTown } from './town.fixture.ts';

let town: TestTown;
beforeEach(async () => {
  town = await TestTown.build();
});
afterEach(() => town.close());

const price = fen(123_45);
const booked = () => [...town.bookings.values()].map(({ request, state }) => `${request.kind} ${state}`);

describe('a card pays', () => {
  test('with money loaded from the account first', async () => {
    const result = await town.pay(price);
    expect(result).toMatchObject({
      paid: true,
      amount_fen: price,
      loaded_fen: price,
      balance_fen: 0n,
      reference: '260302000001',
    });
    expect(booked()).toEqual(['load chip_confirmed', 'purchase chip_confirmed']);
    expect(town.account_fen).toBe(1_000_00n - price);
    expect(town.steps()).toEqual([
      'signing_in',
      'reading_card',
      'authenticating',
      'entering_pin',
      'loading',
      'uploading',
      'asking_centre',
      'debiting',
      'uploading',
      'paid',
    ]);
    expect(town.terminal.unfinished).toBe(0);
  });

  test('with money on the chip, without asking the account', async () => {
    town.account_fen = 500_00n;
    await town.pay(fen(100_00));
    expect(town.chip_fen).toBe(0n);
    expect(await town.pay(fen(1))).toMatchObject({ paid: true, loaded_fen: 1n });
    expect(town.account_fen).toBe(399_99n);
  });

  test('and the holder gets a receipt', async () => {
    const result = await town.pay(price);
    if (!result.paid) throw new Error(result.code);
    const stable = (text: string) => text.replace(/^(TAC +)[0-9A-F]{8}$/m, '$1########');
    expect(stable(result.receipt.zh)).toMatchInlineSnapshot(`
      "       社会保障卡消费凭证
      --------------------------------
      机构          云溪市第一人民医院
      终端号                  99010001
      卡账号       990100*********0128
      日期时间     2026-03-02 10:15:00
      批次/流水          000001/000004
      结算单号           S202603020001
      参考号              260302000001
      授权码                    000001
      --------------------------------
      圈存金额                  123.45
      消费金额                  123.45
      卡内余额                    0.00
      TAC                     ########
      --------------------------------
              请妥善保管，备查
      "
    `);
    expect(stable(result.receipt.en)).toMatchInlineSnapshot(`
      "  SOCIAL SECURITY CARD RECEIPT
      --------------------------------
      Institution Yunxi First Hospital
      Terminal                99010001
      Account      990100*********0128
      Time         2026-03-02 10:15:00
      Batch/trace        000001/000004
      Settlement         S202603020001
      Reference           260302000001
      Authorisation             000001
      --------------------------------
      Loaded (CNY)              123.45
      Paid (CNY)                123.45
      On card (CNY)               0.00
      TAC                     ########
      --------------------------------
          Please keep this receipt
      "
    `);
    for (const line of result.receipt.en.split('\n')) expect(line.length).toBeLessThanOrEqual(32);
  });

  test('and neither PIN nor account number is in what the terminal tells', async () => {
    await town.pay(price);
    const told = JSON.stringify(town.events.filter((event) => event.kind === 'wire'));
    expect(told).not.toContain(town.account_number);
    const commands = town.events.flatMap((event) => (event.kind === 'apdu' ? [event.record.command] : []));
    expect(commands.some((command) => command.startsWith('00200000'))).toBe(true);
    expect(commands.join()).not.toContain('0020000003123456');
  });
});

describe('a card does not pay', () => {
  test('when there is none', async () => {
    town.reader.remove('user');
    expect(await town.pay(price)).toMatchObject({ paid: false, code: 'terminal.no_card' });
  });

  test('with a wrong PIN, until it is blocked', async () => {
    town.pin = '000000';
    const left: (number | null)[] = [];
    for (;;) {
      const result = await town.pay(price);
      if (result.paid) throw new Error('paid with a wrong PIN');
      left.push(result.tries_left);
      if (result.code === 'terminal.pin_blocked') break;
      expect(result.code).toBe('terminal.pin_wrong');
    }
    expect(left.at(-1)).toBe(0);
    town.pin = '123456';
    expect(await town.pay(price)).toMatchObject({ paid: false, code: 'terminal.pin_blocked' });
    expect(booked()).toEqual([]);
  });

  test('a PIN that is none, or an amount that is none, costs nothing', async () => {
    town.pin = 'abc';
    const [first, second] = [await town.pay(price), await town.pay(price)];
    expect(first).toMatchObject({ code: 'terminal.pin_wrong' });
    expect(second).toEqual({ ...first, trace_id: second.trace_id });
    expect(await town.pay(fen(0))).toMatchObject({ code: 'terminal.amount_invalid' });
    expect(await town.pay(fen(-1))).toMatchObject({ code: 'terminal.amount_invalid' });
  });

  test('when the holder gives up, or the card has expired', async () => {
    town.pin = null;
    expect(await town.pay(price)).toMatchObject({ code: 'terminal.pin_cancelled' });
    town.clock.advance({ years: 10 });
    expect(await town.pay(price)).toMatchObject({ code: 'terminal.card_expired' });
  });

  test('when the centre declines: nothing to take back', async () => {
    town.account_fen = 10n;
    expect(await town.pay(price)).toMatchObject({ paid: false, code: 'terminal.declined', response_code: '51' });
    expect(town.terminal.unfinished).toBe(0);
    expect(town.chip_fen).toBe(0n);
  });

  test('when the centre cannot be reached; the next time it can', async () => {
    await town.stopCentre();
    expect(await town.pay(price)).toMatchObject({ paid: false, code: 'terminal.sign_in_failed' });
    await town.startCentre();
    expect(await town.pay(price)).toMatchObject({ paid: true });
  });
});

/** Loses what the centre does, for messages of one kind, from now on. */
const losing = (kind: string) => {
  town.mood = (request, answer) => (request.kind === kind ? silence : answer);
};

describe('a yes that does not arrive, or is not proven, is taken back', () => {
  test.each(['load', 'purchase'])('the answer to a %s is lost', async (kind) => {
    losing(kind);
    expect(await town.pay(price)).toMatchObject({ paid: false, code: 'terminal.no_answer' });
    expect(booked().at(-1)).toBe(`${kind} reversed`);
    expect(town.chip_fen).toBe(town.owed_fen);
    expect(town.terminal.unfinished).toBe(0);
  });

  test('the centre is not sure (96)', async () => {
    town.mood = (request, answer) => (request.kind === 'purchase' ? { response_code: '96' } : answer);
    expect(await town.pay(price)).toMatchObject({ paid: false, response_code: '96' });
    expect(booked().at(-1)).toBe('purchase reversed');
  });

  test('the answer is signed wrongly; the reversal waits until the centre can be believed', async () => {
    town.mood = (request, answer) => {
      if (request.kind === 'purchase') town.forged = true;
      return answer;
    };
    expect(await town.pay(price)).toMatchObject({ paid: false, code: 'terminal.answer_not_authentic' });
    expect(town.terminal.unfinished).toBe(1);
    town.forged = false;
    expect(await town.terminal.settle()).toBe(true);
    expect(booked().at(-1)).toBe('purchase reversed');
    expect(town.chip_fen).toBe(town.owed_fen);
  });

  test('the centre does not prove itself to the card', async () => {
    town.mood = (request, answer) =>
      request.kind === 'purchase' ? { ...answer, ic: { host_authentication: new Uint8Array(8) } } : answer;
    expect(await town.pay(price)).toMatchObject({ paid: false, code: 'terminal.answer_not_authentic' });
    expect(town.chip_fen).toBe(town.owed_fen);
  });

  test('MAC2 of a load is wrong', async () => {
    town.mood = (request, answer) =>
      request.kind === 'load' ? { ...answer, ic: { ...answer.ic, mac: new Uint8Array(4) } } : answer;
    expect(await town.pay(price)).toMatchObject({ paid: false, code: 'terminal.card_failed' });
    expect(booked()).toEqual(['load reversed']);
    expect(town.account_fen).toBe(1_000_00n);
  });

  test('a reversal that is not acknowledged comes before the next payment, again and again', async () => {
    let reversals = 0;
    town.mood = (request, answer) => {
      if (request.kind === 'reversal' && ++reversals < 3) return silence;
      return request.kind === 'purchase' && reversals === 0 ? silence : answer;
    };
    expect(await town.pay(price)).toMatchObject({ code: 'terminal.no_answer' });
    expect(await town.pay(price)).toMatchObject({ code: 'terminal.reversal_waiting' });
    expect(await town.pay(price)).toMatchObject({ paid: true });
    expect(reversals).toBe(3);
    expect(town.chip_fen).toBe(town.owed_fen);
  });

  test('a TAC that is not acknowledged is sent later and stands in nobody’s way', async () => {
    losing('tac_upload');
    expect(await town.pay(price)).toMatchObject({ paid: true });
    expect(town.terminal.unfinished).toBe(2);
    town.mood = (_, answer) => answer;
    expect(await town.terminal.settle()).toBe(true);
    expect(town.terminal.unfinished).toBe(0);
    expect(booked()).toEqual(['load chip_confirmed', 'purchase chip_confirmed']);
  });
});

describe('the card is pulled out', () => {
  test.each(['before', 'after'] as const)(
    '%s each command and put back: chip and centre agree',
    async (tear) => {
      await town.terminal.signIn();
      const put = town.reader.listen(({ kind, slot }) => {
        if (kind === 'removed' && slot === 'user') setTimeout(() => town.reader.insert('user', town.chip), 5);
      });
      const outcomes = new Set<string>();
      for (let letThrough = 0; ; letThrough++) {
        town.reader.tearOut('user', tear, letThrough);
        const result = await town.pay(fen(1_00));
        outcomes.add(result.paid ? 'paid' : result.code);
        await expect.poll(() => town.reader.cardIn('user')).toBe(town.chip);
        expect(await town.terminal.settle(), `torn at ${letThrough}`).toBe(true);
        expect(town.terminal.unfinished).toBe(0);
        expect(town.chip_fen, `torn at ${letThrough}`).toBe(town.owed_fen);
        const spent = booked().filter((booking) => booking === 'purchase chip_confirmed').length;
        if (result.paid && town.events.every((event) => event.kind !== 'step' || event.step !== 'present_again')) break;
        expect(spent).toBeLessThanOrEqual(letThrough + 1);
        town.events.length = 0;
        if (letThrough > 80) throw new Error('the payment takes too many commands');
      }
      put();
      expect(outcomes).toContain('paid');
      expect(outcomes).toContain('terminal.card_removed');
    },
    60_000,
  );

  test.each(['before', 'after'] as const)('%s it is debited and not put back: taken back', async (tear) => {
    await town.pay(fen(1_00));
    const commands = town.events.flatMap((event) =>
      event.kind === 'apdu' && event.record.slot === 'user' ? [event.record.command] : [],
    );
    const debit = commands.findIndex((command) => command.startsWith('B02C'));
    town.reader.tearOut('user', tear, debit);
    expect(await town.pay(fen(1_00))).toMatchObject({ paid: false, code: 'terminal.card_removed' });
    expect(town.steps()).toContain('present_again');
    expect(booked().at(-1)).toBe('purchase reversed');
    // The chip that paid unseen is short of it: the centre sees the balance at its next payment.
    expect(town.owed_fen - town.chip_fen).toBe(tear === 'after' ? 1_00n : 0n);
  });
});
