import type {
  EmployerImport,
  EnrolmentImport,
  HouseholdImport,
  InstitutionImport,
  PersonImport,
} from '../../src/core/registry/index.ts';
import type { BankCardNumber, CardNumber } from '../../src/kernel/identifiers.ts';
import type { Fen, Price, Rate } from '../../src/kernel/money.ts';
import type { IsoDay } from './calendar.ts';
import type { DemoKey } from './demo.ts';

/** The fictional city: plain data, days as ISO text, ids in the shape of UUID version 7. */
export type City = {
  readonly seed: string;
  readonly today: IsoDay;
  readonly area: { readonly code: string; readonly zh: string; readonly en: string };
  readonly districts: readonly { readonly code: string; readonly zh: string; readonly en: string }[];
  readonly banks: readonly Bank[];
  readonly households: readonly HouseholdImport[];
  readonly persons: readonly PersonImport[];
  readonly employers: readonly EmployerImport[];
  readonly institutions: readonly InstitutionImport[];
  readonly departments: readonly Department[];
  readonly doctors: readonly Doctor[];
  readonly enrolments: readonly EnrolmentImport[];
  readonly cards: readonly CityCard[];
  readonly terminals: readonly CityTerminal[];
  readonly catalogue: readonly CatalogueItem[];
  readonly diagnoses: readonly Diagnosis[];
  readonly chronic: readonly ChronicRegistration[];
  readonly accounts: readonly PersonalAccount[];
  readonly funds: readonly OpeningBalance[];
  readonly demo: readonly DemoPerson[];
};

export type Bank = {
  readonly bank_id: string;
  /** First 6 digits of its card accounts. */
  readonly prefix: string;
  readonly zh: string;
  readonly en: string;
};

/** A department of one hospital. */
export type Department = {
  readonly institution_code: string;
  readonly code: string;
  readonly zh: string;
  readonly en: string;
};

export type Doctor = {
  /** D, 6 digits of the area, 6 in sequence. */
  readonly doctor_code: string;
  readonly institution_code: string;
  readonly department_code: string;
  readonly name: string;
  readonly name_latin: string;
  readonly title: 'resident' | 'attending' | 'associate_chief' | 'chief';
};

export type CityCard = {
  readonly person_id: string;
  readonly card_number: CardNumber;
  readonly bank_id: string;
  /** 19 digits with a Luhn digit. */
  readonly account_number: BankCardNumber;
  /** 卡识别码, 16 bytes in hex: city 3, D156000005, serial 4, authentication code 4 (V20, tag 01). */
  readonly card_id_code: string;
  readonly generation: 2 | 3;
  readonly algorithm: '3DES' | 'SM4';
  /** Whole answer to reset, 17 bytes in hex; its last 8 bytes are `atr_factor`. */
  readonly atr: string;
  /** Card-level diversification factor, 8 bytes in hex: maker 2, city 2, serial 4 (LD9 §7.3.3). */
  readonly atr_factor: string;
  readonly pin: string;
  readonly state: 'active' | 'pin_blocked' | 'lost' | 'cancelled';
  readonly issued_on: IsoDay;
  readonly expires_on: IsoDay;
};

export type CityTerminal = {
  /** ISO 8583 field 41, 8 digits. */
  readonly terminal_id: string;
  /** ISO 8583 field 42, 15 digits. */
  readonly merchant_id: string;
  /** PSAM file 0016, 12 digits: area, issuer. */
  readonly psam_terminal: string;
  /** PSAM serial in file 0015, 20 digits. */
  readonly psam_number: string;
  readonly institution_code: string;
  readonly place_zh: string;
  readonly place_en: string;
};

export type ItemKind = 'western_drug' | 'patent_drug' | 'service' | 'consumable';

export type Restriction = {
  readonly key: string;
  readonly kind: 'max_age' | 'sex' | 'setting' | 'min_level' | 'diagnosis';
  /** Oldest age; 1 or 2; "inpatient"; lowest hospital level; first characters of the diagnosis. */
  readonly value: string;
  readonly zh: string;
  readonly en: string;
};

export type CatalogueItem = {
  /** X or Z and 22 characters (drugs), 15 digits (services), C and 19 digits (consumables). */
  readonly code: string;
  readonly kind: ItemKind;
  /** list_type: 101 western, 102 patent, 201 services, 301 materials. */
  readonly list_type: '101' | '102' | '201' | '301';
  /** med_chrgitm_type. */
  readonly charge_type: string;
  readonly zh: string;
  readonly en: string;
  readonly form_zh: string | null;
  readonly form_en: string | null;
  readonly specification: string | null;
  readonly unit_zh: string;
  readonly unit_en: string;
  /** Class of the list: 甲 in scope whole, 乙 after a first pay, 丙 out of scope. */
  readonly class: '甲' | '乙' | '丙';
  readonly price: Price;
  /** Highest price the fund recognises (限价); null where there is none. */
  readonly ceiling: Price | null;
  /** Share the patient pays first (selfpay_prop): 0 for 甲, 1 for 丙. */
  readonly first_pay: Rate;
  readonly restriction: Restriction | null;
};

export type Diagnosis = {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  /** The only sex that can have it. */
  readonly sex: 1 | 2 | null;
};

/** 门诊慢特病: a registered chronic disease. */
export type ChronicRegistration = {
  readonly person_id: string;
  /** M and 5 digits. */
  readonly disease_code: string;
  readonly diagnosis_code: string;
  readonly zh: string;
  readonly en: string;
  readonly from: IsoDay;
};

export type PersonalAccount = {
  readonly person_id: string;
  /** 110 pension account, 310 medical account. */
  readonly fund: '110' | '310';
  readonly balance_fen: Fen;
};

/** One fund's books on the first day: what it has equals what it owes to accounts and pool. */
export type OpeningBalance = {
  readonly fund: '110' | '210' | '310' | '390' | '410';
  /** 1003 财政专户存款. */
  readonly fiscal_account_fen: Fen;
  /** 1004 支出户存款. */
  readonly expenditure_account_fen: Fen;
  /** 1005 国库存款. */
  readonly treasury_fen: Fen;
  /** 3001 一般基金结余, of which personal accounts. */
  readonly personal_accounts_fen: Fen;
  /** 3001 一般基金结余, of which the pool. */
  readonly pool_fen: Fen;
};

/** Someone to show a case with. */
export type DemoPerson = {
  readonly key: DemoKey;
  readonly person_id: string;
  readonly card_number: CardNumber;
  readonly name: string;
  readonly name_latin: string;
  readonly zh: string;
  readonly en: string;
};
