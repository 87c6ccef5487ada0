import type { City } from '../../../sim/city/index.ts';
import type { Sql } from '../../platform/database/index.ts';
import type { ItemClass, ItemKind } from '../../schemes/medical/contract.ts';
import { importCatalogue, importDiagnoses } from '../../schemes/medical/index.ts';

const kinds: Readonly<Record<City['catalogue'][number]['kind'], ItemKind>> = {
  western_drug: 'drug',
  patent_drug: 'drug',
  service: 'service',
  consumable: 'material',
};
const classes: Readonly<Record<City['catalogue'][number]['class'], ItemClass>> = { 甲: 'A', 乙: 'B', 丙: 'C' };

const valid_from = '2024-01-01';

/** Publishes the city's catalogue and diagnoses. */
export async function seedCatalogue(sql: Sql, city: City): Promise<void> {
  await importCatalogue(
    sql,
    city.catalogue.map((item) => ({
      code: item.code,
      kind: kinds[item.kind],
      class: classes[item.class],
      name_zh: [item.zh, item.specification].filter(Boolean).join(' '),
      name_en: [item.en, item.specification].filter(Boolean).join(' '),
      unit: item.unit_zh,
      price_ceiling: item.ceiling,
      first_pay: item.first_pay,
      restriction_zh: item.restriction?.zh ?? null,
      restriction_en: item.restriction?.en ?? null,
      valid_from,
      valid_through: null,
    })),
  );
  await importDiagnoses(
    sql,
    city.diagnoses.map(({ code, zh, en }) => ({ code, name_zh: zh, name_en: en })),
  );
}
