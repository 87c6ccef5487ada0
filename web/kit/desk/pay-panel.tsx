import { Switch } from 'antd';
import { useState } from 'react';
import { terminalRefusals } from '../../../src/field/terminal/contract.ts';
import type {
  AmountName,
  Amounts,
  MedicalInsurance,
  Preview,
  ReasonView,
  SettlementView,
} from '../../../src/schemes/medical/contract.ts';
import { KeyButton } from '../keys/shortcut.tsx';
import { Amount } from '../money/amount.tsx';
import { yuanText } from '../money/format.ts';
import { Paper, usePrint } from '../print/paper.tsx';
import { SettlementBar } from '../settlement/bar.tsx';
import { Receipt } from '../settlement/receipt.tsx';
import { settlementWords } from '../settlement/settlement.words.ts';
import { Sheet } from '../shell/page.tsx';
import { WhyDrawer } from '../why/why-drawer.tsx';
import { medical } from '../why/wording.ts';
import { useWords } from '../words/catalogue.ts';
import { useName } from '../words/language.ts';
import { deskWords } from './desk.words.ts';

type Split = {
  readonly amounts: Amounts;
  readonly insurance: MedicalInsurance;
  readonly reasons: readonly ReasonView[];
};

/** Who pays what, every amount with its reason. */
export function SplitView({ split }: { split: Split }) {
  const t = useWords(settlementWords);
  const [asked, setAsked] = useState<AmountName | null>(null);
  return (
    <>
      <SettlementBar amounts={split.amounts} insurance={split.insurance} onWhy={setAsked} />
      <WhyDrawer
        asked={asked}
        heading={asked ? `${t(asked)} ${yuanText(split.amounts[asked])}` : ''}
        reasons={split.reasons}
        wording={medical}
        onClose={() => setAsked(null)}
      />
    </>
  );
}

type PreviewProps = {
  readonly preview: Preview | null;
  readonly useAccount: boolean;
  readonly onUseAccount: (use: boolean) => void;
  readonly ready: boolean;
  readonly busy: boolean;
  readonly onSettle: () => void;
};

export function PreviewPanel({ preview, useAccount, onUseAccount, ready, busy, onSettle }: PreviewProps) {
  const t = useWords(deskWords);
  return (
    <Sheet
      title={t('preview')}
      extra={
        // biome-ignore lint/a11y/noLabelWithoutControl: the switch inside is the control
        <label className="wrap-row">
          <Switch size="small" checked={useAccount} onChange={onUseAccount} />
          <span>
            {t('preview.use-account')}
            {preview && (
              <span className="quiet">
                {' '}
                · {t('preview.account')} <Amount fen={preview.account_available_fen} />
              </span>
            )}
          </span>
        </label>
      }
    >
      {preview ? <SplitView split={preview} /> : <p className="quiet">{t('preview.none')}</p>}
      <div className="desk-decision">
        {preview && (
          <span>
            {t('settle.collect')} <Amount fen={preview.amounts.cash_fen} size="large" />
          </span>
        )}
        <KeyButton hotkey="F9" type="primary" size="large" disabled={!ready} loading={busy} onPress={onSettle}>
          {t('settle')}
        </KeyButton>
      </div>
    </Sheet>
  );
}

type SettledProps = {
  readonly settlement: SettlementView;
  readonly cardInside: boolean;
  readonly refused: string | null;
  readonly busy: boolean;
  readonly onTap: () => void;
  readonly onCash: () => void;
  readonly onNext: () => void;
};

export function SettledPanel({ settlement, cardInside, refused, busy, onTap, onCash, onNext }: SettledProps) {
  const t = useWords(deskWords);
  const words = useWords(settlementWords);
  const { printing, print } = usePrint();
  const name = useName();
  const refusal = refused ? (terminalRefusals as Readonly<Record<string, { zh: string; en: string }>>)[refused] : null;
  const waiting = settlement.state === 'awaiting_card';
  const receipt = <Receipt settlement={settlement} lines={settlement.lines} />;
  return (
    <Sheet title={`${words('number')} ${settlement.settlement_no}`}>
      <SplitView split={settlement} />
      {waiting && (
        <div className="desk-note" role="status">
          {refusal && <strong>{name(refusal)} </strong>}
          {t(!cardInside ? 'settle.no-card' : refused !== null ? 'settle.refused' : 'settle.waiting')}
        </div>
      )}
      <div className="desk-decision">
        <span>
          {t('settle.collect')} <Amount fen={settlement.amounts.cash_fen} size="large" />
        </span>
        {waiting ? (
          <span className="wrap-row">
            <KeyButton hotkey="F8" disabled={busy} onPress={onCash}>
              {t('settle.cash')}
            </KeyButton>
            <KeyButton hotkey="F9" type="primary" size="large" disabled={!cardInside || busy} onPress={onTap}>
              {t('settle.to-card', { amount: yuanText(settlement.amounts.account_fen) })}
            </KeyButton>
          </span>
        ) : (
          <span className="wrap-row">
            <KeyButton hotkey="F10" onPress={print}>
              {words('receipt')}
            </KeyButton>
            <KeyButton hotkey="F2" type="primary" size="large" onPress={onNext}>
              {t('next')}
            </KeyButton>
          </span>
        )}
      </div>
      {!waiting && <div className="receipt-slip">{receipt}</div>}
      {printing && <Paper kind="receipt">{receipt}</Paper>}
    </Sheet>
  );
}
