import { concat, uint } from '../../../kernel/bytes.ts';
import type { Command } from '../apdu.ts';
import { sw } from '../status-words.ts';
import { buildTlv, parseTlv } from '../tlv.ts';
import { valuesOf } from './data-objects.ts';
import { type Debit, type DebitMemory, type DebitOutcome, lastCounter, logFile, refused } from './memory.ts';
import { directoryEntry } from './selection.ts';

/** GET PROCESSING OPTIONS: what the terminal sends for the list, in template 83; the transaction is counted. */
export function getProcessingOptions({ memory, session }: Debit, { p1, p2, data }: Command): DebitOutcome {
  if (p1 !== 0 || p2 !== 0) return refused(sw.wrongParameters);
  if (session.selected !== 'application' || session.stage !== 'idle') return refused(sw.conditions);
  const parsed = parseTlv(data);
  const [template, more] = parsed.ok ? parsed.value : [];
  if (template?.tag !== 0x83 || more) return refused(sw.wrongData);
  const told = valuesOf(memory.profile.optionsList, template.value);
  if (!told) return refused(sw.conditions);
  if (memory.counter >= lastCounter) return refused(sw.conditions);
  return {
    status: sw.ok,
    data: buildTlv(0x77, buildTlv(0x82, memory.profile.interchange), buildTlv(0x94, fileLocator(memory))),
    memory: { ...memory, counter: memory.counter + 1 },
    session: { stage: 'initiated', told },
  };
}

/** Which records to read: short identifier, first, last, and how many enter offline data authentication (none). */
function fileLocator({ records }: DebitMemory): Uint8Array {
  const files = Map.groupBy(records.keys(), (key) => key >> 8);
  return concat(
    ...[...files].map(([file, keys]) => {
      const numbers = keys.map((key) => key & 0xff);
      return Uint8Array.of(file << 3, Math.min(...numbers), Math.max(...numbers), 0);
    }),
  );
}

/** READ RECORD: the directory of the environment, the application's records, or its log. */
export function readRecord({ memory, session }: Debit, { p1, p2 }: Command): DebitOutcome {
  const file = p2 >> 3;
  if ((p2 & 7) !== 4 || file === 0 || p1 === 0) return refused(sw.wrongParameters);
  if (session.selected === 'environment') {
    if (file !== 1) return refused(sw.fileNotFound);
    return p1 === 1
      ? { status: sw.ok, data: buildTlv(0x70, directoryEntry(memory.profile)) }
      : refused(sw.recordNotFound);
  }
  if (session.selected !== 'application') return refused(sw.conditions);
  const isLog = file === logFile;
  if (!isLog && ![...memory.records.keys()].some((key) => key >> 8 === file)) return refused(sw.fileNotFound);
  const record = isLog ? memory.log[p1 - 1] : memory.records.get(file * 256 + p1);
  return record ? { status: sw.ok, data: record } : refused(sw.recordNotFound);
}

/** What GET DATA gives (EMV Book 3 §6.5.7): counters, tries left, the form of the log. */
const readable: Readonly<Record<number, (memory: DebitMemory) => Uint8Array>> = {
  40758: ({ counter }) => uint(counter, 2),
  40723: ({ lastOnlineCounter }) => uint(lastOnlineCounter, 2),
  40727: ({ pin }) => uint(pin.tries, 1),
  40783: ({ profile }) => profile.logList,
};

export function getData({ memory, session }: Debit, { p1, p2 }: Command): DebitOutcome {
  if (session.selected !== 'application') return refused(sw.conditions);
  const tag = (p1 << 8) | p2;
  const read = readable[tag];
  return read ? { status: sw.ok, data: buildTlv(tag, read(memory)) } : refused(sw.keyNotFound);
}
