/** The plan of the house as data (ARCHITECTURE.md): storeys from the ground up, and which rooms of one storey may speak. */
export const storeys = ['kernel', 'platform', 'core', 'schemes', 'operations', 'apps'] as const;

/** The city's uses of the card stand beside the schemes, on the same storey; the two do not know each other. */
export const storeyOf: Readonly<Record<string, number>> = {
  kernel: 0,
  platform: 1,
  core: 2,
  schemes: 3,
  city: 3,
  operations: 4,
  apps: 5,
};

/** Sideways, within one storey: `from` may import the doors of these rooms. The list must stay free of cycles. */
export const sideways: Readonly<Record<string, readonly string[]>> = {
  'core/card': ['core/keys'],
  'core/switch': ['core/keys'],
  'operations/payment': ['operations/issuance', 'operations/finance'],
  'operations/trace': ['operations/payment', 'operations/finance', 'operations/issuance'],
};

/** What stands outside the centre knows only these rooms, by their doors; beyond them contracts. */
export const outside: Readonly<Record<string, readonly string[]>> = {
  'src/field': ['kernel', 'platform', 'core/card', 'core/switch', 'core/keys'],
  // The city is written in the registry's own shapes for import.
  sim: ['kernel', 'platform', 'core/card', 'core/switch', 'core/registry', 'field'],
  web: ['kernel'],
};

/** Words in the text of a pure file that reach for a clock, chance or the process. */
export const impure = [
  /\bDate\.now\b/,
  /\bnew Date\(/,
  /\bTemporal\.Now\b/,
  /\bprocess\./,
  /\bMath\.random\b/,
  /\bfetch\(/,
];
