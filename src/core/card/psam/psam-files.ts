import { bytes, concat, equal, uint } from '../../../kernel/bytes.ts';
import type { Command } from '../apdu.ts';
import { sw } from '../status-words.ts';
import { buildTlv } from '../tlv.ts';
import type { PsamMemory, Sam, SamOutcome } from './memory.ts';

/** AID of the PSAM application (LD9), file identifier DF01. */
export const psamApplication = bytes('D15600000590');
const masterFile = 0x3f00;
const applicationFile = 0xdf01;

/** Files by identifier: under the master file, then under the application (LD9 §5). All are read-only from outside. */
const files: Readonly<Record<'master' | 'application', Readonly<Record<number, (memory: PsamMemory) => Uint8Array>>>> =
  {
    master: {
      21: (memory) => concat(bytes('91'), memory.serial, bytes('01 01 0000')),
      22: (memory) => memory.terminalNumber,
    },
    application: {
      25: (memory) => uint(memory.terminalSequence, 4),
      26: applicationInformation,
      27: applicationInformation,
      28: applicationInformation,
    },
  };

/** Purchase key index 1, authentication key version 1, first and last day 4 each: the same at every level here. */
function applicationInformation(memory: PsamMemory): Uint8Array {
  return concat(bytes('0101'), memory.from, memory.through);
}

export function select(_: Sam, { p1, p2, data }: Command): SamOutcome {
  if (p2 !== 0 || (p1 !== 0x00 && p1 !== 0x04)) return { status: sw.wrongParameters };
  if (p1 === 0x04) return equal(data, psamApplication) ? enter(true) : { status: sw.fileNotFound };
  if (data.length === 0) return enter(false);
  const fid = data.length === 2 ? ((data[0] as number) << 8) | (data[1] as number) : 0;
  return fid === masterFile || fid === applicationFile ? enter(fid === applicationFile) : { status: sw.fileNotFound };
}

const enter = (application: boolean): SamOutcome => ({
  status: sw.ok,
  data: buildTlv(0x6f, application ? buildTlv(0x84, psamApplication) : buildTlv(0x84, Buffer.from('PSAM'))),
  session: { application, delivered: null, pending: null },
});

/** READ BINARY by short identifier: P1 = 80 | identifier, P2 offset. */
export function readBinary(sam: Sam, { p1, p2, le }: Command): SamOutcome {
  if ((p1 & 0xe0) !== 0x80) return { status: sw.noFileSelected };
  const read = files[sam.session.application ? 'application' : 'master'][p1 & 0x1f];
  const content = read?.(sam.memory);
  if (!content) return { status: sw.fileNotFound };
  if (p2 >= content.length) return { status: sw.wrongOffset };
  return { status: sw.ok, data: content.slice(p2, p2 + Math.min(le ?? 256, content.length - p2)) };
}
