import { useState } from 'react';
import type { AmountName, SettlementView } from '../../../src/schemes/medical/contract.ts';
import { Amount } from '../money/amount.tsx';
import { yuanText } from '../money/format.ts';
import { Facts, Sheet } from '../shell/page.tsx';
import { WhyDrawer } from '../why/why-drawer.tsx';
import { WhyTree } from '../why/why-tree.tsx';
import { medical } from '../why/wording.ts';
import { useWords } from '../words/catalogue.ts';
import { useName } from '../words/language.ts';
import { useMoments } from '../words/time.ts';
import { SettlementBar } from './bar.tsx';
import { BillLines } from './lines.tsx';
import { settlementWords } from './settlement.words.ts';
import { StateStamp } from './state.tsx';
import { Verification } from './verification.tsx';

/** The statement of one settlement: who, the bill cut twice, its lines, and the reason for every figure. */
export function Statement({ settlement }: { settlement: SettlementView }) {
  const t = useWords(settlementWords);
  const name = useName();
  const moments = useMoments();
  const [asked, setAsked] = useState<AmountName | null>(null);
  const { amounts, patient, institution, reasons } = settlement;
  return (
    <div className="stack">
      <Sheet>
        <Facts
          columns={3}
          items={[
            { label: t('state'), value: <StateStamp state={settlement.state} /> },
            { label: t('kind'), value: t(`kind.${settlement.kind}`) },
            { label: t('insurance'), value: t(`insurance.${settlement.insurance}`) },
            { label: t('patient'), value: `${name(patient.name)} ${patient.citizen_number}` },
            { label: t('institution'), value: name(institution.name) },
            { label: t('department'), value: `${settlement.department} · ${settlement.doctor}` },
            { label: t('diagnosis'), value: `${settlement.diagnosis.code} ${name(settlement.diagnosis.name)}` },
            { label: t('time'), value: moments.at(settlement.settled_at ?? settlement.decided_at) },
            { label: t('visit-number'), value: settlement.visit_no, mono: true },
          ]}
        />
      </Sheet>
      <Sheet>
        <SettlementBar amounts={amounts} insurance={settlement.insurance} onWhy={setAsked} />
        <p className="quiet hint">{t('why.hint')}</p>
        <Facts
          columns={3}
          items={[
            {
              label: t('deductible_fen'),
              value: <Amount fen={amounts.deductible_fen} onWhy={() => setAsked('deductible_fen')} />,
            },
            { label: t('fund_fen'), value: <Amount fen={amounts.fund_fen} onWhy={() => setAsked('fund_fen')} /> },
            {
              label: t('personal_fen'),
              value: <Amount fen={amounts.personal_fen} onWhy={() => setAsked('personal_fen')} />,
            },
          ]}
        />
      </Sheet>
      <Sheet title={t('lines')} tight>
        <BillLines lines={settlement.lines} />
      </Sheet>
      <Sheet title={t('why')}>
        <WhyTree reasons={reasons} wording={medical} />
      </Sheet>
      <footer className="paper-only statement-foot">
        <Verification settlement_id={settlement.settlement_id} />
        <span className="mono">{settlement.settlement_no}</span>
        <span className="statement-seal">{t('seal')}</span>
      </footer>
      <WhyDrawer
        asked={asked}
        heading={asked ? `${t(asked)} ${yuanText(amounts[asked])}` : ''}
        reasons={reasons}
        wording={medical}
        onClose={() => setAsked(null)}
      />
    </div>
  );
}
