import { useQuery } from '@tanstack/react-query';
import { Input, type InputRef } from 'antd';
import { type KeyboardEvent, useDeferredValue, useRef, useState } from 'react';
import type { CatalogueItem } from '../../../src/schemes/medical/contract.ts';
import { get } from '../api/client.ts';
import { useShortcut } from '../keys/shortcut.tsx';
import type { PageOf } from '../lists/pages.ts';
import { settlementWords } from '../settlement/settlement.words.ts';
import { useUnit } from '../settlement/unit.ts';
import { useWords } from '../words/catalogue.ts';
import { useName } from '../words/language.ts';
import { deskWords } from './desk.words.ts';
import './desk.css';

/** Search by keyboard: type, choose with the arrows, Enter adds, and the field is ready for the next. */
export function CatalogueSearch({
  kind,
  onChoose,
  disabled,
}: {
  kind?: string;
  onChoose: (item: CatalogueItem) => void;
  disabled: boolean;
}) {
  const t = useWords(deskWords);
  const name = useName();
  const unit = useUnit();
  const input = useRef<InputRef>(null);
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const query = useDeferredValue(text.trim());
  const { data } = useQuery({
    queryKey: ['catalogue', query, kind],
    queryFn: () => get<PageOf<CatalogueItem>>('/api/catalogue', { query, kind, limit: 8 }),
    enabled: query.length > 0,
    placeholderData: (before: PageOf<CatalogueItem> | undefined) => before,
  });
  const found = query && data ? data.items : [];
  useShortcut('F3', () => input.current?.focus(), !disabled);

  const choose = (item: CatalogueItem) => {
    onChoose(item);
    setText('');
    setAt(0);
    input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const move = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (move && found.length > 0) {
      event.preventDefault();
      setAt((at + move + found.length) % found.length);
    }
    const item = found[at];
    if (event.key === 'Enter' && item) {
      event.preventDefault();
      choose(item);
    }
    if (event.key === 'Escape' && text) {
      event.stopPropagation();
      setText('');
    }
  };

  return (
    <div className="lookup">
      <Input
        ref={input}
        value={text}
        disabled={disabled}
        autoFocus
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
        placeholder={t('lines.find')}
        suffix={<kbd className="key">F3</kbd>}
        role="combobox"
        aria-expanded={found.length > 0}
        aria-controls="catalogue-found"
        aria-activedescendant={found[at] ? `catalogue-${found[at].code}` : undefined}
        aria-label={t('lines.find')}
        autoComplete="off"
      />
      {query && data && found.length === 0 && (
        <p className="lookup-list lookup-nothing" role="status">
          {t('lines.not-found', { query })}
        </p>
      )}
      {found.length > 0 && (
        <div className="lookup-list" id="catalogue-found" role="listbox" aria-label={t('lines.find')}>
          {found.map((item, index) => (
            // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the field, as a combobox wants it
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field hears the keys
            <div
              key={item.code}
              id={`catalogue-${item.code}`}
              role="option"
              aria-selected={index === at}
              className="lookup-item"
              onClick={() => choose(item)}
            >
              <ItemClassTile item={item} />
              <span>
                {name(item.name)}
                <small className="mono"> {item.code}</small>
                {item.restriction && (
                  <small className="lookup-limit">{t('line.restricted', { condition: name(item.restriction) })}</small>
                )}
              </span>
              <small>
                {item.price_ceiling
                  ? `${t('line.ceiling', { price: item.price_ceiling })} / ${unit(item.unit)}`
                  : unit(item.unit)}
              </small>
            </div>
          ))}
        </div>
      )}
    </div>
  );
}

/** 甲 in scope whole, 乙 partly, 丙 not: full, half, empty. */
export function ItemClassTile({ item }: { item: Pick<CatalogueItem, 'class'> }) {
  const t = useWords(settlementWords);
  return <span className={`class-tile class-${item.class}`}>{t(`class.${item.class}`)}</span>;
}
