import { Command } from 'commander';
import { insertCommand } from './card-insert.ts';

/** What can be done with a card from the command line. */
export const cardCommand = (): Command =>
  new Command('card').description('cards: put one into a PC/SC reader').addCommand(insertCommand());
