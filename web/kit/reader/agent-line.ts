import type Type from 'typebox';
import {
  type AgentMessage,
  type AgentRefusalCode,
  type AgentRequestType,
  type AgentResult,
  agentPath,
  agentPort,
  type agentRequests,
  type ReaderState,
} from '../../../src/field/agent/contract.ts';

/** The agent's "no"; `agentWords` has the words for it. */
export class AgentRefusal extends Error {
  override name = 'AgentRefusal';
  readonly code: AgentRefusalCode;

  constructor(code: AgentRefusalCode) {
    super(code);
    this.code = code;
  }
}

type Fields<T extends AgentRequestType> = Omit<Type.Static<(typeof agentRequests)[T]>, 'type' | 'id'>;

/** A page's line to the counter agent of its machine. */
export type AgentLine = {
  /** @throws AgentRefusal */
  ask<T extends AgentRequestType>(type: T, fields: Fields<T>): Promise<AgentResult<T>>;
  close(): void;
};

type Heard = {
  readonly onReaders: (readers: readonly ReaderState[]) => void;
  /** The line ended, or never stood. */
  readonly onEnd: () => void;
};

/** In the demonstration three above the web's own; where the web has no port of its own, the agent's usual one. */
export const usualPort = (): number => (location.port ? Number(location.port) + 3 : agentPort);

export function openLine(port: number, { onReaders, onEnd }: Heard): Promise<AgentLine> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${agentPath}`);
  const waiting = new Map<number, { done: (result: never) => void; refused: (why: Error) => void }>();
  let next = 1;
  let open = false;

  const line: AgentLine = {
    ask: (type, fields) =>
      new Promise((done, refused) => {
        if (socket.readyState !== WebSocket.OPEN) return refused(new AgentRefusal('agent.fault'));
        const id = next++;
        waiting.set(id, { done, refused });
        socket.send(JSON.stringify({ type, id, ...fields }));
      }),
    close: () => socket.close(),
  };

  socket.onmessage = ({ data }: MessageEvent<string>) => {
    const message = JSON.parse(data) as AgentMessage;
    if (message.type === 'readers') return onReaders(message.readers);
    if (message.id === null) return;
    const asked = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.type === 'done') asked?.done(message as never);
    else asked?.refused(new AgentRefusal(message.code));
  };
  return new Promise((resolve) => {
    socket.onopen = () => {
      open = true;
      resolve(line);
    };
    socket.onclose = () => {
      for (const { refused } of waiting.values()) refused(new AgentRefusal('agent.fault'));
      waiting.clear();
      onEnd();
      if (!open) resolve(line);
    };
  });
}
