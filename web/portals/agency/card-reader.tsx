import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useCallback, useEffect, useRef, useState } from 'react';
import { maskNumber } from '../../../src/kernel/identifiers.ts';
import { CardFace } from '../../kit/card/card-face.tsx';
import { KeyButton } from '../../kit/keys/shortcut.tsx';
import { ApduLog } from '../../kit/reader/apdu-log.tsx';
import { CardTray } from '../../kit/reader/card-tray.tsx';
import { type PublicCard, readPublic, UnreadableCard } from '../../kit/reader/public-files.ts';
import { readerWords } from '../../kit/reader/reader.words.ts';
import { ReaderStatus } from '../../kit/reader/reader-status.tsx';
import { RefusalNote } from '../../kit/reader/refusal-note.tsx';
import { type Reader, useReader } from '../../kit/reader/use-reader.ts';
import { Facts, Page, Sheet, Stamp } from '../../kit/shell/page.tsx';
import { Empty } from '../../kit/states/empty.tsx';
import { Waiting } from '../../kit/states/waiting.tsx';
import { useWords } from '../../kit/words/catalogue.ts';
import { agencyWords } from './agency.words.ts';
import './agency.css';

/** What lies in the reader: what its card says to anyone, and the conversation in which it said so. */
export function CardReader() {
  const t = useWords(agencyWords);
  const kit = useWords(readerWords);
  const reader = useReader();
  const { chosen } = reader;
  const ready = chosen?.owner === 'you' && chosen.card;
  const { card, fault, read } = useReading(reader, ready ? chosen.slot : null);
  /** The card whose holder the clerk asked to see. */
  const [revealed, setRevealed] = useState<PublicCard | null>(null);
  const holder = card && (card === revealed ? card.name : maskName(card.name));
  return (
    <Page title={t('reader')} note={t('reader.note')}>
      <div className="card-page">
        <div className="stack">
          <ReaderStatus reader={reader} />
          {chosen?.owner === 'you' && chosen.kind === 'simulated' && !chosen.card && (
            <CardTray reader={reader} slot={chosen.slot} />
          )}
          {card && (
            <CardFace
              number={card.cardNumber}
              holder={holder ?? ''}
              expires={card.expires}
              generation={card.version.startsWith('3') ? 3 : 2}
            />
          )}
          {ready && (
            <div className="wrap-row">
              <KeyButton hotkey="F4" type="primary" onPress={() => void read()}>
                {t('reader.again')}
              </KeyButton>
              {chosen.kind === 'simulated' && (
                <Button onClick={() => void reader.ask('take_out', { slot: chosen.slot }).catch(() => {})}>
                  {kit('take-out')}
                </Button>
              )}
            </div>
          )}
        </div>
        <div className="stack" aria-live="polite">
          {fault && (
            <Sheet title={t('reader.failed')}>
              <RefusalNote fault={fault instanceof UnreadableCard ? new Error(t('reader.unreadable')) : fault} />
            </Sheet>
          )}
          {card && (
            <Said card={card} shown={card === revealed} onShow={() => setRevealed(card === revealed ? null : card)} />
          )}
          {ready && !card && !fault && (
            <Sheet>
              <Waiting />
            </Sheet>
          )}
          {!ready && (
            <Sheet>
              <Empty title={t('reader.none')}>{t('reader.none.note')}</Empty>
            </Sheet>
          )}
          {reader.log.length > 0 && (
            <Sheet>
              <ApduLog log={reader.log} />
            </Sheet>
          )}
        </div>
      </div>
    </Page>
  );
}

/** Reads a card as soon as it lies in the slot; forgets it as soon as it is gone. */
function useReading(reader: Reader, slot: string | null) {
  const { ask, exchangeWith, clearLog } = reader;
  const [card, setCard] = useState<PublicCard | null>(null);
  const [fault, setFault] = useState<Error | null>(null);
  /** Of two readings the later counts. */
  const latest = useRef(0);

  const read = useCallback(async () => {
    const number = ++latest.current;
    const ifLatest = (work: () => void) => number === latest.current && work();
    setCard(null);
    setFault(null);
    if (slot === null) return;
    clearLog();
    try {
      await ask('connect', { slot });
      const found = await readPublic(exchangeWith(slot));
      ifLatest(() => setCard(found));
      await ask('disconnect', { slot });
    } catch (why) {
      ifLatest(() => setFault(why as Error));
    }
  }, [ask, exchangeWith, clearLog, slot]);

  useEffect(() => void read(), [read]);
  return { card, fault, read };
}

const maskName = (name: string): string => name.slice(0, 1) + '*'.repeat(Math.max(0, name.length - 1));

function Said({ card, shown, onShow }: { card: PublicCard; shown: boolean; onShow: () => void }) {
  const t = useWords(agencyWords);
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date());
  const expired = card.expires !== '' && card.expires < today;
  return (
    <Sheet
      title={t('reader.said')}
      extra={<Button onClick={onShow}>{t(shown ? 'reader.hide' : 'reader.show')}</Button>}
    >
      <Facts
        columns={2}
        items={[
          { label: t('card.holder'), value: <span lang="zh-CN">{shown ? card.name : maskName(card.name)}</span> },
          {
            label: t('citizen-number'),
            value: shown ? card.citizenNumber : maskNumber(card.citizenNumber),
            mono: true,
          },
          {
            label: t('card.number'),
            mono: true,
            value: (
              <Link to="/agency/cards" search={{ query: card.cardNumber } as never}>
                {card.cardNumber}
              </Link>
            ),
          },
          { label: t('reader.pin'), value: <PinStamp card={card} /> },
          { label: t('card.issued'), value: card.issued },
          {
            label: t('card.expires'),
            value: (
              <span className="wrap-row">
                {card.expires}
                <Stamp tone={expired ? 'refused' : 'done'}>{t(expired ? 'reader.expired' : 'reader.valid')}</Stamp>
              </span>
            ),
          },
          { label: t('reader.version'), value: card.version, mono: true },
          { label: t('reader.city'), value: card.cityCode, mono: true },
        ]}
      />
    </Sheet>
  );
}

function PinStamp({ card: { pin } }: { card: PublicCard }) {
  const t = useWords(agencyWords);
  if (pin.kind === 'set')
    return <Stamp tone={pin.left < 3 ? 'waiting' : 'done'}>{t('reader.pin.set', { left: pin.left })}</Stamp>;
  return <Stamp tone={pin.kind === 'none' ? 'plain' : 'refused'}>{t(`reader.pin.${pin.kind}`)}</Stamp>;
}
