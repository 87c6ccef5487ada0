/** What is printed on a card and written on its stripe; `card.md` 3.1 names the items, the layout is ours. */
export type Face = {
  readonly title: string;
  readonly name: string;
  readonly card_number: string;
  readonly citizen_number: string;
  /** yyyy-mm, as on the printed card. */
  readonly issued: string;
  readonly valid_through: string;
};

type Printed = {
  readonly name: string;
  readonly card_number: string;
  readonly citizen_number: string;
  readonly issued_on: string;
  readonly expires_on: string;
};

export const faceOf = (card: Printed): Face => ({
  title: '社会保障卡',
  name: card.name,
  card_number: card.card_number,
  citizen_number: card.citizen_number,
  issued: card.issued_on.slice(0, 7),
  valid_through: card.expires_on.slice(0, 7),
});

/** Service code 520: national use with chip, no restrictions, PIN where feasible (ISO/IEC 7813). */
const service_code = '520';

/** Track 2 (ISO/IEC 7813) between its sentinels: PAN, =, expiry yymm, service code, discretionary zeros. */
export function trackTwo({ account_number, expires_on }: { account_number: string; expires_on: string }): string {
  const body = `${account_number}=${expires_on.slice(2, 4)}${expires_on.slice(5, 7)}${service_code}`;
  return `;${body.padEnd(37, '0')}?`;
}
