import { Button, Input } from 'antd';
import { useState } from 'react';
import type { ReaderState } from '../../../src/field/agent/contract.ts';
import { Sheet, Stamp } from '../shell/page.tsx';
import { Empty } from '../states/empty.tsx';
import { Waiting } from '../states/waiting.tsx';
import { useWords } from '../words/catalogue.ts';
import { PairingDialog } from './pairing-dialog.tsx';
import { readerWords } from './reader.words.ts';
import type { Reader } from './use-reader.ts';
import './reader.css';

/** How page, agent and readers stand, and what to do when one of them is missing. */
export function ReaderStatus({ reader }: { reader: Reader }) {
  const t = useWords(readerWords);
  const [pairing, setPairing] = useState(false);
  if (reader.phase === 'calling')
    return (
      <Sheet title={t('calling')}>
        <Waiting lines={2} />
      </Sheet>
    );
  if (reader.phase === 'away') return <AgentAway reader={reader} />;
  if (reader.phase === 'unpaired')
    return (
      <Sheet title={t('unpaired')}>
        <p className="quiet">{t('unpaired.note')}</p>
        <Button type="primary" onClick={() => setPairing(true)}>
          {t('pair')}
        </Button>
        {pairing && <PairingDialog reader={reader} onEnd={() => setPairing(false)} />}
      </Sheet>
    );
  return (
    <Sheet title={t('readers')}>
      {reader.readers.length === 0 && <Empty title={t('none')}>{t('none.note')}</Empty>}
      <ul className="readers">
        {reader.readers.map((each) => (
          <li key={each.slot}>
            <label className="reader">
              <input
                type="radio"
                name="reader"
                checked={reader.chosen?.slot === each.slot}
                onChange={() => reader.choose(each.slot)}
              />
              <span className="reader-name">{each.kind === 'simulated' ? t('simulated') : each.slot}</span>
              <ReaderStamp state={each} />
            </label>
          </li>
        ))}
      </ul>
    </Sheet>
  );
}

function ReaderStamp({ state }: { state: ReaderState }) {
  const t = useWords(readerWords);
  if (state.owner === 'another') return <Stamp tone="plain">{t('state.another')}</Stamp>;
  return state.card ? <Stamp tone="done">{t('state.card')}</Stamp> : <Stamp tone="waiting">{t('state.empty')}</Stamp>;
}

function AgentAway({ reader }: { reader: Reader }) {
  const t = useWords(readerWords);
  const [port, setPort] = useState(String(reader.port));
  const number = /^\d{1,5}$/.test(port) ? Number(port) : 0;
  return (
    <Sheet title={t('away')}>
      <p className="quiet">{t('away.note')}</p>
      <pre className="reader-command">npx tessera agent --origin {location.origin}</pre>
      <form
        className="wrap-row"
        onSubmit={(event) => {
          event.preventDefault();
          reader.callAgain(number);
        }}
      >
        <Input
          className="reader-port mono"
          prefix={<span className="quiet">{t('port')}</span>}
          value={port}
          onChange={({ target }) => setPort(target.value)}
          inputMode="numeric"
          aria-label={t('port')}
        />
        <Button type="primary" htmlType="submit" disabled={number < 1 || number > 65535}>
          {t('retry')}
        </Button>
      </form>
    </Sheet>
  );
}
