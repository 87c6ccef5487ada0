import { assert } from '../../kernel/assert.ts';
import { concat, uint } from '../../kernel/bytes.ts';
import { encryptData } from '../keys/index.ts';
import { packed2 } from './account.rules.ts';
import { buildCommand, macHeader, parseAnswer } from './apdu.ts';
import { answerTo, transportTries } from './chip/authentication.ts';
import { Chip } from './chip/chip.ts';
import { isDirFile, recordsOf } from './chip/contents.ts';
import { buildFmcos, buildTemplate } from './chip/creation-coding.ts';
import { buildKeyRecord, buildPinRecord } from './chip/key-coding.ts';
import { lineMac } from './chip/line-protection.ts';
import { type CardMemory, type Directory, newDirectory } from './chip/memory.ts';
import type { CardGeneration } from './contract.ts';
import { CardFault } from './fault.ts';
import { masterRoom } from './memory-map.rules.ts';
import { familyOf } from './personalisation.ts';
import type { Random } from './random.ts';
import { statusWords, sw } from './status-words.ts';
import { type DirectoryShape, type FileShape, isInternal, masterFile, rights } from './structure.ts';

const noName = new Uint8Array();

/** A card as it leaves the chip maker: an empty MF, and one key, number 00, for whoever is to build it. */
export function blankChip(
  of: {
    readonly generation: CardGeneration;
    readonly history: Uint8Array;
    readonly capacity: number;
    readonly transport: Uint8Array;
  },
  random?: Random,
): Chip {
  const { generation, history, capacity } = of;
  const master: DirectoryShape = {
    fid: masterFile,
    parent: null,
    kind: 'mf',
    manner: 'pboc',
    name: noName,
    label: noName,
    size: masterRoom(capacity, noName),
    create: rights(0xf0),
    erase: rights(0xf0),
    files: [],
  };
  const transport = { value: of.transport, tries: transportTries };
  const directories = [newDirectory(master)];
  const family = familyOf(generation);
  return new Chip({ generation, family, history, capacity, life: 'blank', transport, directories }, random);
}

/** Commands of a card that answer at once, without GET RESPONSE. */
type Transmit = (command: Uint8Array) => Uint8Array;

/**
 * Makes a blank card into another just like `target`, command by command: CREATE FILE, WRITE KEY (enciphered under the
 * transport key), APPEND RECORD, UPDATE BINARY, END OF ISSUE. Money is not made so: a target with any is a bug. A command
 * the card refuses is a fault that names it.
 */
export function issueByCommands(transmit: Transmit, target: CardMemory, transport: Uint8Array): void {
  const script = new Script(transmit, target, transport);
  script.authenticate();
  for (const directory of target.directories) script.build(directory);
  script.send('END OF ISSUE', script.withMac([0x84, 0x1c, 0, 0], noName));
}

class Script {
  readonly #transmit: Transmit;
  readonly #target: CardMemory;
  readonly #transport: Uint8Array;

  constructor(transmit: Transmit, target: CardMemory, transport: Uint8Array) {
    this.#transmit = transmit;
    this.#target = target;
    this.#transport = transport;
  }

  authenticate(): void {
    const answer = answerTo(this.#target.family, this.#transport, this.#challenge());
    this.send('EXTERNAL AUTHENTICATE', buildCommand([0, 0x82, 0, 0], answer));
  }

  /** The directory, its keys, and its files one by one with what they hold. */
  build(directory: Directory): void {
    const { shape } = directory;
    if (shape.parent !== null) this.#select(0x00, shape.parent);
    this.#create(directory, shape);
    this.#select(0x00, shape.fid);
    for (const [at, file] of shape.files.entries()) {
      this.#create(directory, file);
      if (file.kind === 'keys') this.#writeKeys(directory);
      else this.#fill(directory, at, file);
    }
  }

  #create({ shape: { manner }, account }: Directory, made: DirectoryShape | FileShape): void {
    if (manner === 'pboc')
      return void this.send(
        'CREATE FILE',
        buildCommand([0x80, 0xe0, made.fid >> 8, made.fid & 0xff], buildFmcos(made)),
      );
    const fresh = !account || (account.balance === 0 && account.loads === 0 && account.purchases === 0);
    assert(fresh, 'money is not made by commands');
    const own =
      account && made.kind === 'account' ? concat(packed2(account.year), packed2(account.startDay)) : undefined;
    this.send('CREATE FILE', buildCommand([0x00, 0xe0, 0, 0], buildTemplate(made, own)));
  }

  #writeKeys({ shape: { manner }, keys, pins }: Directory): void {
    const { family } = this.#target;
    const records = [
      ...keys.map((key) => [key.shape.id, buildKeyRecord(family, manner, key)] as const),
      ...pins.map((pin) => [pin.shape.id, buildPinRecord(pin)] as const),
    ];
    for (const [id, record] of records) {
      const cipher = encryptData(family, this.#transport, record);
      this.send('WRITE KEY', this.withMac([0x84, 0xd4, 0x01, id], cipher));
    }
  }

  #fill(directory: Directory, at: number, file: FileShape): void {
    if (isInternal(file) || isDirFile(directory, file)) return;
    const held = file.kind === 'transparent' ? directory.contents[at] : recordsOf(this.#target, directory, at);
    const pieces = (held ?? []).filter((piece) => piece !== null);
    if (pieces.length === 0) return;
    this.#select(0x02, file.fid);
    if (file.kind === 'transparent') this.#writeBytes(pieces[0] as Uint8Array);
    else
      for (const record of file.kind === 'cyclic' ? pieces.toReversed() : pieces)
        this.send('APPEND RECORD', buildCommand([0x00, 0xe2, 0, 0], record));
  }

  #writeBytes(content: Uint8Array): void {
    const step = 0xf0;
    for (let at = 0; at < content.length; at += step) {
      const [p1, p2] = uint(at, 2);
      this.send('UPDATE BINARY', buildCommand([0, 0xd6, p1 as number, p2 as number], content.slice(at, at + step)));
    }
  }

  #select(p1: number, fid: number): void {
    this.send('SELECT', buildCommand([0x00, 0xa4, p1, 0], uint(fid, 2)));
  }

  withMac(header: readonly [number, number, number, number], data: Uint8Array): Uint8Array {
    const [cla, ins, p1, p2] = header;
    const input = concat(macHeader({ cla, ins, p1, p2 }, data.length + 4), data);
    return buildCommand(header, concat(data, lineMac(this.#target.family, this.#transport, this.#challenge(), input)));
  }

  #challenge(): Uint8Array {
    return this.send('GET CHALLENGE', buildCommand([0, 0x84, 0, 0], undefined, 8));
  }

  send(name: string, command: Uint8Array): Uint8Array {
    const answer = parseAnswer(this.#transmit(command));
    if (answer && (answer.status === sw.ok || answer.status >> 8 === 0x61)) return answer.data;
    const status = answer?.status ?? 0;
    throw new CardFault(
      'card.issue_refused',
      `${name} was refused with ${status.toString(16).toUpperCase()}: ${statusWords(status).en}`,
    );
  }
}
