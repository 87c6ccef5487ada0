import { bytes, equal } from '../../../kernel/bytes.ts';
import type { Command } from '../apdu.ts';
import { sw } from '../status-words.ts';
import { buildTlv } from '../tlv.ts';
import {
  type Debit,
  type DebitMemory,
  type DebitOutcome,
  type DebitProfile,
  type DebitSession,
  logFile,
  logRecords,
  refused,
} from './memory.ts';

/** Names of the payment system environments for contact and contactless readers (EMV Book 1 §11, PPSE). */
const environments = [
  ['environment', Buffer.from('1PAY.SYS.DDF01')],
  ['contactless', Buffer.from('2PAY.SYS.DDF01')],
] as const;

/** SELECT by name, whole or from its beginning; "next" finds nothing more, for there is one application. */
export function select({ memory }: Debit, { p1, p2, data }: Command): DebitOutcome {
  if (p1 !== 0x04 || (p2 !== 0x00 && p2 !== 0x02)) return refused(sw.wrongParameters);
  if (p2 === 0x02 || data.length < 5) return refused(sw.fileNotFound);
  const environment = environments.find(([, name]) => equal(name, data))?.[0];
  if (environment) return enter(environment, information[environment](memory));
  const { aid } = memory.profile;
  if (!equal(aid.subarray(0, data.length), data)) return refused(sw.fileNotFound);
  const entered = enter('application', information.application(memory));
  return memory.life === 'blocked' ? { status: sw.selectedInvalid, session: entered.session ?? {} } : entered;
}

const enter = (selected: NonNullable<DebitSession['selected']>, data: Uint8Array): DebitOutcome => ({
  status: sw.ok,
  data,
  session: {
    selected,
    stage: 'idle',
    first: null,
    told: new Map(),
    pin: 'not-shown',
    issuer: 'not-shown',
  },
});

/** File control information of what can be selected (EMV Book 1 §11.3). */
const information: Readonly<Record<NonNullable<DebitSession['selected']>, (memory: DebitMemory) => Uint8Array>> = {
  environment: ({ profile }) =>
    buildTlv(
      0x6f,
      buildTlv(0x84, environments[0][1]),
      buildTlv(0xa5, buildTlv(0x88, Uint8Array.of(1)), ...words(profile)),
    ),
  contactless: ({ profile }) =>
    buildTlv(0x6f, buildTlv(0x84, environments[1][1]), buildTlv(0xa5, buildTlv(0xbf0c, directoryEntry(profile)))),
  application: ({ profile }) =>
    buildTlv(
      0x6f,
      buildTlv(0x84, profile.aid),
      buildTlv(
        0xa5,
        buildTlv(0x50, profile.label),
        buildTlv(0x87, bytes('01')),
        buildTlv(0x9f38, profile.optionsList),
        ...words(profile),
        buildTlv(0x9f12, profile.preferredName),
        buildTlv(0xbf0c, buildTlv(0x9f4d, Uint8Array.of(logFile, logRecords))),
      ),
    ),
};

const words = ({ languages }: DebitProfile): readonly Uint8Array[] => [
  buildTlv(0x5f2d, languages),
  buildTlv(0x9f11, bytes('01')),
];

/** The entry of the application in the directories of both environments: name, label in both languages, priority. */
export const directoryEntry = ({ aid, label, preferredName }: DebitProfile): Uint8Array =>
  buildTlv(
    0x61,
    buildTlv(0x4f, aid),
    buildTlv(0x50, label),
    buildTlv(0x9f12, preferredName),
    buildTlv(0x87, bytes('01')),
  );
