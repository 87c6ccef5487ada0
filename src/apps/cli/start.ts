import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { Command } from 'commander';

/** The same as `npm start`. */
export const startCommand = (): Command =>
  new Command('start')
    .description('start the whole platform with its fictional city')
    .allowUnknownOption()
    .helpOption(false)
    .argument('[options...]', 'as npm start -- --help tells')
    .action((options: string[]) => {
      const program = resolve(import.meta.dirname, '../start/main.ts');
      const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, ...options], {
        stdio: 'inherit',
      });
      // The platform stops once, however often it is asked, and this waits for it.
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
      child.on('exit', (code) => process.exit(code ?? 1));
    });
