import type { AmountName, LineView, SettlementSummary } from '../../../src/schemes/medical/contract.ts';
import { yuanText } from '../money/format.ts';
import { useWords } from '../words/catalogue.ts';
import { useName } from '../words/language.ts';
import { useMoments } from '../words/time.ts';
import { settlementWords } from './settlement.words.ts';
import { Verification } from './verification.tsx';
import './receipt.css';

const shown: readonly AmountName[] = ['in_scope_fen', 'first_pay_fen', 'over_limit_fen', 'full_own_fen'];
const paid: readonly AmountName[] = [
  'pool_fen',
  'serious_fen',
  'civil_servant_fen',
  'aid_fen',
  'account_fen',
  'cash_fen',
];

/** The slip of a 58 mm roll; the same on the screen and on paper. */
export function Receipt({ settlement, lines }: { settlement: SettlementSummary; lines: readonly LineView[] }) {
  const t = useWords(settlementWords);
  const name = useName();
  const moments = useMoments();
  const { amounts, institution, patient } = settlement;
  const row = (label: string, value: string, strong = false) => (
    <div key={label} className={strong ? 'receipt-row receipt-strong' : 'receipt-row'}>
      <span>{label}</span>
      <span>{value}</span>
    </div>
  );
  return (
    <div className="receipt">
      <h2>{name(institution.name)}</h2>
      <p className="receipt-title">{t('receipt.title')}</p>
      {row(t('patient'), name(patient.name))}
      {row(t('kind'), `${t(`kind.${settlement.kind}`)} · ${t(`insurance.${settlement.insurance}`)}`)}
      {row(t('time'), moments.at(settlement.settled_at ?? settlement.decided_at))}
      <hr />
      {lines.map((line) => row(`${name(line.name)} ×${line.quantity}`, yuanText(line.total_fen)))}
      <hr />
      {row(t('total_fen'), yuanText(amounts.total_fen), true)}
      {shown.filter((key) => amounts[key] !== '0').map((key) => row(`· ${t(key)}`, yuanText(amounts[key])))}
      <hr />
      {paid
        .filter((key) => amounts[key] !== '0' || key === 'cash_fen')
        .map((key) => row(t(key), yuanText(amounts[key]), key === 'cash_fen'))}
      <hr />
      <div className="receipt-code">
        <Verification settlement_id={settlement.settlement_id} />
        <div>
          <span className="mono">{settlement.settlement_no}</span>
          <p>{t('receipt.keep')}</p>
        </div>
      </div>
    </div>
  );
}
