import {
  authenticateCard,
  CardFault,
  type CardReader,
  connect,
  creditLoad,
  debitPurchase,
  getChallenge,
  type Holder,
  initLoad,
  initPurchase,
  type LoadStarted,
  type PinResult,
  type Port,
  type PurchaseAmounts,
  type PurchaseDone,
  type PurchaseStarted,
  pinStatus,
  presentAuthentication,
  psamCreditPurchase,
  psamInitPurchase,
  readAccount,
  readFile,
  readHolder,
  readTerminalNumber,
  type SamAuthorisation,
  selectMedical,
  transactionProof,
  verifyPin,
} from '../../core/card/index.ts';
import { assert, defined } from '../../kernel/assert.ts';
import { type Fen, zero } from '../../kernel/money.ts';

/** The chip answered, with a status word that a payment cannot go on with. It has not done what it was asked. */
export class ChipRefused extends Error {
  override name = 'ChipRefused';
  readonly status: number;

  constructor(status: number) {
    super(`the chip answered ${status.toString(16).toUpperCase().padStart(4, '0')}`);
    this.status = status;
  }
}

type Answered<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly status: number };

/** The value of an answer; a refusal is thrown. */
async function value<T>(answer: Promise<Answered<T>>): Promise<T> {
  const answered = await answer;
  if (!answered.ok) throw new ChipRefused(answered.status);
  return answered.value;
}

/** Short file identifier and tag under which a card carries its account number: DF04 EF05, 8B (card.md 3.5). */
const accountFile = { short: 0x05, tag: 0x8b } as const;
/** The centre proves itself with this key: it lives in DF04, and no PSAM has it. */
const centreKey = 'DSK';

/**
 * What a payment asks of the holder's card and the PSAM, in the order in which it asks (card.md 3.8, 3.9). A card that is
 * gone is a `CardFault`: what it did last is unknown. A card that says no is `ChipRefused`: it did nothing.
 */
export class ChipConversation {
  readonly #reader: CardReader;
  readonly #slots: { readonly user: string; readonly sam: string };
  #card: Port | null = null;
  #holder: Holder | null = null;
  #psam: { readonly port: Port; readonly terminal: Uint8Array } | null = null;

  constructor(reader: CardReader, slots = { user: 'user', sam: 'sam' }) {
    this.#reader = reader;
    this.#slots = slots;
  }

  /** True as soon as a card is in the reader; false when none came within the time. */
  async awaitCard(patience_ms: number): Promise<boolean> {
    if (await this.#isPresent()) return true;
    if (patience_ms <= 0) return false;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, patience_ms);
    const deaf = this.#reader.listen(({ kind, slot }) => {
      if (kind === 'inserted' && slot === this.#slots.user) resolve();
    });
    await promise;
    clearTimeout(timer);
    deaf();
    return this.#isPresent();
  }

  async #isPresent(): Promise<boolean> {
    try {
      await this.#reader.connect(this.#slots.user);
      return true;
    } catch (fault) {
      if (fault instanceof CardFault) return false;
      throw fault;
    }
  }

  /** Resets the card and reads who it says it is. */
  async identify(): Promise<Holder> {
    this.#card = await connect(this.#reader, this.#slots.user);
    this.#holder = await value(readHolder(this.#card));
    return this.#holder;
  }

  /** INTERNAL AUTHENTICATE: the chip's proof for the centre. */
  authenticate(factor: Uint8Array, original: Uint8Array): Promise<Uint8Array> {
    return value(authenticateCard(this.#port, factor, original));
  }

  pinStatus(): Promise<PinResult> {
    return pinStatus(this.#port);
  }

  verifyPin(digits: string): Promise<PinResult> {
    return verifyPin(this.#port, digits);
  }

  /** Opens the medical application and reads the number under which the centre keeps the account. */
  async openAccount(): Promise<{ readonly account_number: string; readonly balance_fen: Fen }> {
    await value(selectMedical(this.#port));
    const { balance } = await value(readAccount(this.#port));
    const elements = await value(readFile(this.#port, accountFile.short));
    const text = new TextDecoder('ascii').decode(elements.get(accountFile.tag) ?? new Uint8Array(0));
    const account_number = text.replaceAll(/[\0 ]/g, '');
    if (!/^\d{12,19}$/.test(account_number))
      throw new CardFault('card.answer_malformed', 'the card carries no account number');
    return { account_number, balance_fen: balance };
  }

  async startLoad(amount_fen: Fen): Promise<LoadStarted> {
    return value(initLoad(this.#port, amount_fen, (await this.#sam()).terminal));
  }

  /** CREDIT FOR LOAD; answers the TAC. */
  finishLoad(time: Uint8Array, mac2: Uint8Array): Promise<Uint8Array> {
    return value(creditLoad(this.#port, time, mac2));
  }

  async startPurchase(amount_fen: Fen): Promise<PurchaseStarted> {
    return value(initPurchase(this.#port, fromAccount(amount_fen), (await this.#sam()).terminal));
  }

  /** Good for the next command only: nothing may come between it and `proveCentre`. */
  challenge(): Promise<Uint8Array> {
    return value(getChallenge(this.#port));
  }

  /** EXTERNAL AUTHENTICATE with the centre's key; false when the card does not believe it. */
  async proveCentre(authentication: Uint8Array, original: Uint8Array): Promise<boolean> {
    return (await presentAuthentication(this.#port, centreKey, authentication, original)).ok;
  }

  /** The PSAM's MAC1 for the purchase just started. */
  async authorise(started: PurchaseStarted, amount_fen: Fen, time: Uint8Array): Promise<SamAuthorisation> {
    const { port } = await this.#sam();
    const holder = defined(this.#holder, 'an identified card');
    return value(psamInitPurchase(port, holder, started, fromAccount(amount_fen), time));
  }

  /** DEBIT FOR PURCHASE: from here on the card has paid. */
  debit(authorised: SamAuthorisation, time: Uint8Array): Promise<PurchaseDone> {
    return value(debitPurchase(this.#port, authorised, time));
  }

  /** The PSAM's word on the card's MAC2. */
  async confirm(mac2: Uint8Array): Promise<boolean> {
    return value(psamCreditPurchase((await this.#sam()).port, mac2));
  }

  /** TAC of the last transaction of a kind, if it had this sequence number; null: the chip did not do it. */
  async proof(kind: 'load' | 'purchase', sequence: number): Promise<Uint8Array | null> {
    await value(selectMedical(this.#port));
    return (await value(transactionProof(this.#port, kind, sequence)))?.tac ?? null;
  }

  get #port(): Port {
    assert(this.#card, 'a card is identified first');
    return this.#card;
  }

  /** The PSAM stays powered; its terminal number does not change. */
  async #sam(): Promise<{ readonly port: Port; readonly terminal: Uint8Array }> {
    if (!this.#psam) {
      const port = await connect(this.#reader, this.#slots.sam);
      this.#psam = { port, terminal: await value(readTerminalNumber(port)) };
    }
    return this.#psam;
  }
}

/** The chip books what the account pays; shares of the person and the pooled fund are the centre's business. */
const fromAccount = (amount_fen: Fen): PurchaseAmounts => ({ account: amount_fen, selfPaid: zero, pooled: zero });
