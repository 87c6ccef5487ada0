import { equal } from '../../kernel/bytes.ts';
import { type Clock, officeTimeZone } from '../../platform/clock.ts';
import { newId } from '../../platform/identity.ts';
import type { KeyStore } from '../keys/contract.ts';
import { bodyOf, type Message, macInput, pack, unpack } from './codec.ts';
import type {
  Answer,
  Handler,
  Journal,
  MessageKind,
  ResponseCode,
  TerminalDirectory,
  TerminalEntry,
  WorkingKeys,
} from './contract.ts';
import { maskBody } from './mask.ts';
import { kindOf, operatorOf, readRequest } from './request.ts';
import { writeResponse } from './response.ts';
import { TerminalCache } from './terminal-cache.ts';

export type ExchangePorts = {
  readonly directory: TerminalDirectory;
  readonly keys: Pick<KeyStore, 'createWorkingKeys' | 'terminalMac'>;
  readonly handle: Handler;
  readonly journal: Journal;
  readonly clock: Clock;
  /** A fault behind an answer 96: for the log of the process. */
  readonly onFault?: (fault: unknown, trace_id: string) => void;
};

/** One body in, one frame out; null when what came cannot be answered. Resolves only when the handler has answered. */
export type Exchange = (body: Uint8Array, peer: string) => Promise<Uint8Array | null>;

/** An answer and the keys that sign it; null where the terminal has none that it could check. */
type Decided = { readonly answer: Answer; readonly keys: WorkingKeys | null };
const decided = (response_code: ResponseCode, keys: WorkingKeys | null): Decided => ({
  answer: { response_code },
  keys,
});

type Received = {
  readonly message: Message;
  readonly body: Uint8Array;
  readonly kind: MessageKind | null;
  readonly trace_id: string;
  readonly received_at_ms: number;
};

/** Ends what was decided while the terminal was still active: without it money would stay between chip and books. */
const endsEarlier = (kind: MessageKind | null): boolean => kind === 'reversal' || kind === 'tac_upload';

export function createExchange(ports: ExchangePorts): Exchange {
  const terminals = new TerminalCache(ports.directory);
  const now_ms = () => ports.clock.now().epochMilliseconds;

  return async (body, peer) => {
    const received_at_ms = now_ms();
    const unpacked = unpack(body);
    if (!unpacked.ok) {
      const { code, field, at, what } = unpacked.fault;
      const fault = `${code} at byte ${at}${field === null ? '' : ` in field ${field}`}: ${what}`;
      const nothing = { terminal_id: null, mti: null, kind: null, request: new Uint8Array(0), answer: null };
      ports.journal({ trace_id: newId(), at_ms: received_at_ms, peer, ...nothing, fault });
      return null;
    }
    const { message } = unpacked;
    const kind = kindOf(message);
    const trace_id = operatorOf(message.fields).trace_id ?? newId();
    let outcome: Decided;
    try {
      outcome = await decide({ message, body, kind, trace_id, received_at_ms });
    } catch (fault) {
      ports.onFault?.(fault, trace_id);
      outcome = decided('96', null);
    }
    const frame = seal(message, outcome, trace_id);
    const answer = bodyOf(frame);
    ports.journal({
      trace_id,
      at_ms: received_at_ms,
      peer,
      terminal_id: message.fields[41] ?? null,
      kind,
      mti: message.mti,
      request: maskBody(body),
      fault: null,
      answer: {
        mti: answer.subarray(11, 13).toHex(),
        response_code: outcome.answer.response_code,
        elapsed_ms: now_ms() - received_at_ms,
        body: maskBody(answer),
      },
    });
    return frame;
  };

  async function decide(received: Received): Promise<Decided> {
    const { fields } = received.message;
    const terminal_id = fields[41];
    const institution = fields[42];
    if (!terminal_id || !institution || !fields[60] || received.message.mti.charAt(3) !== '0')
      return decided('30', null);
    const terminal = await terminals.find(terminal_id, received.received_at_ms);
    if (!terminal) return decided('97', null);
    if (terminal.institution_code.padEnd(15) !== institution) return decided('03', null);
    if (received.kind === 'sign_in') return signIn(terminal, received.message);
    const proven = await checkMac(terminal, received);
    // Unsigned: a signed "no" for a request that nobody has proven could be used to hide a "yes" from its terminal.
    if (!proven) return decided('A0', null);
    const keys = proven.working_keys;
    if (proven.state !== 'active' && !endsEarlier(received.kind)) return decided('58', keys);
    switch (received.kind) {
      case null:
        return decided('40', keys);
      case 'echo':
        return decided('00', keys);
      case 'sign_off':
        await terminals.keepWorkingKeys(proven, null, received.received_at_ms);
        return decided('00', keys);
      default: {
        const known = {
          terminal_id,
          institution_code: proven.institution_code,
          trace_id: received.trace_id,
          received_at_ms: received.received_at_ms,
        };
        const request = readRequest(received.kind, fields, known);
        if (typeof request === 'string') return decided(request, keys);
        return { answer: await handled(request), keys };
      }
    }
  }

  /** The handler's fault must not take the MAC from the answer: only its own part is caught here. */
  async function handled(request: Parameters<Handler>[0]): Promise<Answer> {
    try {
      return await ports.handle(request);
    } catch (fault) {
      ports.onFault?.(fault, request.trace_id);
      return { response_code: '96' };
    }
  }

  /** The terminal as it is known with the keys that prove this message, or null: then nothing of it may be executed. */
  async function checkMac(
    terminal: TerminalEntry,
    { body, message, received_at_ms }: Received,
  ): Promise<TerminalEntry | null> {
    const mac = message.fields[64];
    if (!mac) return null;
    const proves = (entry: TerminalEntry) =>
      entry.working_keys !== null && equal(ports.keys.terminalMac(entry.working_keys.mac, macInput(body)), mac);
    if (proves(terminal)) return terminal;
    const again = await terminals.findAgain(terminal.terminal_id, received_at_ms);
    return again && proves(again) ? again : null;
  }

  async function signIn(terminal: TerminalEntry, message: Message): Promise<Decided> {
    if (!message.fields[11]) return decided('30', null);
    if (terminal.state !== 'active') return decided('58', null);
    const { download, pin, mac } = ports.keys.createWorkingKeys(terminal.master_key);
    await terminals.keepWorkingKeys(terminal, { pin, mac }, now_ms());
    return { answer: { response_code: '00', text: download }, keys: null };
  }

  function seal(request: Message, { answer, keys }: Decided, trace_id: string): Uint8Array {
    const response = writeResponse(request, answer, keys !== null);
    if (request.mti === '0800' || request.mti === '0820') setTime(response);
    const frame = packed(response, request, keys, trace_id);
    if (keys) frame.set(ports.keys.terminalMac(keys.mac, macInput(bodyOf(frame))), frame.length - 8);
    return frame;
  }

  /** An answer that does not fit its fields is the handler's bug; the terminal still gets a well-formed 96. */
  function packed(response: Message, request: Message, keys: WorkingKeys | null, trace_id: string): Uint8Array {
    try {
      return pack(response);
    } catch (fault) {
      ports.onFault?.(fault, trace_id);
      return pack(writeResponse(request, { response_code: '96' }, keys !== null));
    }
  }

  /** Terminals set their clocks by the answer to a management message. */
  function setTime({ fields }: Message): void {
    const now = ports.clock.now().toZonedDateTimeISO(officeTimeZone).toPlainDateTime().toString();
    fields[12] ??= now.slice(11, 19).replaceAll(':', '');
    fields[13] ??= now.slice(5, 10).replace('-', '');
  }
}
