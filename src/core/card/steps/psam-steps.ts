import { hex, readUint } from '../../../kernel/bytes.ts';
import { psamApplication } from '../psam/psam-layout.ts';
import { type Answered, ask, type Port } from './port.ts';

/** The terminal number that every transaction of this PSAM carries: 6 bytes, 12 digits packed. */
export async function readTerminalNumber(psam: Port): Promise<Answered<Uint8Array>> {
  const selected = await ask(psam, [0x00, 0xa4, 0x00, 0x00], Uint8Array.of(0x3f, 0x00), undefined, () => null);
  if (!selected.ok) return selected;
  return ask(psam, [0x00, 0xb0, 0x96, 0x00], undefined, 6, (data) => data, 6);
}

export type PsamState = { readonly terminalSequence: number; readonly from: string; readonly through: string };

/** Purchases begun so far, and the days within which the city application may be used (yyyymmdd). */
export async function readPsamState(psam: Port): Promise<Answered<PsamState>> {
  const selected = await ask(psam, [0x00, 0xa4, 0x04, 0x00], psamApplication, undefined, () => null);
  if (!selected.ok) return selected;
  const sequence = await ask(psam, [0x00, 0xb0, 0x99, 0x00], undefined, 4, (data) => readUint(data), 4);
  if (!sequence.ok) return sequence;
  const city = await ask(psam, [0x00, 0xb0, 0x9c, 0x00], undefined, 10, hex, 10);
  if (!city.ok) return city;
  const [from, through] = [city.value.slice(4, 12), city.value.slice(12)];
  return { ok: true, value: { terminalSequence: sequence.value, from, through } };
}
