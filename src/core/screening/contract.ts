import Type from 'typebox';
import { InstantText, type RefusalTable } from '../../platform/http/contract.ts';

/** Why a card stands on the black list. */
export const blackListReasons = ['lost', 'stolen', 'cloned', 'cancelled', 'holder_died', 'suspected_misuse'] as const;
export type BlackListReason = (typeof blackListReasons)[number];
export const BlackListReasonText = Type.Enum(blackListReasons);

export const blackListReasonNames: Readonly<Record<BlackListReason, { readonly zh: string; readonly en: string }>> = {
  lost: { zh: '挂失', en: 'reported lost' },
  stolen: { zh: '被盗', en: 'reported stolen' },
  cloned: { zh: '疑似复制卡', en: 'suspected clone' },
  cancelled: { zh: '已注销', en: 'cancelled' },
  holder_died: { zh: '持卡人死亡', en: 'holder has died' },
  suspected_misuse: { zh: '涉嫌违规使用', en: 'suspected misuse' },
};

/** One change of the black list. A terminal that holds version n downloads every change after n. */
export const BlackListChange = Type.Object({
  version: Type.Integer({ minimum: 1 }),
  account_number: Type.String({ pattern: '^\\d{12,19}$' }),
  /** Null: the card was taken off the list. */
  reason: Type.Union([BlackListReasonText, Type.Null()]),
  since: InstantText,
});
export type BlackListChange = Type.Static<typeof BlackListChange>;

export const screeningRefusals = {
  'screening.already_listed': { status: 409, zh: '该卡已在黑名单中', en: 'The card is on the black list already.' },
  'screening.not_listed': { status: 409, zh: '该卡不在黑名单中', en: 'The card is not on the black list.' },
} as const satisfies RefusalTable;
