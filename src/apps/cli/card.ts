import { Command } from 'commander';
import { dumpCommand } from './card-dump.ts';
import { insertCommand } from './card-insert.ts';

/** What can be done with a card from the command line. */
export const cardCommand = (): Command =>
  new Command('card')
    .description('cards: put one into a PC/SC reader, read an image')
    .addCommand(insertCommand())
    .addCommand(dumpCommand());
