import { useSuspenseQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import type { SettlementView } from '../../../src/schemes/medical/contract.ts';
import { get } from '../../kit/api/client.ts';
import { settlementWords } from '../../kit/settlement/settlement.words.ts';
import { Statement } from '../../kit/settlement/statement.tsx';
import { Page } from '../../kit/shell/page.tsx';
import { useWords } from '../../kit/words/catalogue.ts';
import { agencyWords } from './agency.words.ts';

export function Settlement() {
  const t = useWords(agencyWords);
  const words = useWords(settlementWords);
  const { id } = useParams({ strict: false }) as { id: string };
  const { data } = useSuspenseQuery({
    queryKey: ['settlement', id],
    queryFn: () => get<SettlementView>(`/api/settlements/${id}`),
  });
  return (
    <Page
      title={words('title')}
      note={<span className="mono">{data.settlement_no}</span>}
      actions={
        <>
          <Link to="/agency/trace/$id" params={{ id: data.trace_id }}>
            <Button type="primary">{t('trace')}</Button>
          </Link>
          <Button onClick={() => window.print()}>{words('statement')}</Button>
        </>
      }
    >
      <Statement settlement={data} />
    </Page>
  );
}
