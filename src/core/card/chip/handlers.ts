import type { CardCommandName } from '../command-table.ts';
import type { Handler } from '../machine.ts';
import { purseHandlers } from '../purse/purse-handlers.ts';
import * as account from './account.ts';
import { creditLoad, initializeLoad } from './account-load.ts';
import { debitPurchase, initializePurchase } from './account-purchase.ts';
import { externalAuthenticate, getChallenge, getResponse, internalAuthenticate } from './authentication.ts';
import { readBinary, updateBinary } from './binaries.ts';
import { createFile, createFmcos, eraseDirectory } from './creation.ts';
import { writeKey } from './key-writing.ts';
import * as life from './life.ts';
import type { CardMemory, ChipSession } from './memory.ts';
import { changePin, reloadPin, unblockPin, unblockWithKey, verify } from './pin.ts';
import { bound, purseName } from './purses.ts';
import { appendRecord, readRecord, updateRecord } from './records.ts';
import { select } from './selection.ts';

type ChipHandler = Handler<CardMemory, ChipSession>;

const cardHandlers: Readonly<Record<CardCommandName, ChipHandler>> = {
  select,
  get_response: getResponse,
  get_challenge: getChallenge,
  read_binary: readBinary,
  update_binary: updateBinary,
  read_record: readRecord,
  update_record: updateRecord,
  append_record: appendRecord,
  internal_authenticate: internalAuthenticate,
  external_authenticate: externalAuthenticate,
  verify,
  change_pin: changePin,
  reload_pin: reloadPin,
  unblock_pin: unblockPin,
  unblock_pin_with_key: unblockWithKey,
  block_application: life.blockApplication,
  unblock_application: life.unblockApplication,
  block_card: life.blockCard,
  end_issue: life.endIssue,
  create_file: createFile,
  create_file_fmcos: createFmcos,
  erase_directory: eraseDirectory,
  write_key: writeKey,
  get_balance: account.getBalance,
  initialize_load: initializeLoad,
  credit_load: creditLoad,
  initialize_purchase: initializePurchase,
  debit_purchase: debitPurchase,
  transaction_proof: account.transactionProof,
  set_starting_day: account.setStartingDay,
  get_starting_day: account.getStartingDay,
};

/** The handler of every command of `chipCommands`. */
export const chipHandlers: Readonly<Record<string, ChipHandler>> = {
  ...cardHandlers,
  ...Object.fromEntries(Object.entries(purseHandlers).map(([name, handler]) => [purseName(name), bound(handler)])),
};
