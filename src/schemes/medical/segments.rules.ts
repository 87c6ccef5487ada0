import type { Step } from '../../core/policy/contract.ts';
import { assert } from '../../kernel/assert.ts';
import { type Fen, type Rate, type Rounding, share, zero } from '../../kernel/money.ts';

/** The part of an amount that lies in one segment of a scale, and what the scale pays for it. */
export type Segment = {
  /** Lower end of the segment itself. */
  readonly above_fen: Fen;
  readonly up_to_fen: Fen | null;
  readonly amount_fen: Fen;
  readonly share: Rate;
  readonly paid_fen: Fen;
};

/**
 * What a scale pays for the stretch from `after_fen` to `through_fen`. Each segment pays the difference of
 * two rounded totals, so that a stretch cut into pieces pays the same to the fen as the whole.
 */
export function segments(
  stretch: { readonly after_fen: Fen; readonly through_fen: Fen },
  scale: readonly Step[],
  rounding: Rounding,
): readonly Segment[] {
  const { after_fen, through_fen } = stretch;
  assert(after_fen >= 0n && after_fen <= through_fen, 'a stretch runs upwards');
  const found: Segment[] = [];
  let above = zero;
  for (const { up_to, value } of scale) {
    const upper = up_to === null || through_fen < up_to ? through_fen : up_to;
    const lower = after_fen > above ? after_fen : above;
    if (upper > lower) {
      const paid = share((upper - above) as Fen, value, rounding) - share((lower - above) as Fen, value, rounding);
      found.push({
        above_fen: above,
        up_to_fen: up_to,
        amount_fen: (upper - lower) as Fen,
        share: value,
        paid_fen: paid as Fen,
      });
    }
    if (up_to === null || through_fen <= up_to) break;
    above = up_to;
  }
  return found;
}
