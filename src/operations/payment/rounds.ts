import type { PaymentRequest } from './facts.ts';

/**
 * Cuts a group into rounds in which no card, transaction or settlement occurs twice. A round is decided against rows read
 * once; what belongs together is decided in the order in which it came. Nearly always there is one round.
 */
export function rounds(requests: readonly PaymentRequest[]): number[][] {
  const next = new Map<string, number>();
  const cut: number[][] = [];
  requests.forEach((request, i) => {
    const lines = linesOf(request);
    const round = Math.max(0, ...lines.map((line) => next.get(line) ?? 0));
    for (const line of lines) next.set(line, round + 1);
    const members = cut[round] ?? [];
    cut[round] = members;
    members.push(i);
  });
  return cut;
}

function linesOf({ terminal_id, batch, trace, account_number, original, settlement_number }: PaymentRequest): string[] {
  const lines = [`t/${terminal_id}/${original?.batch ?? batch}/${original?.trace ?? trace}`];
  if (account_number) lines.push(`c/${account_number}`);
  if (settlement_number) lines.push(`s/${settlement_number}`);
  return lines;
}
