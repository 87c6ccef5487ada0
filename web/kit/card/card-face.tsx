import { useWords } from '../words/catalogue.ts';
import { kitWords } from '../words/kit.words.ts';
import './card.css';

export type CardState = 'ordered' | 'issued' | 'active' | 'blocked' | 'suspended' | 'lost' | 'cancelled';

type Props = {
  readonly number: string;
  readonly holder: string;
  /** Left out for what a chip says of itself: its state is known at the centre only. */
  readonly state?: CardState;
  readonly expires?: string;
  /** 3: SM4, drawn with the sign of contactless use. */
  readonly generation?: number;
};

/** "A1234567X" → "A12•••67X": the holder recognises it, a neighbour does not. */
export const maskedCard = (number: string): string =>
  number.length < 8 ? number : `${number.slice(0, 3)}${'•'.repeat(number.length - 6)}${number.slice(-3)}`;

/** The chip's contact pad as ISO 7816-2 lays it out: eight contacts around the middle. */
export function ContactPad() {
  return (
    <svg className="card-pad" viewBox="0 0 56 44" aria-hidden="true">
      <rect x="1" y="1" width="54" height="42" rx="7" />
      <path d="M1 14h16M1 29h16M55 14H39M55 29H39M17 14v15M39 14v15M17 14c2-5 5-13 5-13M39 14c-2-5-5-13-5-13M17 29c2 5 5 14 5 14M39 29c-2 5-5 14-5 14M1 21.5h16M39 21.5h16" />
    </svg>
  );
}

/** A card, drawn as a card. */
export function CardFace({ number, holder, state, expires, generation = 3 }: Props) {
  const t = useWords(kitWords);
  const usable = state === undefined || state === 'active' || state === 'issued';
  return (
    <figure className={usable ? 'card-face' : 'card-face card-face-stopped'}>
      <div className="card-head">
        <span>
          <strong>{t('card.name')}</strong>
          <small>{t('card.city')}</small>
        </span>
        {generation >= 3 && (
          <svg width="22" height="22" viewBox="0 0 22 22" aria-hidden="true" className="card-waves">
            <path d="M5 7c2 2.5 2 5.5 0 8M9 5c3 4 3 8 0 12M13 3c4 5 4 11 0 16" />
          </svg>
        )}
      </div>
      <ContactPad />
      <div className="card-foot">
        <span>
          <small>{t('card.holder')}</small>
          <span className="card-holder">{holder}</span>
        </span>
        <span>
          <small>{t('card.number')}</small>
          <span className="mono card-number">{maskedCard(number)}</span>
        </span>
      </div>
      <figcaption className={`card-state card-state-${usable ? 'usable' : 'stopped'}`}>
        {state && t(`card.state.${state}`)}
        {usable && expires && (
          <span className="card-valid">
            {state && ' · '}
            {t('card.valid', { day: expires })}
          </span>
        )}
      </figcaption>
    </figure>
  );
}
