import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import type { Eeprom } from './eeprom.ts';

/** An EEPROM in a file; the file is open only while a commit runs, so ten thousand cards take no handles. */
export class FileEeprom implements Eeprom {
  readonly #path: string;
  #handle: number | null = null;

  constructor(path: string) {
    this.#path = path;
  }

  read(): Uint8Array {
    return new Uint8Array(readFileSync(this.#path));
  }

  write(at: number, bytes: Uint8Array): void {
    this.#handle ??= openSync(this.#path, 'r+');
    writeSync(this.#handle, bytes, 0, bytes.length, at);
  }

  /** What was written lies on the disk when this returns. */
  settle(): void {
    if (this.#handle === null) return;
    const handle = this.#handle;
    this.#handle = null;
    try {
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  }
}
