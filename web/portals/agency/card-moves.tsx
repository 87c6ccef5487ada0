import { Button, Input, Popconfirm, Select } from 'antd';
import { useState } from 'react';
import { type BlackListReason, blackListReasonNames, blackListReasons } from '../../../src/core/screening/contract.ts';
import type { CardDetail } from '../../../src/operations/issuance/contract.ts';
import { useCommand } from '../../kit/api/command.ts';
import { Sheet } from '../../kit/shell/page.tsx';
import { ProblemNote } from '../../kit/states/problem-note.tsx';
import { useWords } from '../../kit/words/catalogue.ts';
import { useName } from '../../kit/words/language.ts';
import { agencyWords } from './agency.words.ts';
import { cardWords } from './cards.words.ts';

const simple = ['suspend', 'report_loss', 'find', 'cancel', 'emigrate', 'die'] as const;
const ends = new Set<string>(['cancel', 'emigrate', 'die']);

/** What may be done with the card now, and nothing else; each says what it does before it does it. */
export function CardMoves({ card }: { card: CardDetail }) {
  const t = useWords(agencyWords);
  const c = useWords(cardWords);
  const name = useName();
  const [reason, setReason] = useState<BlackListReason>('suspected_misuse');
  const move = useCommand([['card', card.card_id], ['cards'], ['person-cards']]);
  const may = new Set<string>(card.may);
  return (
    <Sheet title={c('now')}>
      {move.error && <ProblemNote problem={move.error} />}
      {card.may.length === 0 && <p className="quiet">{c('nothing')}</p>}
      {(may.has('activate') || card.take_up) && <Activate card_id={card.card_id} />}
      {may.has('block') && (
        <div className="wrap-row card-move">
          <Select
            style={{ minWidth: 170 }}
            value={reason}
            aria-label={t('card.block.reason')}
            onChange={setReason}
            options={blackListReasons.map((value) => ({ value, label: name(blackListReasonNames[value]) }))}
          />
          <Button
            danger
            loading={move.isPending}
            onClick={() => move.mutate({ path: `/api/cards/${card.card_id}/block`, body: { reason } })}
          >
            {t('card.block')}
          </Button>
        </div>
      )}
      {may.has('unblock') && (
        <Popconfirm
          title={t('card.unblock.sure')}
          okText={t('yes')}
          cancelText={t('no')}
          onConfirm={() => move.mutate({ path: `/api/cards/${card.card_id}/unblock` })}
        >
          <Button type="primary" loading={move.isPending}>
            {t('card.unblock')}
          </Button>
        </Popconfirm>
      )}
      <div className="wrap-row card-move">
        {simple
          .filter((one) => may.has(one))
          .map((one) => (
            <Popconfirm
              key={one}
              title={c(`move.${one}`)}
              description={c(`does.${one}`)}
              okText={t('yes')}
              cancelText={t('no')}
              onConfirm={() => move.mutate({ path: `/api/cards/${card.card_id}/move`, body: { move: one } })}
            >
              <Button danger={ends.has(one)} loading={move.isPending}>
                {c(`move.${one}`)}
              </Button>
            </Popconfirm>
          ))}
      </div>
    </Sheet>
  );
}

/** The holder's own PIN, typed twice at the counter; it stays in this form until it is sent. */
function Activate({ card_id }: { card_id: string }) {
  const c = useWords(cardWords);
  const [pin, setPin] = useState('');
  const [again, setAgain] = useState('');
  const activate = useCommand([['card', card_id], ['cards'], ['person-cards']]);
  const whole = /^\d{6}$/.test(pin);
  const differs = again.length === 6 && again !== pin;
  const pad = (value: string, set: (next: string) => void, label: string) => (
    <Input.Password
      value={value}
      maxLength={6}
      inputMode="numeric"
      autoComplete="off"
      visibilityToggle={false}
      aria-label={label}
      placeholder={label}
      style={{ width: 170 }}
      onChange={(event) => set(event.target.value.replace(/\D/g, ''))}
    />
  );
  return (
    <form
      className="card-move"
      onSubmit={(event) => {
        event.preventDefault();
        if (!whole || again !== pin) return;
        activate.mutate(
          { path: `/api/cards/${card_id}/activate`, body: { pin } },
          {
            onSettled: () => {
              setPin('');
              setAgain('');
            },
          },
        );
      }}
    >
      <p className="quiet">{c('activate.note')}</p>
      {activate.error && <ProblemNote problem={activate.error} />}
      {differs && <p role="alert">{c('activate.differ')}</p>}
      <div className="wrap-row">
        {pad(pin, setPin, c('activate.pin'))}
        {pad(again, setAgain, c('activate.again'))}
        <Button type="primary" htmlType="submit" disabled={!whole || again !== pin} loading={activate.isPending}>
          {c('activate')}
        </Button>
      </div>
    </form>
  );
}
