import { type KeyboardEvent, useEffect, useEffectEvent, useRef, useState } from 'react';
import { ContactPad, maskedCard } from '../card/card-face.tsx';
import { useShortcut } from '../keys/shortcut.tsx';
import { useWords } from '../words/catalogue.ts';
import { deskWords } from './desk.words.ts';
import type { Key, Terminal } from './terminal.ts';
import './terminal.css';

type Props = {
  readonly terminal: Terminal;
  readonly lines: readonly string[];
  /** The holder is asked for the PIN: the keypad takes what is typed. */
  readonly asksPin: boolean;
  readonly onKey: (key: Key) => void;
  readonly onRemove: () => void;
};

const digits: readonly Key[] = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];

const typed: Readonly<Record<string, Key>> = { Enter: 'enter', Backspace: 'clear', Delete: 'clear', Escape: 'cancel' };

/** The terminal, drawn: what its screen says, its keys, and the card in its slot. Keys can be typed while it has focus. */
export function TerminalDevice({ terminal, lines, asksPin, onKey, onRemove }: Props) {
  const t = useWords(deskWords);
  const device = useRef<HTMLElement>(null);
  useEffect(() => {
    if (asksPin) device.current?.focus();
  }, [asksPin]);
  // F6 never tears a card out of a payment: asked for too early, the card comes out when the terminal is done.
  const [leaves, setLeaves] = useState(false);
  const done = terminal.state === 'ready';
  useShortcut('F6', () => (done ? onRemove() : setLeaves(true)), terminal.card !== null && !asksPin);
  const takeOut = useEffectEvent(onRemove);
  useEffect(() => {
    if (!leaves || !done) return;
    setLeaves(false);
    takeOut();
  }, [leaves, done]);
  const type = (event: KeyboardEvent) => {
    const key = /^\d$/.test(event.key) ? (event.key as Key) : typed[event.key];
    if (!key || (event.target instanceof HTMLButtonElement && event.key === 'Enter')) return;
    event.preventDefault();
    event.stopPropagation();
    onKey(key);
  };
  return (
    <section
      ref={device}
      className="device"
      aria-label={`${t('terminal')} ${terminal.terminal_id}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the keypad takes typed digits, as the real one does
      tabIndex={0}
      onKeyDown={type}
    >
      <div className="device-screen" role="status" aria-label={t('terminal.screen')}>
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines of a screen have no other name
          <span key={index}>{line || '\u00a0'}</span>
        ))}
      </div>
      <div className="device-keys">
        {digits.map((digit) => (
          <button key={digit} type="button" onClick={() => onKey(digit)}>
            {digit}
          </button>
        ))}
        <button type="button" className="device-cancel" onClick={() => onKey('cancel')}>
          ✕<span>{t('key.cancel')}</span>
        </button>
        <button type="button" onClick={() => onKey('0')}>
          0
        </button>
        <button type="button" className="device-clear" onClick={() => onKey('clear')}>
          ‹<span>{t('key.clear')}</span>
        </button>
        <button type="button" className="device-enter" onClick={() => onKey('enter')}>
          ○ <span>{t('key.enter')}</span>
        </button>
      </div>
      <div className="device-slot">
        {terminal.card ? (
          <button
            type="button"
            className="device-card"
            onClick={onRemove}
            title={t('terminal.take-out')}
            aria-keyshortcuts="F6"
          >
            <ContactPad />
            <span>
              <strong>{terminal.card.holder_name}</strong>
              <small className="mono">{maskedCard(terminal.card.card_number)}</small>
            </span>
            <small>
              {t(leaves ? 'terminal.comes-out' : 'terminal.take-out')} <kbd className="key">F6</kbd>
            </small>
          </button>
        ) : (
          <span className="device-empty">{t('terminal.slot.empty')}</span>
        )}
      </div>
    </section>
  );
}
