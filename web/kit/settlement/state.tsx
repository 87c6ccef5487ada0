import type { SettlementState, VisitState } from '../../../src/schemes/medical/contract.ts';
import { Stamp, type Tone } from '../shell/page.tsx';
import { useWords } from '../words/catalogue.ts';
import { settlementWords } from './settlement.words.ts';

const tones: Readonly<Record<SettlementState | VisitState, Tone>> = {
  open: 'waiting',
  awaiting_card: 'waiting',
  settled: 'done',
  cancelled: 'plain',
  superseded: 'plain',
};

export function StateStamp({ state }: { state: SettlementState | VisitState }) {
  const t = useWords(settlementWords);
  return <Stamp tone={tones[state]}>{t(`state.${state}`)}</Stamp>;
}
