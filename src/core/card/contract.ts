/** What the world can do to a card in a reader, or to a card's image. */
export type CardFaultCode =
  | 'card.absent'
  | 'card.removed'
  | 'card.not_powered'
  | 'card.slot_unknown'
  | 'card.slot_taken'
  | 'card.answer_malformed'
  | 'card.image_damaged'
  | 'card.key_damaged';

/** The same words in Chinese and English. */
export type Words = { readonly zh: string; readonly en: string };

/** One line of a description: what it is, what it says, how deep it stands. */
export type DescribedLine = { readonly depth: number; readonly label: Words; readonly value: string };

/** One command and its answer as a reader saw them, PINs and personal data masked; `response` is null when the card was gone. */
export type ApduRecord = {
  /** ISO 8601 instant. */
  readonly at: string;
  readonly slot: string;
  /** Hex; the digits of a PIN are `*`. */
  readonly command: string;
  /** Hex, status word last; values that say who the holder is are `*`. */
  readonly response: string | null;
  readonly name: Words;
  readonly status: Words;
};

/** Generation 2 cards speak 3DES, generation 3 cards SM4. */
export type CardGeneration = 2 | 3;
