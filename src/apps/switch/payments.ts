import type { KeyStore } from '../../core/keys/contract.ts';
import { changesAfter } from '../../core/screening/index.ts';
import type { Answer, Handler, IncomingRequest } from '../../core/switch/contract.ts';
import { authorise, medicalSettlements, type PaymentRequest } from '../../operations/payment/index.ts';
import type { Clock } from '../../platform/clock.ts';
import { groupCommit } from '../../platform/database/group-commit.ts';
import type { Database } from '../../platform/database/index.ts';

export type Payments = { readonly handle: Handler; readonly drain: () => Promise<void> };

/**
 * Which handler answers which message: card money goes, group by group, to `operations/payment`, with medical bills as
 * the settlements a payment may complete; the black list to `core/screening`.
 */
export function openPayments(database: Database, keys: KeyStore, clock: Clock): Payments {
  const groups = groupCommit<PaymentRequest, Answer>({
    database,
    run: authorise({ keys, clock, settlements: medicalSettlements }),
    max_group: 128,
    linger_ms: 3,
  });
  return {
    handle: (request) =>
      request.kind === 'black_list' ? blackList(database, request) : groups.submit(request as PaymentRequest),
    drain: () => groups.drain(),
  };
}

/** As many changes as fit field 62, 512 bytes: each "account number,+|-" and a line end. */
const changes_at_most = 20;

/** The changes of the black list after the version the terminal names in field 62. */
async function blackList(database: Database, request: IncomingRequest): Promise<Answer> {
  const version = request.black_list_version ?? 0n;
  const changes = await changesAfter(database, version, changes_at_most);
  const lines = changes.map((change) => `${change.account_number}${change.reason ? '+' : '-'}`);
  return {
    response_code: '00',
    text: new TextEncoder().encode([changes.at(-1)?.version ?? version, ...lines].join('\n')),
  };
}
