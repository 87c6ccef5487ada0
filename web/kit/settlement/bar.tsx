import type { AmountName, Amounts, MedicalInsurance } from '../../../src/schemes/medical/contract.ts';
import { MoneyBar, type MoneyPart } from '../money/money-bar.tsx';
import { useWords } from '../words/catalogue.ts';
import { settlementWords } from './settlement.words.ts';

type Props = {
  readonly amounts: Amounts;
  readonly insurance: MedicalInsurance;
  readonly onWhy?: (figure: AmountName) => void;
  readonly compact?: boolean;
};

/** The bill as the law cuts it, and under it the same total by who pays it. */
export function SettlementBar({ amounts, insurance, onWhy, compact = false }: Props) {
  const t = useWords(settlementWords);
  const part = (name: AmountName, colour: string, hatched = false): MoneyPart => ({
    key: name,
    label: t(name),
    fen: amounts[name],
    colour,
    hatched,
    ...(onWhy ? { onWhy: () => onWhy(name) } : {}),
  });
  const fund = insurance === '310' ? 'var(--fund-medical-employees)' : 'var(--fund-medical-residents)';
  const extras: MoneyPart[] = [
    part('serious_fen', 'var(--fund-maternity)'),
    part('civil_servant_fen', 'var(--fund-pension)'),
    part('aid_fen', 'var(--fund-subsidy)'),
  ];
  return (
    <MoneyBar
      title={t('total_fen')}
      compact={compact}
      rows={[
        {
          label: t('bill'),
          parts: [
            part('in_scope_fen', 'var(--jade)'),
            part('first_pay_fen', 'var(--ochre)', true),
            part('over_limit_fen', 'var(--fund-injury)', true),
            part('full_own_fen', 'var(--quiet)', true),
          ],
        },
        {
          label: t('payers'),
          parts: [
            part('pool_fen', fund),
            ...extras.filter(({ fen }) => fen !== '0'),
            part('account_fen', 'var(--fund-purse)'),
            part('cash_fen', 'var(--ochre)', true),
          ],
        },
      ]}
    />
  );
}
