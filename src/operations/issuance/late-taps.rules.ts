/** An offline payment of a card, as the terminal's journal gives it; the caller has verified its TAC. */
export type LateTapFacts = {
  readonly tapped_at: Temporal.Instant;
  /** Version of the black list the terminal held then. */
  readonly list_version: number;
  /** The card's entry on the list, if it stands there: since when, and in which version it came. */
  readonly listed: { readonly since: Temporal.Instant; readonly version: number } | null;
  /** Days within which a terminal must have fetched the list. */
  readonly refresh_days: number;
};

export type Bearer = 'holder' | 'agency' | 'institution';

/**
 * Who bears an offline payment of a stopped card. The holder until the loss was reported; the institution when its terminal
 * held the entry, or had not fetched the list for longer than it may; in between the agency, whose list was on its way.
 * That the loss ends with the report is what the local rules say (card.md 3.9 is silent; 人社部发〔2011〕47号 art. 16 leaves
 * rights and duties to them); the other two are ours.
 */
export function lateTapBearer({ tapped_at, list_version, listed, refresh_days }: LateTapFacts): Bearer {
  if (!listed || Temporal.Instant.compare(tapped_at, listed.since) < 0) return 'holder';
  if (list_version >= listed.version) return 'institution';
  const latest = listed.since.add({ hours: 24 * refresh_days });
  return Temporal.Instant.compare(tapped_at, latest) <= 0 ? 'agency' : 'institution';
}
