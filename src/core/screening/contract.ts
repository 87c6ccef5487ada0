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
  'screening.terminal_not_signed_in': {
    status: 409,
    zh: '该终端未签到，没有工作密钥，不能下载黑名单',
    en: 'The terminal has not signed in, so that nothing can be signed for it.',
  },
  'screening.not_listed': { status: 409, zh: '该卡不在黑名单中', en: 'The card is not on the black list.' },
} as const satisfies RefusalTable;

/** GET /api/terminals/:id/black-list */
export const BlackListQuery = Type.Object({
  after: Type.Optional(Type.String({ pattern: '^\\d{1,18}$', description: 'the version the terminal holds' })),
});
export const BlackListDownload = Type.Object({
  kind: Type.Union([Type.Literal('F'), Type.Literal('D')]),
  through: Type.String(),
  entries: Type.Integer(),
  file: Type.String({ description: 'base64; format in core/screening/black-list-file.rules.ts' }),
});
