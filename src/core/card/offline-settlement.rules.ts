/** File EF06 of DF04: whether a terminal may settle without the centre for a time, and what it has settled so. */
export type OfflineSettlement = {
  readonly allowed: boolean;
  /** Sum in fen of the settlements made off line: 8 digits on the card. */
  readonly amount: number;
  readonly count: number;
};

const settlementFile = 0xef06;
const [allowedTag, amountTag, countTag] = [0x90, 0x92, 0x93] as const;
export const largestOfflineAmount = 99_999_999;
export const largestOfflineCount = 99;

/** What the card takes into EF06: 90 is "0" or "1", 92 eight digits, 93 two digits; other files take any element. */
export function isSettlementElement(fid: number, record: Uint8Array): boolean {
  if (fid !== settlementFile) return true;
  const value = record.subarray(2);
  switch (record[0]) {
    case allowedTag:
      return value[0] === 0x30 || value[0] === 0x31;
    case amountTag:
      return /^\d{8}$/.test(value.toHex());
    case countTag:
      return value.every((byte) => byte >= 0x30 && byte <= 0x39);
    default:
      return true;
  }
}

/** What the elements of EF06 say; an element nobody has written counts as "not allowed" and as nothing settled. */
export function offlineSettlementOf(file: ReadonlyMap<number, Uint8Array>): OfflineSettlement {
  const digits = (text: string) => (/^\d+$/.test(text) ? Number(text) : 0);
  return {
    allowed: file.get(allowedTag)?.[0] === 0x31,
    amount: digits(file.get(amountTag)?.toHex() ?? ''),
    count: digits(String.fromCharCode(...(file.get(countTag) ?? []))),
  };
}

/** The records 90, 92 and 93 as they are written back. */
export function offlineRecords({ allowed, amount, count }: OfflineSettlement): readonly Uint8Array[] {
  const text = (value: string) => Uint8Array.from(value, (character) => character.charCodeAt(0));
  return [
    Uint8Array.of(allowedTag, 1, ...text(allowed ? '1' : '0')),
    Uint8Array.of(amountTag, 4, ...Uint8Array.fromHex(amount.toString().padStart(8, '0'))),
    Uint8Array.of(countTag, 2, ...text(count.toString().padStart(2, '0'))),
  ];
}

export type OfflineRefusal = 'not-allowed' | 'amount-limit' | 'count-limit';

/**
 * The file after one more settlement without the centre, or why there must be none: it must be allowed, and neither sum
 * nor count may pass the limits of the area. The centre sets both back when it has booked them.
 */
export function settledOffline(
  state: OfflineSettlement,
  amount: number,
  limits: { readonly amount: number; readonly count: number },
): OfflineSettlement | OfflineRefusal {
  if (!state.allowed) return 'not-allowed';
  if (state.count + 1 > Math.min(limits.count, largestOfflineCount)) return 'count-limit';
  if (state.amount + amount > Math.min(limits.amount, largestOfflineAmount)) return 'amount-limit';
  return { ...state, amount: state.amount + amount, count: state.count + 1 };
}
