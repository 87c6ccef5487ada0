/** Paper, ink, one green stamp: the colours every screen, chart and printed page is made of. */
export type Palette = Readonly<Record<Ink, string>> & { readonly fund: Readonly<Record<Fund, string>> };

export type Ink =
  | 'paper'
  | 'surface'
  | 'sunken'
  | 'ink'
  | 'quiet'
  | 'line'
  /** Border of a field one can type in: 3:1 against what surrounds it. */
  | 'edge'
  | 'jade'
  | 'on-jade'
  | 'jade-wash'
  | 'ochre'
  | 'ochre-wash'
  | 'cinnabar'
  | 'cinnabar-wash';

/** One colour per fund, the same in every chart, table, tag and voucher. */
export const funds = [
  'pension',
  'medical_employees',
  'medical_residents',
  'unemployment',
  'injury',
  'maternity',
  'subsidy',
  'purse',
] as const;
export type Fund = (typeof funds)[number];

export const light: Palette = {
  paper: '#FAF8F4',
  surface: '#FFFFFF',
  sunken: '#F3F0E9',
  ink: '#1D2B36',
  quiet: '#566570',
  line: '#E4E0D8',
  edge: '#7C8580',
  jade: '#1F7A68',
  'on-jade': '#FFFFFF',
  'jade-wash': '#E9F4F1',
  // #B7791F of the first sketch reaches only 3.5:1 on paper; this is the same hue, dark enough to read.
  ochre: '#8A5A10',
  'ochre-wash': '#F8EEDC',
  cinnabar: '#B93527',
  'cinnabar-wash': '#FAE9E6',
  fund: {
    pension: '#3E5C96',
    medical_employees: '#17746F',
    medical_residents: '#4C7626',
    unemployment: '#86682F',
    injury: '#A4552A',
    maternity: '#A2446F',
    subsidy: '#6D57A6',
    purse: '#4F6272',
  },
};

export const dark: Palette = {
  paper: '#11171C',
  surface: '#192128',
  sunken: '#141B21',
  ink: '#ECE8E0',
  quiet: '#A5B1BA',
  line: '#2D3842',
  edge: '#66737D',
  jade: '#62C2AD',
  'on-jade': '#0B1916',
  'jade-wash': '#17312C',
  ochre: '#E2B366',
  'ochre-wash': '#33291A',
  cinnabar: '#F08A7C',
  'cinnabar-wash': '#3A1F1C',
  fund: {
    pension: '#8FA9DD',
    medical_employees: '#5FBDB6',
    medical_residents: '#A0C677',
    unemployment: '#D2B173',
    injury: '#E09B72',
    maternity: '#E090B4',
    subsidy: '#B3A1E6',
    purse: '#A9BAC8',
  },
};

/** The palette as custom properties (`--ink`, `--fund-pension`) for style sheets and drawings. */
export function customProperties({ fund, ...inks }: Palette): Record<string, string> {
  return Object.fromEntries([
    ...Object.entries(inks).map(([name, value]) => [`--${name}`, value]),
    ...Object.entries(fund).map(([name, value]) => [`--fund-${name.replace('_', '-')}`, value]),
  ]);
}

/** The ledger's books by the fund they are of; a book is coloured as its fund. */
const fundOfBook: Readonly<Record<string, Fund>> = {
  'pension-employee': 'pension',
  'pension-resident': 'pension',
  'medical-employee': 'medical_employees',
  'medical-resident': 'medical_residents',
  unemployment: 'unemployment',
  injury: 'injury',
  maternity: 'maternity',
};

export function fundColour(book: string): string {
  const fund = fundOfBook[book];
  return fund ? `var(--fund-${fund.replace('_', '-')})` : 'var(--quiet)';
}
