/** What a person sees while things start: one line for each step, with its time, on a terminal or in a log. */
export type Progress = {
  /** Runs a step and prints how it ended; `say` replaces the note behind its name while it runs. */
  step<T>(name: string, work: (say: (note: string) => void) => Promise<T>): Promise<T>;
};

export function openProgress(out: NodeJS.WriteStream = process.stdout): Progress {
  const live = out.isTTY === true;
  return {
    async step(name, work) {
      const begun = performance.now();
      let note = '';
      const line = (mark: string) => `${mark} ${name}${note ? ` · ${note}` : ''}`;
      if (live) out.write(line('…'));
      try {
        const result = await work((text) => {
          note = text;
          if (live) out.write(`\r\x1b[2K${line('…')}`);
        });
        const seconds = ((performance.now() - begun) / 1000).toFixed(1);
        out.write(`${live ? '\r\x1b[2K' : ''}${line('✓')} · ${seconds} s\n`);
        return result;
      } catch (fault) {
        out.write(`${live ? '\r\x1b[2K' : ''}${line('✗')}\n`);
        throw fault;
      }
    },
  };
}
