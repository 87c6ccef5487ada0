import { connect, type Socket } from 'node:net';
import type { Insertable } from '../reader.ts';
import { openFrames, readRequest, vpcdFrame } from './vpcd-frame.ts';

/** The first slot of vpcd as Debian ships it (35963); its second slot is one higher. */
export const vpcdPort = 0x8c7b;

/** `waiting`: the card wants to lie in the reader, and no reader is there. */
export type VpcdState = 'inserted' | 'removed' | 'waiting';

export type VpcdOptions = {
  readonly host?: string;
  readonly port?: number;
  /** How long to wait before the reader is looked for again. */
  readonly retry_after_ms?: number;
  /** How long a card that was pulled out stays out at least; pcscd, which looks every 400 ms, must see it gone. */
  readonly out_ms?: number;
  readonly onState?: (state: VpcdState) => void;
  /** The card itself failed (its image could not be kept, say): it is out of the reader, and did not answer. */
  readonly onFault?: (fault: unknown) => void;
};

/** A card of ours in a reader of any PC/SC program. */
export type VirtualCard = {
  readonly state: VpcdState;
  /** Puts the card in again, as soon as it was out long enough to be missed. */
  insert(): void;
  /** Pulls the card out; a command under way gets no answer. */
  remove(): void;
  close(): Promise<void>;
};

/**
 * Puts a card into a slot of `vpcd`, the virtual reader of pcscd: the card connects, and its line is its lying in the
 * slot. A reader that goes away is looked for until the card is removed.
 */
export function insertIntoVpcd(card: Insertable, options: VpcdOptions = {}): VirtualCard {
  const { host = '127.0.0.1', port = vpcdPort, retry_after_ms = 500, out_ms = 1000 } = options;
  let state: VpcdState = 'removed';
  let socket: Socket | null = null;
  let retry: NodeJS.Timeout | null = null;
  let outSince = -Infinity;

  const become = (next: VpcdState) => {
    if (state === next) return;
    state = next;
    options.onState?.(next);
  };

  function lookForReader(): void {
    retry = null;
    const line = connect({ host, port });
    socket = line;
    let talk: Talk | null = null;
    line.on('connect', () => {
      line.setNoDelay();
      talk = attempt(() => openTalk(card, (answer) => line.write(answer)));
      if (talk) become('inserted');
    });
    line.on('data', (piece: Buffer) => {
      attempt(() => talk?.hear(piece));
      // What is not read piles up at the sender, not here.
      if (line.writableNeedDrain) line.pause();
    });
    line.on('drain', () => line.resume());
    line.on('error', () => {});
    line.on('close', () => {
      if (socket !== line) return;
      socket = null;
      card.powerOff();
      become('waiting');
      retry = setTimeout(lookForReader, retry_after_ms);
    });
  }

  function attempt<T>(work: () => T): T | null {
    try {
      return work();
    } catch (fault) {
      remove();
      options.onFault?.(fault);
      return null;
    }
  }

  function remove(): Socket | null {
    const line = socket;
    socket = null;
    if (retry) clearTimeout(retry);
    retry = null;
    if (line) {
      card.powerOff();
      line.destroy();
      outSince = performance.now();
    }
    become('removed');
    return line;
  }

  const insert = () => {
    if (socket || retry) return;
    become('waiting');
    const rest_ms = outSince + out_ms - performance.now();
    if (rest_ms > 0) retry = setTimeout(lookForReader, rest_ms);
    else lookForReader();
  };

  insert();
  return {
    get state() {
      return state;
    },
    insert,
    remove: () => void remove(),
    close: () =>
      new Promise((resolve) => {
        const line = remove();
        if (!line || line.closed) resolve();
        else line.once('close', () => resolve());
      }),
  };
}

type Talk = { hear(piece: Uint8Array): void };

/** One stay of a card in a reader. The ATR is asked for twice a second, with or without power, and resets nothing. */
function openTalk(card: Insertable, answer: (frame: Uint8Array) => void): Talk {
  let atr = card.powerOn();
  card.powerOff();
  const cut = openFrames();
  return {
    hear(piece) {
      for (const payload of cut(piece)) {
        const request = readRequest(payload);
        if (request.kind === 'apdu') answer(vpcdFrame(card.transmit(request.apdu)));
        if (request.kind === 'atr') answer(vpcdFrame(atr));
        if (request.kind === 'power_off' || request.kind === 'reset') card.powerOff();
        if (request.kind === 'power_on' || request.kind === 'reset') atr = card.powerOn();
      }
    },
  };
}
