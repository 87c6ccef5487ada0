import { useSuspenseQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import type { AmountName, SettlementView } from '../../../src/schemes/medical/contract.ts';
import { get } from '../../kit/api/client.ts';
import { Amount } from '../../kit/money/amount.tsx';
import { addFen, yuanText } from '../../kit/money/format.ts';
import { SettlementBar } from '../../kit/settlement/bar.tsx';
import { BillLines } from '../../kit/settlement/lines.tsx';
import { settlementWords } from '../../kit/settlement/settlement.words.ts';
import { Page, Sheet } from '../../kit/shell/page.tsx';
import { WhyDrawer } from '../../kit/why/why-drawer.tsx';
import { WhyTree } from '../../kit/why/why-tree.tsx';
import { medical } from '../../kit/why/wording.ts';
import { useWords } from '../../kit/words/catalogue.ts';
import { useName } from '../../kit/words/language.ts';
import { citizenWords } from './citizen.words.ts';

export function MyVisit() {
  const t = useWords(citizenWords);
  const words = useWords(settlementWords);
  const name = useName();
  const { id } = useParams({ strict: false }) as { id: string };
  const { data } = useSuspenseQuery({
    queryKey: ['settlement', id],
    queryFn: () => get<SettlementView>(`/api/settlements/${id}`),
  });
  const [asked, setAsked] = useState<AmountName | null>(null);
  const [steps, setSteps] = useState(false);
  const { amounts } = data;
  return (
    <Page
      title={name(data.institution.name)}
      note={`${data.business_date} · ${words(`kind.${data.kind}`)} · ${name(data.diagnosis.name)}`}
    >
      <Sheet>
        <p className="quiet">{t('visit.you-paid')}</p>
        <p>
          <Amount fen={addFen(amounts.account_fen, amounts.cash_fen)} size="huge" unit />
        </p>
        <p className="quiet">
          {t('visit.funds-paid')} {yuanText(amounts.fund_fen)} · {t('visit.of', { total: yuanText(amounts.total_fen) })}
        </p>
        <SettlementBar amounts={amounts} insurance={data.insurance} onWhy={setAsked} />
        <p className="quiet hint">{words('why.hint')}</p>
      </Sheet>
      <Sheet title={t('visit.why')}>
        {steps ? (
          <WhyTree reasons={data.reasons} wording={medical} />
        ) : (
          <Button type="primary" size="large" block onClick={() => setSteps(true)}>
            {t('visit.steps')}
          </Button>
        )}
      </Sheet>
      <Sheet title={words('lines')} tight>
        <BillLines lines={data.lines} />
      </Sheet>
      <WhyDrawer
        asked={asked}
        heading={asked ? `${words(asked)} ${yuanText(amounts[asked])}` : ''}
        reasons={data.reasons}
        wording={medical}
        onClose={() => setAsked(null)}
      />
    </Page>
  );
}
