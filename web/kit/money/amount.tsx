import { yuanText } from './format.ts';
import './money.css';

type Props = {
  readonly fen: string | bigint;
  readonly sign?: 'minus' | 'always';
  /** `large` is for the one figure a page is about. */
  readonly size?: 'normal' | 'large' | 'huge';
  /** Puts ¥ before it, where no table head says the unit. */
  readonly unit?: boolean;
  /** Makes the amount the link to its derivation. */
  readonly onWhy?: () => void;
  readonly whyLabel?: string;
};

/** Money: tabular, fen always shown, never wrapped. */
export function Amount({ fen, sign = 'minus', size = 'normal', unit = false, onWhy, whyLabel }: Props) {
  const text = (
    <>
      {unit && <span className="amount-unit">¥</span>}
      {yuanText(fen, sign)}
    </>
  );
  const className = `amount amount-${size}`;
  if (!onWhy) return <span className={className}>{text}</span>;
  return (
    <button type="button" className={`${className} amount-why`} onClick={onWhy} title={whyLabel} aria-haspopup="dialog">
      {text}
    </button>
  );
}
