declare const name: unique symbol;
/** 定点医药机构编码: H (hospital) or P (pharmacy), 6 digits of the area, 5 digits in sequence. */
export type InstitutionCode = string & { readonly [name]: 'institution-code' };

/** Null when the text is not an institution code. */
export function parseInstitutionCode(text: string): InstitutionCode | null {
  const code = text.trim().toUpperCase();
  return /^[HP]\d{11}$/.test(code) ? (code as InstitutionCode) : null;
}
