import type { RefusalCode, Refused, Words } from './contract.ts';

/** Input an operation cannot work with: which parameter, a code, and why in both languages. Holds no key. */
export class LaboratoryRefusal extends Error implements Refused {
  override name = 'LaboratoryRefusal';
  readonly parameter: string;
  readonly code: RefusalCode;
  readonly words: Words;

  constructor(parameter: string, code: RefusalCode, words: Words) {
    super(`${parameter}: ${words.en}`);
    this.parameter = parameter;
    this.code = code;
    this.words = words;
  }
}

/** What the attempt gives, or null when it is refused. */
export function tried<T>(attempt: () => T): T | null {
  try {
    return attempt();
  } catch (error) {
    if (error instanceof LaboratoryRefusal) return null;
    throw error;
  }
}
