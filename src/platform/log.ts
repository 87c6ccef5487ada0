import { type DestinationStream, type Logger, pino } from 'pino';
import { maskNumber } from '../kernel/identifiers.ts';

/** Citizen, bank-card and card-account numbers: 15 to 19 digits, not part of a longer word. */
const longNumber = /(?<![\w.-])\d{14,18}[\dX](?![\w-])/g;
/** Social-security card numbers: a letter, seven digits, a check character. */
const cardNumber = /(?<![\w-])[A-Z]\d{7}[\dX](?![\w-])/g;

/** Replaces what must never stand in a log. Secrets (PINs, keys, tracks) are never handed to a log at all. */
export const masked = (line: string): string =>
  line.replace(longNumber, (number) => maskNumber(number)).replace(cardNumber, (number) => maskNumber(number, 2, 2));

export function openLog(name: string, destination?: DestinationStream): Logger {
  const options = {
    name,
    level: process.env.LOG_LEVEL ?? 'info',
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: ['req.headers.cookie', 'req.headers.authorization', 'password', 'pin'],
    hooks: { streamWrite: masked },
  };
  return destination ? pino(options, destination) : pino(options);
}

export type { Logger };
