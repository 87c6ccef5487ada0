import { ageOn, firstOf, type IsoDay, monthNumber } from './calendar.ts';
import type { ChronicRegistration } from './model.ts';
import type { Inhabitant } from './population.ts';
import type { Random } from './random.ts';

/** Chronic diseases one can register for (门诊慢特病), with how common each is among those over 50. */
const diseases = [
  { disease_code: 'M03900', diagnosis_code: 'I10.x00', zh: '高血压', en: 'hypertension', share: 0.3 },
  { disease_code: 'M01600', diagnosis_code: 'E11.900', zh: '糖尿病', en: 'diabetes', share: 0.14 },
  { disease_code: 'M07800', diagnosis_code: 'N18.001', zh: '慢性肾功能衰竭（透析）', en: 'dialysis', share: 0.004 },
] as const;

export function makeChronicRegistrations(
  random: Random,
  inhabitants: readonly Inhabitant[],
  today: IsoDay,
): ChronicRegistration[] {
  return inhabitants.flatMap(({ person, demo }) =>
    diseases
      .filter(({ disease_code, share }) =>
        demo
          ? demo === 'retired_chronic' && disease_code !== 'M07800'
          : !person.died_on && ageOn(person.birth, today) >= 50 && random.chance(share),
      )
      .map(({ share: _, ...disease }) => ({
        person_id: person.person_id,
        ...disease,
        from: firstOf(monthNumber(today) - random.int(1, 60)),
      })),
  );
}
