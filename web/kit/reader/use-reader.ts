import { useCallback, useEffect, useRef, useState } from 'react';
import type { AgentResult, ReaderState } from '../../../src/field/agent/contract.ts';
import { type AgentLine, AgentRefusal, openLine, usualPort } from './agent-line.ts';
import type { Exchange } from './public-files.ts';

/** `calling`: nobody has answered yet; `away`: no agent on this machine. */
export type ReaderPhase = 'calling' | 'away' | 'unpaired' | 'paired';
export type Exchanged = Omit<AgentResult<'transmit'>, 'response'>;

const kept = { token: 'tessera.agent.token', port: 'tessera.agent.port', reader: 'tessera.agent.reader' } as const;
const most_logged = 200;

/** The readers of this machine, the one chosen, and the line on which its card is spoken with. */
export function useReader() {
  const line = useRef<AgentLine | null>(null);
  const [phase, setPhase] = useState<ReaderPhase>('calling');
  const [readers, setReaders] = useState<readonly ReaderState[]>([]);
  const [port, setPort] = useState(() => Number(localStorage.getItem(kept.port)) || usualPort());
  const [slot, setSlot] = useState(() => localStorage.getItem(kept.reader));
  const [log, setLog] = useState<readonly Exchanged[]>([]);
  const [attempt, setAttempt] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: an attempt is a reason to call again
  useEffect(() => {
    let left = false;
    setPhase('calling');
    void openLine(port, {
      onReaders: (next) => !left && setReaders(next),
      onEnd: () => {
        if (left) return;
        setReaders([]);
        setPhase('away');
      },
    }).then(async (opened) => {
      if (left) return opened.close();
      line.current = opened;
      const token = localStorage.getItem(kept.token);
      const entered = token !== null && (await enter(opened, token));
      if (!left) setPhase((before) => (before === 'away' ? before : entered ? 'paired' : 'unpaired'));
    });
    return () => {
      left = true;
      line.current?.close();
      line.current = null;
    };
  }, [port, attempt]);

  const usable = readers.filter(({ part }) => part === 'user');
  const chosen = usable.find((reader) => reader.slot === slot) ?? (usable.length === 1 ? usable[0]! : null);
  const { slot: wanted = null, owner = null } = chosen ?? {};

  // A reader that is free is taken as soon as it is chosen, also when it was unplugged or another page let it go.
  useEffect(() => {
    if (wanted && owner === 'nobody') line.current?.ask('claim', { slot: wanted }).catch(() => {});
  }, [wanted, owner]);

  const ask: AgentLine['ask'] = useCallback(
    (type, fields) => line.current?.ask(type, fields) ?? Promise.reject(new AgentRefusal('agent.fault')),
    [],
  );

  /** Speaks with the card in a reader; every exchange is added to the log. */
  const exchangeWith = useCallback(
    (at: string): Exchange =>
      async (command) => {
        const { response, record, lines } = await ask('transmit', { slot: at, command: command.toHex() });
        setLog((before) => [...before, { record, lines }].slice(-most_logged));
        return Uint8Array.fromHex(response);
      },
    [ask],
  );

  return {
    phase,
    readers: usable,
    chosen,
    log,
    port,
    ask,
    exchangeWith,
    clearLog: useCallback(() => setLog([]), []),
    callAgain: (at: number = port) => {
      localStorage.setItem(kept.port, String(at));
      setPort(at);
      setAttempt((count) => count + 1);
    },
    choose: (next: string) => {
      if (chosen && chosen.slot !== next) void ask('release', { slot: chosen.slot }).catch(() => {});
      localStorage.setItem(kept.reader, next);
      setSlot(next);
    },
    /** @throws AgentRefusal */
    pair: async (code: string) => {
      const { token } = await ask('pair', { code });
      localStorage.setItem(kept.token, token);
      setPhase('paired');
    },
  };
}

export type Reader = ReturnType<typeof useReader>;

/** False when the token is no longer good: it is forgotten. */
async function enter(line: AgentLine, token: string): Promise<boolean> {
  try {
    await line.ask('enter', { token });
    return true;
  } catch (fault) {
    if (fault instanceof AgentRefusal && fault.code !== 'agent.fault') localStorage.removeItem(kept.token);
    return false;
  }
}
