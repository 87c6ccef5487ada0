import { useQuery } from '@tanstack/react-query';
import type { PolicyDescription } from '../../../src/core/policy/contract.ts';
import { get } from '../api/client.ts';
import { useLanguage, useName } from '../words/language.ts';

export type LawWords = {
  /** Title of a source of law and, where the reader can read it, its document number; its key while it is not known. */
  readonly law: (source: string) => string;
  /** Whether a source is invented for the fictional city. */
  readonly sample: (source: string) => boolean;
  readonly parameter: (key: string) => string;
};

/** Titles of laws and parameters, as the policy book has them. */
export function useLawWords(): LawWords {
  const name = useName();
  const [language] = useLanguage();
  const { data } = useQuery({
    queryKey: ['policy'],
    queryFn: () => get<PolicyDescription>('/api/policy'),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const source = (key: string) => data?.sources.find((entry) => entry.key === key);
  const parameter = (key: string) => data?.parameters.find((entry) => entry.key === key);
  return {
    law: (key) => {
      const found = source(key);
      if (!found) return key;
      const number =
        found.number && (language === 'zh' || !/\p{Script=Han}/u.test(found.number)) ? ` ${found.number}` : '';
      return name(found.title) + number;
    },
    sample: (key) => source(key)?.kind === 'sample',
    parameter: (key) => {
      const found = parameter(key);
      return found ? name(found.label) : key;
    },
  };
}
