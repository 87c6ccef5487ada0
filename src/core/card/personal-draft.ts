import { assert } from '../../kernel/assert.ts';
import { type Directory, type FileContents, grownPurse, newAccount, newDirectory } from './chip/memory.ts';
import { encodeElement } from './coding.ts';
import { type Place, placeOf } from './profiles/places.ts';
import type { KeySlot, Profile, ProfileDirectory } from './profiles/profile.ts';
import { buildElement } from './tlv.ts';

/** A card of a profile before anything was written on it; the parts that do not change are shared by all. */
const templates = new WeakMap<Profile, readonly Directory[]>();

export function templateOf(profile: Profile): readonly Directory[] {
  const known = templates.get(profile);
  if (known) return known;
  const made = profile.directories.map(({ shape, contents, pins }: ProfileDirectory): Directory => {
    const purse = shape.files.reduce<Directory['purse']>(
      (before, file) => (shape.manner === 'pboc' ? grownPurse(before, file) : before),
      null,
    );
    return {
      ...newDirectory(shape, contents),
      pins: pins.map((pin) => ({ shape: pin, digits: null, tries: pin.limit })),
      account: shape.files.some(({ kind }) => kind === 'account') ? newAccount(0, 101) : null,
      purse,
    };
  });
  templates.set(profile, made);
  return made;
}

/** The contents of a card in the making. */
export class Draft {
  readonly #profile: Profile;
  readonly #template: readonly Directory[];
  readonly #changed = new Map<number, FileContents[]>();

  constructor(profile: Profile) {
    this.#profile = profile;
    this.#template = templateOf(profile);
  }

  /** Identifier of the social-security environment: the MF, or a DDF beside a financial application. */
  get environment(): number {
    const found = this.#template.find(({ shape }) => shape.manner === 'ssc' && shape.kind !== 'adf');
    return (found ?? (this.#template[0] as Directory)).shape.fid;
  }

  /** Writes an element; a place the profile does not have, or a text that does not fit it, is a bug. */
  write(directory: number, tag: number, text: string): void {
    const place = placeOf(this.#profile, directory, tag);
    assert(place, `no element ${tag.toString(16)} in directory ${directory.toString(16)}`);
    this.#writeAt(place, text);
  }

  writeIfThere(directory: number, tag: number, text: string): void {
    const place = placeOf(this.#profile, directory, tag);
    if (place) this.#writeAt(place, text);
  }

  #writeAt({ directory, file, record, shape }: Place, text: string): void {
    const value = encodeElement(shape.coding, text, shape.length);
    assert(value, `element ${shape.tag.toString(16)} takes ${shape.length} bytes of ${shape.coding}`);
    const element = buildElement(shape.tag, value);
    const contents = this.#contents(directory);
    contents[file] = (contents[file] as FileContents).map((it, i) => (i === record ? element : it));
  }

  /** Writes a transparent file from its beginning. */
  fill(directory: number, fid: number, content: Uint8Array): void {
    const place = this.#template.findIndex(({ shape }) => shape.fid === directory);
    const at = this.#template[place]?.shape.files.findIndex((it) => it.fid === fid && it.kind === 'transparent') ?? -1;
    assert(at >= 0, `no transparent file ${fid.toString(16)} in directory ${directory.toString(16)}`);
    this.#fillAt(place, at, content);
  }

  /** Writes a public file of a PBOC application, if the card has one. */
  fillIfThere(fid: number, content: () => Uint8Array): void {
    this.#template.forEach(({ shape }, place) => {
      const at = shape.manner === 'pboc' ? shape.files.findIndex((it) => it.fid === fid) : -1;
      if (at >= 0) this.#fillAt(place, at, content());
    });
  }

  #fillAt(place: number, at: number, content: Uint8Array): void {
    const file = this.#template[place]?.shape.files[at];
    assert(file && content.length <= file.size, `file ${file?.fid.toString(16)} takes ${file?.size} bytes`);
    const whole = new Uint8Array(file.size);
    whole.set(content);
    this.#contents(place)[at] = [whole];
  }

  /** The directories with what was written, each finished by `finish`. */
  directories(finish: (directory: Directory, slots: readonly KeySlot[]) => Directory): readonly Directory[] {
    return this.#template.map((directory, i) => {
      const contents = this.#changed.get(i);
      return finish(contents ? { ...directory, contents } : directory, this.#profile.directories[i]?.keys ?? []);
    });
  }

  #contents(directory: number): FileContents[] {
    const known = this.#changed.get(directory);
    if (known) return known;
    const copy = [...(this.#template[directory] as Directory).contents];
    this.#changed.set(directory, copy);
    return copy;
  }
}
