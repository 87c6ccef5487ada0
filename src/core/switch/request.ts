import { fen } from '../../kernel/money.ts';
import {
  type BusinessKind,
  type IncomingRequest,
  type MessageKind,
  messageKinds,
  type OriginalTransaction,
  type ResponseCode,
  type ReversalReason,
} from './contract.ts';
import type { FieldValues } from './fields.ts';
import { parseIcData } from './ic-data.ts';
import type { Message } from './layout.ts';

const kinds = Object.keys(messageKinds) as MessageKind[];
const transactionKey = (mti: string, processing: string, condition: string) => `${mti}/${processing}/${condition}`;
const managementKey = (mti: string, network: string) => `${mti}/${network}`;

const byKey = new Map<string, MessageKind>(
  kinds.map((kind) => {
    const { mti, processing, condition, network } = messageKinds[kind];
    return [processing && condition ? transactionKey(mti, processing, condition) : managementKey(mti, network), kind];
  }),
);

/** Which message this is: by processing code and condition for 0200, by network code for the rest; null if none of ours. */
export function kindOf({ mti, fields }: Message): MessageKind | null {
  const key =
    mti === '0200'
      ? transactionKey(mti, fields[3] ?? '', fields[25] ?? '')
      : managementKey(mti, fields[60]?.slice(8, 11) ?? '');
  return byKey.get(key) ?? null;
}

export const batchOf = (fields: FieldValues): string => fields[60]?.slice(2, 8) ?? '';

/** Field 63: operator and our trace id, as far as the terminal gives them. */
export function operatorOf(fields: FieldValues): { operator: string | null; trace_id: string | null } {
  const text = fields[63] ?? '';
  const id = text.slice(3, 39);
  return {
    operator: text.slice(0, 3).trim() || null,
    trace_id: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(id) ? id : null,
  };
}

function originalOf(text: string | undefined): OriginalTransaction | null {
  return text && text.length >= 16
    ? { batch: text.slice(0, 6), trace: text.slice(6, 12), date: text.slice(12, 16) }
    : null;
}

const reasons: readonly string[] = ['98', '96', 'A0', '06'] satisfies ReversalReason[];
const ascii = new TextDecoder('ascii');

/** The request as its handler sees it, or the response code that refuses it. */
export function readRequest(
  kind: BusinessKind,
  fields: FieldValues,
  known: {
    readonly terminal_id: string;
    readonly institution_code: string;
    readonly trace_id: string;
    readonly received_at_ms: number;
  },
): IncomingRequest | ResponseCode {
  if (messageKinds[kind].needs.some((number) => fields[number] === undefined)) return '30';
  const ic = fields[55] ? parseIcData(fields[55]) : {};
  const original = originalOf(fields[61]);
  const batch = batchOf(fields);
  if (!ic || batch.length !== 6 || (fields[61] !== undefined && !original)) return '30';
  const text = fields[62] ? ascii.decode(fields[62]) : null;
  if (kind === 'black_list' && text !== null && !/^\d{1,18}$/.test(text)) return '30';
  if (kind === 'reversal' && !reasons.includes(fields[39] ?? '')) return '30';
  return {
    kind,
    ...known,
    operator: operatorOf(fields).operator,
    batch,
    trace: fields[11] ?? '',
    local_time: fields[12] ?? null,
    local_date: fields[13] ?? null,
    account_number: fields[2] ?? null,
    processing_code: fields[3] ?? null,
    amount_fen: fields[4] === undefined ? null : fen(BigInt(fields[4])),
    entry_mode: fields[22] ?? null,
    ic,
    original,
    reversal_reason: kind === 'reversal' ? (fields[39] as ReversalReason) : null,
    // Blanks mean that the purchase completes no settlement.
    settlement_number: kind === 'purchase' ? text?.trim() || null : null,
    ...(kind === 'black_list' && text !== null ? { black_list_version: BigInt(text) } : {}),
  };
}
