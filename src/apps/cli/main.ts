import { Command } from 'commander';
import { CardFault } from '../../core/card/index.ts';
import { agentCommand } from './agent.ts';
import { cardCommand } from './card.ts';
import { decodeCommand } from './decode.ts';
import { doctorCommand } from './doctor.ts';
import { labCommand } from './lab.ts';
import { ledgerCommand } from './ledger.ts';
import { startCommand } from './start.ts';
import { visitCommand } from './visit.ts';

const program = new Command('tessera')
  .description('Tessera: one card, from the chip in a citizen’s hand to the books of the fund that pays')
  .version('0.1.0')
  .enablePositionalOptions()
  .showHelpAfterError('(tessera --help tells more)');

program.addCommand(startCommand());
program.addCommand(visitCommand());
program.addCommand(ledgerCommand());
program.addCommand(decodeCommand());
program.addCommand(cardCommand());
program.addCommand(agentCommand());
program.addCommand(labCommand());
program.addCommand(doctorCommand());

program.parseAsync().catch((fault: unknown) => {
  if (fault instanceof CardFault) console.error(`${fault.words.en} ${fault.words.zh}`);
  console.error(fault instanceof Error ? fault.message : fault);
  process.exit(1);
});
