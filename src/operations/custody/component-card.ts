import {
  buildCommand,
  CardFault,
  type CardReader,
  type Insertable,
  parseAnswer,
  parseCommand,
  sw,
} from '../../core/card/index.ts';
import { bytes, concat, equal, uint } from '../../kernel/bytes.ts';
import { type Decision, grant, refuse } from '../../kernel/decision.ts';

/** What the chip keeps, hex: the PIN chosen when it was first written, tries left, the component. */
export type ComponentCardImage = {
  readonly pin: string | null;
  readonly tries: number;
  readonly component: string | null;
};

const tries = 3;
const objects = { pin: 0x0100, component: 0x0101 } as const;
const answer = (status: number, data: Uint8Array = new Uint8Array()): Uint8Array => concat(data, uint(status, 2));

/**
 * A component card, simulated: one component, written once, read behind a PIN of 6 digits that three wrong tries block.
 * VERIFY (20), PUT DATA (DA) and GET DATA (CA) of ISO 7816-4; the objects are ours.
 */
export class ComponentCard implements Insertable {
  #image: ComponentCardImage;
  #verified = false;

  constructor(image: ComponentCardImage = { pin: null, tries, component: null }) {
    this.#image = image;
  }

  image(): ComponentCardImage {
    return this.#image;
  }

  powerOn(): Uint8Array {
    this.#verified = false;
    return bytes('3B 67 00 00 54455353455241');
  }

  powerOff(): void {
    this.#verified = false;
  }

  transmit(apdu: Uint8Array): Uint8Array {
    const command = parseCommand(apdu);
    if (!command) return answer(sw.wrongLength);
    const object = (command.p1 << 8) | command.p2;
    if (command.ins === 0x20) return answer(this.#verify(command.data));
    if (command.ins === 0xda && object === objects.pin) return answer(this.#choosePin(command.data));
    if (command.ins === 0xda && object === objects.component) return answer(this.#write(command.data));
    if (command.ins !== 0xca || object !== objects.component) return answer(0x6d00);
    const { component } = this.#image;
    if (!this.#verified) return answer(sw.security);
    return component ? answer(sw.ok, bytes(component)) : answer(sw.conditions);
  }

  #verify(pin: Uint8Array): number {
    if (!this.#image.pin) return sw.conditions;
    if (this.#image.tries === 0) return sw.blocked;
    this.#verified = equal(bytes(this.#image.pin), pin);
    this.#image = { ...this.#image, tries: this.#verified ? tries : this.#image.tries - 1 };
    return this.#verified ? sw.ok : 0x63c0 + this.#image.tries;
  }

  #choosePin(pin: Uint8Array): number {
    if (this.#image.pin) return sw.conditions;
    if (pin.length !== 3) return sw.wrongLength;
    this.#image = { ...this.#image, pin: pin.toHex() };
    return sw.ok;
  }

  #write(component: Uint8Array): number {
    if (!this.#verified) return sw.security;
    if (this.#image.component) return sw.conditions;
    if (component.length !== 16) return sw.wrongLength;
    this.#image = { ...this.#image, component: component.toHex() };
    return sw.ok;
  }
}

/** A card in a reader's slot at the custodian's desk. */
export type CardAtDesk = { readonly reader: CardReader; readonly slot: string };

/** Writes a component to a blank card and reads it back; `pin` has 6 digits. */
export const writeComponent = (at: CardAtDesk, pin: string, component: Uint8Array): Promise<Decision<null>> =>
  session(at, async (send) => {
    if ((await send([0x00, 0xda, 0x01, 0x00], bytes(pin))).status !== sw.ok) return refuse('custody.card_used');
    const refusal = await verify(send, pin);
    if (refusal) return refuse(refusal);
    const written = await send([0x00, 0xda, 0x01, 0x01], component);
    const read = await send([0x00, 0xca, 0x01, 0x01], undefined, 16);
    return written.status === sw.ok && equal(read.data, component) ? grant(null) : refuse('custody.card_used');
  });

/** Reads the component behind the PIN. */
export const readComponent = (at: CardAtDesk, pin: string): Promise<Decision<Uint8Array>> =>
  session(at, async (send) => {
    const refusal = await verify(send, pin);
    if (refusal) return refuse(refusal);
    const { status, data } = await send([0x00, 0xca, 0x01, 0x01], undefined, 16);
    return status === sw.ok && data.length === 16 ? grant(data) : refuse('custody.card_missing');
  });

type Send = (
  header: readonly number[],
  data?: Uint8Array,
  le?: number,
) => Promise<{ status: number; data: Uint8Array }>;

async function verify(send: Send, pin: string): Promise<string | null> {
  const { status } = await send([0x00, 0x20, 0x00, 0x00], bytes(pin));
  if (status === sw.ok) return null;
  return status === sw.blocked || status === 0x63c0 ? 'custody.card_blocked' : 'custody.card_pin_wrong';
}

async function session<T>(
  { reader, slot }: CardAtDesk,
  work: (send: Send) => Promise<Decision<T>>,
): Promise<Decision<T>> {
  try {
    await reader.connect(slot);
    const decided = await work(async (header, data, le) => {
      const said = parseAnswer(await reader.transmit(slot, buildCommand(header, data, le)));
      return said ?? { status: 0, data: new Uint8Array() };
    });
    await reader.disconnect(slot);
    return decided;
  } catch (fault) {
    if (fault instanceof CardFault) return refuse('custody.card_missing');
    throw fault;
  }
}
