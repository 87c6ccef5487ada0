import { Amount } from './amount.tsx';
import { addFen, yuanText } from './format.ts';
import './money.css';

export type MoneyPart = {
  readonly key: string;
  readonly label: string;
  readonly fen: string;
  readonly colour: string;
  /** What the patient pays is hatched, what a fund pays is plain: never colour alone. */
  readonly hatched?: boolean;
  readonly onWhy?: () => void;
};

export type MoneyRow = { readonly label: string; readonly parts: readonly MoneyPart[] };

const widthOf = (fen: string, total: string): number =>
  BigInt(total) > 0n ? Number((BigInt(fen) * 10_000n) / BigInt(total)) / 100 : 0;

/**
 * One sum, cut more than once: each row is the same total seen another way, and its labelled parts add up to it on the
 * page. The same bar stands on the receipt, the cashier's screen and the citizen's page.
 */
export function MoneyBar({
  title,
  rows,
  compact = false,
}: {
  title: string;
  rows: readonly MoneyRow[];
  compact?: boolean;
}) {
  return (
    <figure className={compact ? 'money-bar money-bar-compact' : 'money-bar'} aria-label={title}>
      {rows.map((row) => {
        const total = addFen(...row.parts.map((part) => part.fen));
        const shown = row.parts.filter((part) => part.fen !== '0');
        return (
          <div key={row.label} className="money-row">
            <div className="money-row-head">
              <span>{row.label}</span>
              <Amount fen={total} />
            </div>
            <div className="money-strip" aria-hidden="true">
              {shown.map((part) => (
                <span
                  key={part.key}
                  className={part.hatched ? 'money-piece money-piece-hatched' : 'money-piece'}
                  style={{ flexGrow: widthOf(part.fen, total), ['--piece' as string]: part.colour }}
                  title={`${part.label} ${yuanText(part.fen)}`}
                />
              ))}
            </div>
            <ul className="money-labels">
              {row.parts.map((part, index) => (
                <li key={part.key} className={part.fen === '0' ? 'money-label money-label-nil' : 'money-label'}>
                  <span className="money-sign">{index === 0 ? '=' : '+'}</span>
                  <span
                    className={part.hatched ? 'money-dot money-piece-hatched' : 'money-dot'}
                    style={{ ['--piece' as string]: part.colour }}
                  />
                  <span className="money-label-text">{part.label}</span>
                  <Amount fen={part.fen} {...(part.onWhy ? { onWhy: part.onWhy } : {})} />
                </li>
              ))}
            </ul>
          </div>
        );
      })}
    </figure>
  );
}
