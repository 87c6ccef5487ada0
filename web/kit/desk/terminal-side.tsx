import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Input, type InputRef } from 'antd';
import { useDeferredValue, useMemo, useRef, useState } from 'react';
import { terminalSteps } from '../../../src/field/terminal/contract.ts';
import { maskedCard } from '../card/card-face.tsx';
import { useShortcut } from '../keys/shortcut.tsx';
import { Sheet } from '../shell/page.tsx';
import { ProblemNote } from '../states/problem-note.tsx';
import { useWords } from '../words/catalogue.ts';
import { useName } from '../words/language.ts';
import { deskWords } from './desk.words.ts';
import { Keypad } from './keypad.ts';
import { drawerQuery, insertCard, pressKeys, removeCard, type Terminal } from './terminal.ts';
import { TerminalDevice } from './terminal-device.tsx';

type Props = {
  readonly institution: string;
  readonly terminal: Terminal | null;
  readonly screen: readonly string[] | null;
  readonly steps: readonly string[];
};

/** The side of the desk: the terminal and, in the demonstration, the citizens who stand before it with their cards. */
export function TerminalSide({ institution, terminal, screen, steps }: Props) {
  const t = useWords(deskWords);
  const client = useQueryClient();
  const [problem, setProblem] = useState<Error | null>(null);
  const run = (action: Promise<unknown>) =>
    action
      .then(() => setProblem(null), setProblem)
      .finally(() => void client.invalidateQueries({ queryKey: ['terminals', institution] }));

  const terminal_id = terminal?.terminal_id ?? '';
  const keypad = useMemo(() => new Keypad((keys) => pressKeys(terminal_id, keys)), [terminal_id]);

  return (
    <aside className="stack">
      {terminal ? (
        <div>
          <TerminalDevice
            terminal={terminal}
            lines={screen ?? terminal.screen.lines}
            asksPin={terminal.state === 'busy' && steps.at(-1) === 'entering_pin'}
            onKey={(key) => run(keypad.press(key))}
            onRemove={() => run(removeCard(terminal.terminal_id))}
          />
          <Steps steps={steps} underWay={terminal.state === 'busy'} />
        </div>
      ) : (
        <Sheet title={t('terminal.offline')}>
          <p className="quiet">{t('terminal.offline.detail')}</p>
        </Sheet>
      )}
      {problem && <ProblemNote problem={problem} />}
      {terminal && !terminal.card && (
        <CardDrawer onInsert={(card_number) => run(insertCard(terminal.terminal_id, card_number))} />
      )}
    </aside>
  );
}

function Steps({ steps, underWay }: { steps: readonly string[]; underWay: boolean }) {
  const t = useWords(deskWords);
  const name = useName();
  if (steps.length === 0) return null;
  const names = terminalSteps as Readonly<Record<string, { zh: string; en: string }>>;
  return (
    <ol
      className={underWay ? 'device-steps device-steps-under-way' : 'device-steps'}
      aria-label={t('steps')}
      aria-live="polite"
    >
      {steps.map((step, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a step can come twice and never moves
        <li key={index}>{names[step] ? name(names[step]) : step}</li>
      ))}
    </ol>
  );
}

function CardDrawer({ onInsert }: { onInsert: (card_number: string) => void }) {
  const t = useWords(deskWords);
  const input = useRef<InputRef>(null);
  const [text, setText] = useState('');
  useShortcut('F6', () => input.current?.focus());
  const { data } = useQuery(drawerQuery(useDeferredValue(text)));
  if (!data) return null;
  return (
    <Sheet title={t('drawer')}>
      <p className="quiet">{t('drawer.note')}</p>
      <Input
        value={text}
        ref={input}
        onChange={(event) => setText(event.target.value)}
        onPressEnter={() => data[0] && onInsert(data[0].card_number)}
        suffix={<kbd className="key">F6</kbd>}
        placeholder={t('drawer.find')}
        aria-label={t('drawer.find')}
        allowClear
      />
      <ul className="drawer-list">
        {data.map((card) => (
          <li key={card.card_number}>
            <button
              type="button"
              className="drawer-card"
              onClick={() => onInsert(card.card_number)}
              title={t('drawer.insert')}
            >
              <strong>{card.holder_name}</strong>
              <span className="mono quiet">{maskedCard(card.card_number)}</span>
              <small>{card.note}</small>
            </button>
          </li>
        ))}
      </ul>
      {data.length === 0 && <p className="quiet">{t('drawer.none')}</p>}
    </Sheet>
  );
}
