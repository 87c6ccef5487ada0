/** What must be undone when the platform stops: the last first, and once, however often it is asked to. */
export type Stops = {
  readonly stopping: boolean;
  /** Remembers how to undo what was begun. Once stopping has begun nothing new may begin: this throws. */
  add(undo: () => Promise<void>): void;
  /** Resolves when all is undone, for everyone who asks. */
  stop(): Promise<void>;
};

export function openStops(say: (words: string) => void = console.log): Stops {
  const undos: (() => Promise<void>)[] = [];
  let stopped: Promise<void> | null = null;

  async function stopAll(): Promise<void> {
    say('\nStopping …');
    for (let undo = undos.pop(); undo; undo = undos.pop()) {
      await undo().catch((fault: unknown) => console.error(fault));
    }
    say('Stopped; everything is kept.');
  }

  return {
    get stopping() {
      return stopped !== null;
    },
    add(undo) {
      if (stopped) throw new Error('the platform is stopping');
      undos.push(undo);
    },
    stop() {
      stopped ??= stopAll();
      return stopped;
    },
  };
}
