import type { CeremonyState } from '../../../src/operations/custody/contract.ts';
import { Stamp } from '../../kit/shell/page.tsx';
import { useWords } from '../../kit/words/catalogue.ts';
import { custodianWords } from './custodian.words.ts';

export function CeremonyStamp({ state }: { state: CeremonyState }) {
  const t = useWords(custodianWords);
  const over = state === 'cancelled' || state === 'expired';
  return <Stamp tone={state === 'installed' ? 'done' : over ? 'plain' : 'waiting'}>{t(`state.${state}`)}</Stamp>;
}
