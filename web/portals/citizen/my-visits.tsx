import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import type { SettlementSummary } from '../../../src/schemes/medical/contract.ts';
import { usePages } from '../../kit/lists/pages.ts';
import { Amount } from '../../kit/money/amount.tsx';
import { addFen, yuanText } from '../../kit/money/format.ts';
import { settlementWords } from '../../kit/settlement/settlement.words.ts';
import { Page } from '../../kit/shell/page.tsx';
import { Empty } from '../../kit/states/empty.tsx';
import { useWords } from '../../kit/words/catalogue.ts';
import { kitWords } from '../../kit/words/kit.words.ts';
import { useName } from '../../kit/words/language.ts';
import { citizenWords } from './citizen.words.ts';
import './citizen.css';

export function MyVisits() {
  const t = useWords(citizenWords);
  const kit = useWords(kitWords);
  const words = useWords(settlementWords);
  const name = useName();
  const { items, more, busy } = usePages<SettlementSummary>(['my-settlements'], '/api/settlements', {
    state: 'settled',
  });
  return (
    <Page title={t('visits')}>
      {items.length === 0 && <Empty title={t('visits.none')}>{t('visits.none.note')}</Empty>}
      <ul className="my-visits">
        {items.map((item) => (
          <li key={item.settlement_id}>
            <Link to="/citizen/visits/$id" params={{ id: item.settlement_id }}>
              <span>
                <strong>{name(item.institution.name)}</strong>
                <small>
                  {item.business_date} · {words(`kind.${item.kind}`)}
                </small>
              </span>
              <span className="my-visit-sum">
                <Amount fen={addFen(item.amounts.account_fen, item.amounts.cash_fen)} unit />
                <small>{t('visit.of', { total: yuanText(item.amounts.total_fen) })}</small>
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {more && (
        <Button block size="large" onClick={more} loading={busy}>
          {kit('more')}
        </Button>
      )}
    </Page>
  );
}
