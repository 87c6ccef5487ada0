import type { VisitView } from '../../../src/schemes/medical/contract.ts';
import { settlementWords } from '../settlement/settlement.words.ts';
import { StateStamp } from '../settlement/state.tsx';
import { useWords } from '../words/catalogue.ts';
import { useName } from '../words/language.ts';

/** Who stands before the desk, echoed so that the clerk can say the name. */
export function VisitHead({ visit }: { visit: VisitView }) {
  const t = useWords(settlementWords);
  const name = useName();
  return (
    <div className="visit-head">
      <strong>{name(visit.patient.name)}</strong>
      <span className="mono quiet">{visit.patient.citizen_number}</span>
      <span>
        {t(`insurance.${visit.insurance}`)} · {t(`kind.${visit.kind}`)} · {visit.diagnosis.code}{' '}
        {name(visit.diagnosis.name)}
      </span>
      <span className="mono quiet">{visit.visit_no}</span>
      <StateStamp state={visit.state} />
    </div>
  );
}
