import { Input } from 'antd';
import { useDeferredValue, useEffect, useState } from 'react';
import type { TrayCard } from '../../../src/field/agent/contract.ts';
import { maskedCard } from '../card/card-face.tsx';
import { Sheet } from '../shell/page.tsx';
import { useWords } from '../words/catalogue.ts';
import { useLanguage } from '../words/language.ts';
import { readerWords } from './reader.words.ts';
import { RefusalNote } from './refusal-note.tsx';
import type { Reader } from './use-reader.ts';
import '../desk/terminal.css';

/** The hand that puts a card into a simulated reader. */
export function CardTray({ reader, slot }: { reader: Reader; slot: string }) {
  const t = useWords(readerWords);
  const [language] = useLanguage();
  const { ask } = reader;
  const [text, setText] = useState('');
  const [cards, setCards] = useState<readonly TrayCard[] | null>(null);
  const [fault, setFault] = useState<Error | null>(null);
  const query = useDeferredValue(text);

  useEffect(() => {
    let old = false;
    ask('find_cards', { query, language }).then(
      ({ cards: found }) => !old && setCards(found),
      (why: Error) => !old && setFault(why),
    );
    return () => {
      old = true;
    };
  }, [ask, query, language]);

  const put = (card_number: string) =>
    ask('put_in', { slot, card_number }).then(
      () => setFault(null),
      (why: Error) => setFault(why),
    );

  return (
    <Sheet title={t('drawer')}>
      <p className="quiet">{t('drawer.note')}</p>
      <Input
        value={text}
        maxLength={40}
        onChange={({ target }) => setText(target.value)}
        onPressEnter={() => cards?.[0] && void put(cards[0].card_number)}
        placeholder={t('drawer.find')}
        aria-label={t('drawer.find')}
        allowClear
      />
      {fault && <RefusalNote fault={fault} />}
      <ul className="drawer-list">
        {cards?.map((card) => (
          <li key={card.card_number}>
            <button type="button" className="drawer-card" onClick={() => void put(card.card_number)}>
              <strong>{card.holder_name}</strong>
              <span className="mono quiet">{maskedCard(card.card_number)}</span>
              <small>{card.note}</small>
            </button>
          </li>
        ))}
      </ul>
      {cards?.length === 0 && <p className="quiet">{t('drawer.none')}</p>}
    </Sheet>
  );
}
