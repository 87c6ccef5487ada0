export * from './contract.ts';
export { JournalFault } from './journal.ts';
export { type LinkOptions, WireLink } from './link.ts';
export { Terminal, type TerminalOptions } from './terminal.ts';
