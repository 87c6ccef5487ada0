import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DrawerEntry } from '../../field/desk/index.ts';

/** A terminal as it was made ready and shipped: who it is, its master key, its PSAM. */
export type DeviceRecord = {
  readonly terminal_id: string;
  readonly institution_code: string;
  readonly institution: { readonly zh: string; readonly en: string };
  /** Under the transport key, both hex: what the injection device put in. */
  readonly transport: string;
  readonly injection: string;
  /** PSAM image, base64. */
  readonly psam: string;
};

export type DeviceBook = { readonly devices: readonly DeviceRecord[]; readonly drawer: readonly DrawerEntry[] };

export const fieldFolder = (home: string): string => join(home, 'field');
export const cardFolder = (home: string): string => join(fieldFolder(home), 'cards');
const file = (home: string) => join(fieldFolder(home), 'devices.json');

export const readDevices = (home: string): DeviceBook => JSON.parse(readFileSync(file(home), 'utf8')) as DeviceBook;

export function writeDevices(home: string, book: DeviceBook): void {
  mkdirSync(fieldFolder(home), { recursive: true });
  // Devices hold their own keys, as in life: only their owner may read them.
  writeFileSync(file(home), JSON.stringify(book), { mode: 0o600 });
}
