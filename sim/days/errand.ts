import type { BillLine, RegisterVisit, VisitKind } from '../../src/schemes/medical/contract.ts';
import { addDays, type IsoDay } from '../city/calendar.ts';
import type { Random } from '../city/index.ts';
import { drawBill } from './bill.ts';
import type { World } from './world.ts';

/** Every card of the city has this PIN. */
export const cityPin = '123456';
const wrongPin = '000000';

/** What somebody comes for, and how it will go as far as it depends on that person. */
export type Errand = {
  readonly card_number: string;
  readonly visit: Omit<RegisterVisit, 'person'>;
  /** Day of discharge of a stay. */
  readonly ended_on: IsoDay | null;
  readonly lines: readonly BillLine[];
  readonly use_account: boolean;
  /** Typed one after the other until one is right; null gives up. When none was, the person pays cash. */
  readonly pins: readonly (string | null)[];
  /** `leaves`: before the bill is settled. `returns`: afterwards, and the settlement is taken back. */
  readonly end: 'pays' | 'leaves' | 'returns';
};

const departments = {
  outpatient: ['内科', '全科医疗科', '外科', '中医科', '皮肤科'],
  inpatient: ['内科', '外科', '心血管内科'],
  pharmacy: ['药房'],
} as const satisfies Record<VisitKind, readonly string[]>;
const doctors = ['林安', '苏禾', '程一诺', '白露', '江晚'];

/** Which kinds of visit a day has, out of a hundred. */
export function drawKind(random: Random): VisitKind {
  const at = random.int(1, 100);
  return at <= 55 ? 'outpatient' : at <= 95 ? 'pharmacy' : 'inpatient';
}

export function drawErrand(
  random: Random,
  world: Pick<World, 'cards' | 'catalogue' | 'diagnoses'>,
  of: { readonly kind: VisitKind; readonly day: IsoDay },
): Errand {
  const { kind, day } = of;
  return {
    card_number: random.pick(world.cards).card_number,
    visit: {
      kind,
      department: random.pick(departments[kind]),
      doctor: random.pick(doctors),
      diagnosis_code: random.pick(world.diagnoses).code,
      begun_on: kind === 'inpatient' ? addDays(day, -random.int(2, 9)) : day,
    },
    ended_on: kind === 'inpatient' ? day : null,
    lines: drawBill(random, world.catalogue, kind),
    use_account: random.chance(0.95),
    pins: random.chance(0.04) ? [wrongPin, cityPin] : random.chance(0.03) ? [null] : [cityPin],
    end: random.chance(0.04) ? 'leaves' : random.chance(0.03) ? 'returns' : 'pays',
  };
}
