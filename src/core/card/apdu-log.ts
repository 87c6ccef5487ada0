import { hex } from '../../kernel/bytes.ts';
import { parseAnswer } from './apdu.ts';
import type { ApduRecord, Words } from './contract.ts';
import { commandName } from './description.ts';
import { maskCommand } from './masking.ts';
import type { CardReader } from './reader.ts';
import { statusWords } from './status-words.ts';

const gone: Words = { zh: '卡已拔出', en: 'card removed' };
const noAnswer: Words = { zh: '应答无效', en: 'no valid answer' };

/** A reader that tells every exchange to `record`, PINs masked. `now` gives an ISO 8601 instant. */
export function recordApdus(reader: CardReader, now: () => string, record: (entry: ApduRecord) => void): CardReader {
  return {
    slots: reader.slots,
    connect: (slot) => reader.connect(slot),
    disconnect: (slot) => reader.disconnect(slot),
    listen: (listener) => reader.listen(listener),
    async transmit(slot, command) {
      const entry = { at: now(), slot, command: maskCommand(command), name: commandName(command) };
      try {
        const response = await reader.transmit(slot, command);
        const answer = parseAnswer(response);
        record({ ...entry, response: hex(response), status: answer ? statusWords(answer.status) : noAnswer });
        return response;
      } catch (error) {
        record({ ...entry, response: null, status: gone });
        throw error;
      }
    },
  };
}
