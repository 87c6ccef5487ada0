import { concat } from '../../../kernel/bytes.ts';
import { buildCommand, macHeader } from '../apdu.ts';
import { type OfflineSettlement, offlineRecords, offlineSettlementOf } from '../offline-settlement.rules.ts';
import { sw } from '../status-words.ts';
import { getChallenge } from './authentication.ts';
import { readFile } from './holder.ts';
import type { Answered, Port } from './port.ts';

const file = 0x06;

/** What the card says of settlements made without the centre; PIN and RK1DF04 must have been shown. */
export async function readOfflineSettlement(port: Port): Promise<Answered<OfflineSettlement>> {
  const answer = await readFile(port, file);
  return answer.ok ? { ok: true, value: offlineSettlementOf(answer.value) } : answer;
}

/**
 * Writes EF06 after UK2DF04 was shown; `mac` gives the MAC under STK for a challenge, from the PSAM or the centre. Three
 * records in three commands: a card torn out between them is written again.
 */
export async function writeOfflineSettlement(
  port: Port,
  state: OfflineSettlement,
  mac: (challenge: Uint8Array, input: Uint8Array) => Promise<Uint8Array>,
): Promise<Answered<null>> {
  for (const [i, record] of offlineRecords(state).entries()) {
    const challenge = await getChallenge(port);
    if (!challenge.ok) return challenge;
    const header = [0x04, 0xdc, i + 1, (file << 3) | 4] as const;
    const [cla, ins, p1, p2] = header;
    const input = concat(macHeader({ cla, ins, p1, p2 }, record.length + 4), record);
    const answer = await port.send(buildCommand(header, concat(record, await mac(challenge.value, input))));
    if (answer.status !== sw.ok) return { ok: false, status: answer.status };
  }
  return { ok: true, value: null };
}
