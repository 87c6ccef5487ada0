import { type Chip, chipHistory, familyOf, personalise } from '../../core/card/index.ts';
import type { CardFactors, KeyStore } from '../../core/keys/contract.ts';
import { cardFactors } from '../../core/keys/index.ts';
import type { CardNumber, CitizenNumber } from '../../kernel/identifiers.ts';
import { day } from '../../kernel/time.ts';
import type { Sql } from '../../platform/database/index.ts';

/** What data preparation knows of one card: all that goes on chip, face and stripe. Personal: never logged. */
export type CardData = {
  readonly card_id: string;
  readonly card_number: CardNumber;
  readonly account_number: string;
  readonly card_id_code: Uint8Array;
  readonly atr_factor: Uint8Array;
  readonly city_code: string;
  readonly generation: 2 | 3;
  readonly issued_on: string;
  readonly expires_on: string;
  readonly citizen_number: CitizenNumber;
  readonly name: string;
  readonly sex: number;
  readonly birth: string;
  readonly insurance: string | null;
  readonly photo: Uint8Array;
};

/** The data of these cards, in the order of their places in the order; each look-up an index search (`limit 1`). */
export const cardData = (sql: Sql, card_ids: readonly string[]): Promise<CardData[]> =>
  sql.query<CardData>(
    `select c.card_id, c.card_number, c.account_number, c.card_id_code, c.atr_factor, c.city_code, c.generation,
       c.issued_on, c.expires_on, p.citizen_number, p.name, p.sex, p.birth, a.photo, e.insurance
     from unnest($1::uuid[]) as wanted (id)
     cross join lateral (select * from issuance.work where card_id = wanted.id limit 1) w
     cross join lateral (select * from issuance.cards where card_id = wanted.id limit 1) c
     cross join lateral (
       select photo from issuance.applications where application_id = w.application_id limit 1) a
     cross join lateral (select * from registry.v_persons where person_id = c.person_id limit 1) p
     left join lateral (select insurance from registry.v_enrolments where person_id = c.person_id
       and insurance in ('310', '390') and from_day <= c.issued_on
       and (through_day is null or through_day >= c.issued_on) limit 1) e on true
     order by w.order_id, w.position`,
    [card_ids],
  );

const runningOf = ({ atr_factor }: CardData): number => Number(atr_factor.slice(4).toHex());
export const historyOfCard = (card: CardData): Uint8Array => chipHistory(card.city_code, runningOf(card));
export const factorsOf = (card: CardData): CardFactors =>
  cardFactors(card.city_code, historyOfCard(card), familyOf(card.generation));

/** Stands where the holder's number goes until the station writes it. */
const nobody = '0'.repeat(18) as CitizenNumber;

/**
 * What the chip maker's process leaves on a blank (初始化, LD10): files, this card's own keys, the issue data of EF05 and
 * the photo. The holder's data, the account number and the PIN are written by the station, command by command.
 */
export function initialiseChip(keys: Pick<KeyStore, 'cardKeys'>, card: CardData): Chip {
  const transport = crypto.getRandomValues(new Uint8Array(16));
  return personalise({
    generation: card.generation,
    history: historyOfCard(card),
    keys: keys.cardKeys(factorsOf(card), transport),
    transport,
    cityCode: card.city_code,
    running: runningOf(card),
    cardNumber: card.card_number,
    citizenNumber: nobody,
    name: '',
    sex: '9',
    birth: day('1900-01-01'),
    issued: day(card.issued_on),
    expiry: day(card.expires_on),
    pin: null,
    photo: card.photo,
  });
}
