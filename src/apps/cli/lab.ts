import { Command } from 'commander';
import { unknownOperation } from '../../operations/laboratory/index.ts';
import { decodeLab } from './lab-decode.ts';
import { LabFault, labour, languageOf, speaks, tellFault } from './lab-language.ts';
import { operationCommands, printOperations } from './lab-operations.ts';
import { replayCommand, runCommand } from './lab-run.ts';

/** The laboratory on the command line: exit 0 as expected, 1 something differs, 2 something could not be read. */
export function labCommand(words: readonly string[] = process.argv): Command {
  const language = languageOf(words, process.env);
  const lab = new Command('lab')
    .description('a laboratory for those who integrate cards: computations with every step, decoding, APDU scripts')
    .option('--language <language>', 'en | zh; otherwise from LANG')
    .option('--json', 'as JSON')
    .addHelpText('after', `\n${speaks[language].note}`)
    .argument('[operation]')
    .enablePositionalOptions()
    .action((name: string | undefined, { json = false }: { json?: boolean }) =>
      labour(language, json, () => {
        if (name !== undefined) throw new LabFault(unknownOperation(name).faults);
        printOperations(language, json);
      }),
    );
  const commands = [...operationCommands(language), decodeLab(language), runCommand(language), replayCommand(language)];
  for (const command of commands) lab.addCommand(command.option('--language <language>', 'en | zh'));
  for (const command of [lab, ...commands])
    command.configureOutput({ writeErr: () => {} }).exitOverride((fault) => {
      if (fault.exitCode === 0) process.exit(0);
      tellFault(LabFault.ofCommander(fault), language, words.includes('--json'));
      process.exit(2);
    });
  return lab;
}
