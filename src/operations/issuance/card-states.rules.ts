import type { BlackListReason } from '../../core/screening/contract.ts';
import type { CardMove, CardState } from './contract.ts';

/** Who may ask for a move: the agency's desk, the holder, the issuing side (station, activation of a successor), the calendar. */
export type Mover = 'agency' | 'holder' | 'station' | 'calendar';

export type MoveRule = {
  readonly may: readonly Mover[];
  /** Where it leads from each state; null: it cannot be done. The table must be complete to compile. */
  readonly to: Readonly<Record<CardState, CardState | 'as before' | null>>;
  /** What becomes of the money on the card's account. */
  readonly money: 'stays' | 'to successor' | 'to person';
  /** On the black list with this reason, off it, or as it was. */
  readonly list: BlackListReason | 'as asked' | 'off' | 'as is';
  /** What the holder is told; null when nothing concerns the holder. */
  readonly tells: { readonly zh: string; readonly en: string } | null;
};

const none = {
  ordered: null,
  issued: null,
  active: null,
  blocked: null,
  suspended: null,
  lost: null,
  cancelled: null,
} as const;
const ended = {
  issued: 'cancelled',
  active: 'cancelled',
  blocked: 'cancelled',
  suspended: 'cancelled',
  lost: 'cancelled',
} as const;

/**
 * The life of a card. A card that was stopped and is put back is again what it was before, for a card that was not handed
 * over yet must not pay because it was stopped for a while. A formally lost card is found at the agency's counter only; a
 * provisional report may be taken back by its holder, and lapses by itself.
 */
export const moves: Readonly<Record<CardMove, MoveRule>> = {
  complete: {
    may: ['station'],
    to: { ...none, ordered: 'issued' },
    money: 'stays',
    list: 'as is',
    tells: {
      zh: '您的社会保障卡已制作完成，请等待领取通知。',
      en: 'Your card has been made; you will hear where to collect it.',
    },
  },
  spoil: { may: ['station'], to: { ...none, ordered: 'cancelled' }, money: 'stays', list: 'cancelled', tells: null },
  activate: {
    may: ['agency'],
    to: { ...none, issued: 'active' },
    money: 'stays',
    list: 'as is',
    tells: { zh: '您的社会保障卡已启用。', en: 'Your card is in use from now on.' },
  },
  block: {
    may: ['agency'],
    to: { ...none, issued: 'blocked', active: 'blocked' },
    money: 'stays',
    list: 'as asked',
    tells: {
      zh: '您的社会保障卡已被停用，请到经办机构核实。',
      en: 'Your card was blocked; please come to the agency.',
    },
  },
  unblock: {
    may: ['agency'],
    to: { ...none, blocked: 'as before' },
    money: 'stays',
    list: 'off',
    tells: { zh: '您的社会保障卡已恢复使用。', en: 'Your card can be used again.' },
  },
  suspend: {
    may: ['agency', 'holder'],
    to: { ...none, issued: 'suspended', active: 'suspended' },
    money: 'stays',
    list: 'lost',
    tells: {
      zh: '已临时挂失。请在 {through} 前办理正式挂失，逾期自动恢复使用。',
      en: 'Your card is stopped through {through}. Report the loss formally by then; otherwise the card works again.',
    },
  },
  report_loss: {
    may: ['agency', 'holder'],
    to: { ...none, issued: 'lost', active: 'lost', blocked: 'lost', suspended: 'lost' },
    money: 'stays',
    list: 'lost',
    tells: {
      zh: '已正式挂失，卡内余额保留，补卡后转入新卡。',
      en: 'The loss is recorded. The money stays yours and moves to the new card.',
    },
  },
  find: {
    may: ['agency'],
    to: { ...none, suspended: 'as before', lost: 'as before' },
    money: 'stays',
    list: 'off',
    tells: { zh: '已解除挂失，卡可继续使用。', en: 'The loss report was taken back; the card works again.' },
  },
  lapse: {
    may: ['calendar'],
    to: { ...none, suspended: 'as before' },
    money: 'stays',
    list: 'off',
    tells: { zh: '临时挂失到期，卡已恢复使用。', en: 'The provisional report has lapsed; the card works again.' },
  },
  supersede: {
    may: ['station'],
    to: { ...none, ...ended },
    money: 'to successor',
    list: 'cancelled',
    tells: { zh: '旧卡已注销，余额已转入新卡。', en: 'The old card has ended; its money is on the new one.' },
  },
  cancel: {
    may: ['agency'],
    to: { ...none, ...ended },
    money: 'to person',
    list: 'cancelled',
    tells: { zh: '卡已注销，余额退回个人账户。', en: 'The card was cancelled; its money is in your personal account.' },
  },
  emigrate: {
    may: ['agency'],
    to: { ...none, ...ended },
    money: 'to person',
    list: 'cancelled',
    tells: {
      zh: '因出境定居，卡已注销，余额退回个人账户，可申请支取。',
      en: 'The card was cancelled on emigration; its money is in your personal account, from which you may draw it.',
    },
  },
  die: {
    may: ['agency', 'calendar'],
    to: { ...none, ...ended },
    money: 'to person',
    list: 'holder_died',
    tells: {
      zh: '持卡人死亡，卡已注销，余额退回个人账户，可依法继承。',
      en: 'The card of the deceased was cancelled; its money is in the personal account and may be inherited.',
    },
  },
};

/** `before` is the last state in which nothing stopped the card. */
export function stateAfter(state: CardState, move: CardMove, before: 'issued' | 'active'): CardState | null {
  const after = moves[move].to[state];
  return after === 'as before' ? before : after;
}

/** What this mover may do with a card in this state, in the order of the table. */
export const movesFrom = (state: CardState, mover: Mover): CardMove[] =>
  (Object.keys(moves) as CardMove[]).filter((move) => moves[move].to[state] && moves[move].may.includes(mover));
