import { type Chip, chipHistory, familyOf, medicalDirectory, personalise } from '../../core/card/index.ts';
import type { KeyStore } from '../../core/keys/contract.ts';
import { cardFactors } from '../../core/keys/index.ts';
import { bytes, concat } from '../../kernel/bytes.ts';
import { type Decision, grant, refuse } from '../../kernel/decision.ts';
import type { CardNumber, CitizenNumber } from '../../kernel/identifiers.ts';
import { day } from '../../kernel/time.ts';
import type { Sql } from '../../platform/database/index.ts';
import { holderOf } from './register.ts';

/** What the running number of a card makes of its chip: the diversification factor and the card id code. */
export type CardIdentity = { readonly atr_factor: Uint8Array; readonly card_id_code: Uint8Array };

const factor_at = 5;

/**
 * Identity of the `running`th card of a city. The last four bytes of the card id code authenticate the twelve before
 * them with the card's own IRK, as the chip's personalisation does.
 */
export function cardIdentity(
  keys: Pick<KeyStore, 'authentication'>,
  { city_code, running, generation }: { city_code: string; running: number; generation: 2 | 3 },
): CardIdentity {
  const history = chipHistory(city_code, running);
  const factors = cardFactors(city_code, history, familyOf(generation));
  const body = bytes(`${city_code} D156000005 ${running.toString().padStart(8, '0')}`);
  const code = keys.authentication('IRK', factors, body.slice(0, 8), body.slice(4)).slice(0, 4);
  return { atr_factor: history.slice(factor_at), card_id_code: concat(body, code) };
}

type CardRow = {
  card_number: CardNumber;
  account_number: string;
  atr_factor: Uint8Array;
  city_code: string;
  generation: 2 | 3;
  issued_on: string;
  expires_on: string;
  citizen_number: CitizenNumber;
  name: string;
  sex: number;
  birth: string;
};

/**
 * The issuing station: personalises the chip of a card, once. A second chip of the same card would be a clone, so the card
 * is marked in the caller's transaction before its keys are derived; who asks at the same moment waits, and is refused.
 * Refusals: issuance.card_unknown, issuance.chip_issued_already (also when its chip has been on line).
 */
export async function issueChip(sql: Sql, keys: KeyStore, card_number: string, pin: string): Promise<Decision<Chip>> {
  const [card] = await sql.query<CardRow>(
    `update issuance.cards c set chip_issued_at = now()
     from issuance.chip_counters n, registry.v_persons p
     where c.card_number = $1 and c.chip_issued_at is null and n.card_id = c.card_id and p.person_id = c.person_id
       and n.purchase_sequence + n.load_sequence = 0
     returning c.card_number, c.account_number, c.atr_factor, c.city_code, c.generation, c.issued_on, c.expires_on,
       p.citizen_number, p.name, p.sex, p.birth`,
    [card_number],
  );
  if (!card)
    return refuse((await holderOf(sql, card_number)) ? 'issuance.chip_issued_already' : 'issuance.card_unknown');
  const running = Number(card.atr_factor.slice(4).toHex());
  const history = chipHistory(card.city_code, running);
  const transport = crypto.getRandomValues(new Uint8Array(16));
  const chip = personalise({
    generation: card.generation,
    history,
    keys: keys.cardKeys(cardFactors(card.city_code, history, familyOf(card.generation)), transport),
    transport,
    cityCode: card.city_code,
    running,
    cardNumber: card.card_number,
    citizenNumber: card.citizen_number,
    name: card.name,
    sex: card.sex === 1 ? '1' : '2',
    birth: day(card.birth),
    issued: day(card.issued_on),
    expiry: day(card.expires_on),
    pin,
    elements: [{ directory: medicalDirectory, tag: 0x8b, text: card.account_number }],
  });
  return grant(chip);
}
