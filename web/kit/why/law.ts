import { useQuery } from '@tanstack/react-query';
import type { PolicyDescription } from '../../../src/core/policy/contract.ts';
import { get } from '../api/client.ts';
import { useName } from '../words/language.ts';

export type LawWords = {
  /** Title of a source of law; its key while the title is not known. */
  readonly law: (source: string) => string;
  /** Whether a source is invented for the fictional city. */
  readonly sample: (source: string) => boolean;
  readonly parameter: (key: string) => string;
};

/** Titles of laws and parameters, as the policy book has them. */
export function useLawWords(): LawWords {
  const name = useName();
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
      return found ? `${name(found.title)}${found.number ? ` ${found.number}` : ''}` : key;
    },
    sample: (key) => source(key)?.kind === 'sample',
    parameter: (key) => {
      const found = parameter(key);
      return found ? name(found.label) : key;
    },
  };
}
