import { maskNumber } from '../../kernel/identifiers.ts';
import { isId } from '../../platform/identity.ts';

/** The names that go with a visit or settlement: of the patient, the institution and the diagnosis. */
export type NamedRow = {
  readonly citizen_number: string;
  readonly name: string;
  readonly name_latin: string;
  readonly institution_zh: string;
  readonly institution_en: string;
  readonly diagnosis_zh: string;
  readonly diagnosis_en: string;
};

export const namedColumns = `p.citizen_number, p.name, p.name_latin, i.name_zh as institution_zh,
  i.name_en as institution_en, d.name_zh as diagnosis_zh, d.name_en as diagnosis_en`;
/** Joins the names to a visit `v`. */
export const namedJoins = `join registry.v_persons p on p.person_id = v.person_id
  join registry.v_institutions i on i.code = v.institution_code join medical.diagnoses d on d.code = v.diagnosis_code`;

export const patient = (row: NamedRow & { readonly person_id: string }) => ({
  person_id: row.person_id,
  name: { zh: row.name, en: row.name_latin },
  citizen_number: maskNumber(row.citizen_number),
});
export const institution = (row: NamedRow & { readonly institution_code: string }) => ({
  code: row.institution_code,
  name: { zh: row.institution_zh, en: row.institution_en },
});
export const diagnosis = (row: NamedRow & { readonly diagnosis_code: string }) => ({
  code: row.diagnosis_code,
  name: { zh: row.diagnosis_zh, en: row.diagnosis_en },
});

/** `after` of the first page; a cursor that is none starts there too. */
export const cursor = (after: string | undefined): string | null => (after && isId(after) ? after : null);
