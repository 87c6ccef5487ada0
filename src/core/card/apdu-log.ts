import { parseAnswer } from './apdu.ts';
import type { ApduRecord, Words } from './contract.ts';
import { commandName } from './description.ts';
import { maskAnswer, maskCommand } from './masking.ts';
import type { CardReader } from './reader.ts';
import { statusWords } from './status-words.ts';

const gone: Words = { zh: '卡已拔出', en: 'card removed' };
const noAnswer: Words = { zh: '应答无效', en: 'no valid answer' };

const getResponse = 0xc0;

/**
 * A reader that tells every exchange to `record`, PINs and what says who the holder is masked. `now` gives an ISO 8601
 * instant.
 */
export function recordApdus(reader: CardReader, now: () => string, record: (entry: ApduRecord) => void): CardReader {
  /** What each slot was asked last: an answer fetched by GET RESPONSE belongs to that command. */
  const asked = new Map<string, Uint8Array>();
  return {
    get slots() {
      return reader.slots;
    },
    holdsCard: (slot) => reader.holdsCard(slot),
    connect: (slot) => reader.connect(slot),
    disconnect: (slot) => reader.disconnect(slot),
    listen: (listener) => reader.listen(listener),
    async transmit(slot, command) {
      if (command[1] !== getResponse) asked.set(slot, command);
      const entry = { at: now(), slot, command: maskCommand(command), name: commandName(command) };
      try {
        const response = await reader.transmit(slot, command);
        const answer = parseAnswer(response);
        record({
          ...entry,
          response: maskAnswer(asked.get(slot) ?? command, response),
          status: answer ? statusWords(answer.status) : noAnswer,
        });
        return response;
      } catch (error) {
        record({ ...entry, response: null, status: gone });
        throw error;
      }
    },
  };
}
