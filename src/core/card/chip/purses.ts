import type { Command } from '../apdu.ts';
import type { PurseCard, PurseHandler, PurseKeyUse } from '../purse/port.ts';
import { sw } from '../status-words.ts';
import { holderShown, keyOf, opens } from './access.ts';
import {
  type Card,
  type ChipOutcome,
  compositeFile,
  current,
  type Directory,
  refused,
  withDirectory,
} from './memory.ts';

/** Names of the medical account's commands and of a purse's are partly the same: a purse's get this in front. */
export const purseName = (name: string): `purse_${string}` => `purse_${name}`;

/** A purse command on the current directory: what its handler makes of the application becomes the memory. */
export const bound =
  (handler: PurseHandler) =>
  (card: Card, command: Command): ChipOutcome => {
    const directory = current(card);
    const { purse } = directory;
    if (!purse || card.memory.life === 'blank') return refused(sw.conditions);
    let closed = false;
    const key = (use: PurseKeyUse, index: number): ReturnType<PurseCard['key']> => {
      const found = purseKey(directory, use, index);
      if (!found) return null;
      closed ||= !opens(card, directory, found.shape.using);
      return closed ? null : { value: found.value, version: found.shape.version };
    };
    const outcome = handler(
      {
        family: card.memory.family,
        application: purse,
        pending: card.session.purse,
        holderShown: holderShown(card, directory),
        compositeFile: directory.shape.files.some(({ fid, kind }) => fid === compositeFile && kind === 'tagged'),
        key,
        random: card.random,
      },
      command,
    );
    if (closed) return refused(sw.security);
    return {
      status: outcome.status,
      ...(outcome.data && { data: outcome.data }),
      ...(outcome.application && {
        memory: withDirectory(card.memory, { ...directory, purse: outcome.application }),
      }),
      ...(outcome.pending !== undefined && { session: { purse: outcome.pending } }),
    };
  };

/** The TAC key has one place only. */
const purseKey = (directory: Directory, use: PurseKeyUse, index: number) =>
  use === 'tac' ? directory.keys.find(({ shape }) => shape.use === use) : keyOf(directory, use, index);
