import { assert } from '../../kernel/assert.ts';
import { parseTlv, type TlvItem, writeTlv } from './tlv.ts';

/**
 * Field 55: what chip, PSAM and host say to each other through the message. EMV tags where EMV has the notion, private
 * ones (class DF3x) for what only the social-security card knows (LD7, LD9).
 */
export const icDataTags = {
  cryptogram: { tag: 0x9f26, bytes: 8, zh: '内部认证数据', en: "card's internal-authentication answer" },
  counter: { tag: 0x9f36, bytes: 2, zh: '应用交易计数器', en: 'application transaction counter' },
  original: { tag: 0x9f37, bytes: 8, zh: '终端随机数', en: 'random of the terminal' },
  session_factor: { tag: 0xdf31, bytes: 8, zh: '过程因子', en: 'session factor' },
  card_id_code: { tag: 0xdf32, bytes: 16, zh: '卡识别码', en: 'card id code' },
  card_factor: { tag: 0xdf33, bytes: 8, zh: '卡片分散因子', en: 'card diversification factor' },
  challenge: { tag: 0xdf34, bytes: 8, zh: '卡片随机数', en: 'challenge of the card' },
  host_authentication: { tag: 0xdf35, bytes: 8, zh: '外部认证数据', en: 'host answer for external authentication' },
  mac: { tag: 0xdf36, bytes: 4, zh: '圈存 MAC', en: 'MAC of load' },
  tac: { tag: 0xdf37, bytes: 4, zh: '交易验证码', en: 'transaction authentication code' },
  transaction_counter: { tag: 0xdf38, bytes: 2, zh: '交易序号', en: 'transaction counter of the chip' },
  random: { tag: 0xdf39, bytes: 4, zh: '卡片伪随机数', en: 'random of the chip' },
  chip_balance: { tag: 0xdf3a, bytes: 4, zh: '卡内余额', en: 'balance of the chip' },
  psam_serial: { tag: 0xdf3b, bytes: 4, zh: '终端交易序号', en: 'terminal transaction serial' },
  transacted_at: { tag: 0xdf3c, bytes: 7, zh: '交易日期时间', en: 'transaction date and time' },
} as const;

export type IcDataName = keyof typeof icDataTags;
export type IcData = { readonly [N in IcDataName]?: Uint8Array | undefined };

type Named = {
  readonly name: IcDataName;
  readonly tag: number;
  readonly bytes: number;
  readonly zh: string;
  readonly en: string;
};
const named: readonly Named[] = (Object.keys(icDataTags) as IcDataName[]).map((name) => ({
  name,
  ...icDataTags[name],
}));
const byTag = new Map(named.map((entry) => [entry.tag, entry]));

export const icDataTag = (tag: number): Named | undefined => byTag.get(tag);

/** Reads field 55; null when it is malformed, says a tag twice or gives a tag the wrong length. Unknown tags are passed over. */
export function parseIcData(field55: Uint8Array): IcData | null {
  const data: { -readonly [N in IcDataName]?: Uint8Array } = {};
  const items = parseTlv(field55);
  if (!items) return null;
  for (const { tag, value } of items) {
    const entry = byTag.get(tag);
    if (!entry) continue;
    if (value.length !== entry.bytes || data[entry.name]) return null;
    data[entry.name] = value;
  }
  return data;
}

export function writeIcData(data: IcData): Uint8Array {
  const items: TlvItem[] = [];
  for (const { name, tag, bytes } of named) {
    const value = data[name];
    if (!value) continue;
    assert(value.length === bytes, `${name} has ${bytes} bytes`);
    items.push({ tag, value });
  }
  return writeTlv(items);
}
