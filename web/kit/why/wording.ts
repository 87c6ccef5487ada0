import { type Label, sentence } from '../../../src/core/policy/contract.ts';
import { contributionWording } from '../../../src/schemes/contributions/contract.ts';
import { medicalWording } from '../../../src/schemes/medical/contract.ts';
import { factNames } from './fact-names.ts';
import { grouped } from './grouped.ts';
import type { ReasonView, Wording } from './why-tree.tsx';

const wordingOf = (table: Readonly<Record<string, Label>>): Wording => ({
  sentence: (reason: ReasonView, language) => {
    const words = table[reason.step];
    return words ? grouped(sentence(words, reason, language)) : reason.step;
  },
  fact: (name, language) => factNames[name]?.[language] ?? name.replaceAll('_', ' '),
});

export const medical = wordingOf(medicalWording);
export const contributions = wordingOf(contributionWording);
