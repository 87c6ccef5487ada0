import type { InstitutionImport } from '../../src/core/registry/index.ts';
import { defined } from '../../src/kernel/assert.ts';
import { addDays, type IsoDay } from './calendar.ts';
import { departments, hospitals, pharmacyNames } from './data/care.ts';
import { area, districts, streets } from './data/places.ts';
import type { CityTerminal, Department, Doctor } from './model.ts';
import { drawGivenName, drawSurname } from './naming.ts';
import type { Random } from './random.ts';
import { rowsOf, wordsOf } from './text-table.ts';

function addressIn(random: Random, district: (typeof districts)[number]) {
  const street = random.pick(wordsOf(defined(streets[districts.indexOf(district)], district.zh)));
  const house = random.int(1, 280);
  return {
    address_zh: `临澜市${district.zh}${street.zh}路${house}号`,
    address_en: `${house} ${street.latin} Road, ${district.en}, Linlan`,
  };
}

const five = (sequence: number): string => String(sequence).padStart(5, '0');

/** Eight hospitals of three levels and the pharmacies; the designation of the last pharmacy has run out. */
export function makeInstitutions(
  random: Random,
  pharmacies: number,
  today: IsoDay,
  newId: () => string,
): InstitutionImport[] {
  const clinics = rowsOf(hospitals).map(
    ([level, name_zh = '', name_en = '', district_code, from = ''], i): InstitutionImport => {
      const district = defined(
        districts.find(({ code }) => code === district_code),
        name_zh,
      );
      return {
        institution_id: newId(),
        code: `H${district.code}${five(i + 1)}`,
        kind: 'hospital',
        level: Number(level) as 1 | 2 | 3,
        name_zh,
        name_en,
        ...addressIn(random, district),
        designated_from: from,
        designated_through: null,
      };
    },
  );
  const names = wordsOf(pharmacyNames);
  const shops = Array.from({ length: pharmacies }, (_, i): InstitutionImport => {
    const district = defined(districts[i % districts.length], 'district');
    const name = defined(names[i % names.length], 'pharmacy name');
    const branch = Math.floor(i / names.length) + 1;
    return {
      institution_id: newId(),
      code: `P${district.code}${five(i + 1)}`,
      kind: 'pharmacy',
      level: null,
      name_zh: `临澜${name.zh}大药房${branch}分店`,
      name_en: `Linlan ${name.latin} Pharmacy, Branch ${branch}`,
      ...addressIn(random, district),
      designated_from: `${random.int(2010, 2022)}-01-01`,
      designated_through: i === pharmacies - 1 ? addDays(today, -90) : null,
    };
  });
  return [...clinics, ...shops];
}

const departmentTable = rowsOf(departments).map(([code = '', zh = '', en = '', level]) => ({
  code,
  zh,
  en,
  level: Number(level),
}));

export function makeDepartments(institutions: readonly InstitutionImport[]): Department[] {
  return institutions.flatMap((institution) =>
    departmentTable
      .filter(({ level }) => institution.level !== null && level <= institution.level)
      .map(({ code, zh, en }) => ({ institution_code: institution.code, code, zh, en })),
  );
}

const titles = ['chief', 'attending', 'resident', 'associate_chief'] as const;

/** Two to four doctors for each department, more where the hospital is larger. */
export function makeDoctors(
  random: Random,
  institutions: readonly InstitutionImport[],
  places: readonly Department[],
): Doctor[] {
  const levels = new Map(institutions.map(({ code, level }) => [code, level ?? 0]));
  let sequence = 0;
  return places.flatMap((place) =>
    titles.slice(0, (levels.get(place.institution_code) ?? 0) + 1).map((title): Doctor => {
      const [surname, given] = [drawSurname(random), drawGivenName(random, random.chance(0.5) ? 1 : 2, 1980)];
      return {
        doctor_code: `D${area.code}${String(++sequence).padStart(6, '0')}`,
        institution_code: place.institution_code,
        department_code: place.code,
        name: surname.zh + given.zh,
        name_latin: `${surname.latin} ${given.latin}`,
        title,
      };
    }),
  );
}

/** Three terminals in a hospital, one in a pharmacy. */
export function makeTerminals(institutions: readonly InstitutionImport[]): CityTerminal[] {
  let sequence = 0;
  return institutions.flatMap((institution, merchant) =>
    Array.from({ length: institution.kind === 'hospital' ? 3 : 1 }, (_, i): CityTerminal => {
      const number = ++sequence;
      return {
        terminal_id: `99${String(number).padStart(6, '0')}`,
        merchant_id: `${area.code}${institution.kind === 'hospital' ? '806' : '591'}${String(merchant + 1).padStart(6, '0')}`,
        psam_terminal: `${area.code}${String(number).padStart(6, '0')}`,
        psam_number: `${area.code}0001${String(number).padStart(10, '0')}`,
        institution_code: institution.code,
        place_zh: institution.kind === 'hospital' ? `收费窗口${i + 1}` : '收银台',
        place_en: institution.kind === 'hospital' ? `Cashier ${i + 1}` : 'Till',
      };
    }),
  );
}
