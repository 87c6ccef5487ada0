import type { CitizenNumber, CreditCode, Id } from '../../kernel/identifiers.ts';
import type { Fen } from '../../kernel/money.ts';
import type { Day } from '../../kernel/time.ts';
import type { AidClass, EmployerSize, EnrolmentStatus, InstitutionKind, Insurance } from './contract.ts';
import type { InstitutionCode } from './institution.rules.ts';

export type PersonId = Id<'person'>;
export type HouseholdId = Id<'household'>;
export type EmployerId = Id<'employer'>;
export type InstitutionId = Id<'institution'>;
export type EnrolmentId = Id<'enrolment'>;

/** What may change about a person: true from a day on, held since a moment. */
export type Particulars = {
  readonly name: string;
  readonly name_latin: string;
  readonly household_id: HouseholdId | null;
  /** To the head of the household, GB/T 4761: 01 head, 10 spouse, 20 son, 30 daughter, 4x grandchild, 5x parent. */
  readonly relation: string | null;
  readonly phone: string | null;
  readonly address_zh: string;
  readonly address_en: string;
};

/** A person as we hold them now. */
export type Person = Particulars & {
  readonly person_id: PersonId;
  readonly citizen_number: CitizenNumber;
  /** 1 male, 2 female (GB/T 2261.1). */
  readonly sex: 1 | 2;
  readonly birth: Day;
  readonly died_on: Day | null;
  /** Of the household: 低保, 特困, 低保边缘. */
  readonly aid_class: AidClass | null;
};

export type Employer = {
  readonly employer_id: EmployerId;
  readonly credit_code: CreditCode;
  readonly name_zh: string;
  readonly name_en: string;
  /** GB/T 4754 section letter and division, such as C27. */
  readonly industry: string;
  /** Risk class of work-injury insurance, 1 (least) to 8 (人社部发〔2015〕71号). */
  readonly injury_class: number;
  readonly size: EmployerSize;
};

export type Institution = {
  readonly institution_id: InstitutionId;
  readonly code: InstitutionCode;
  readonly kind: InstitutionKind;
  /** 1 to 3 for hospitals, null for pharmacies. */
  readonly level: 1 | 2 | 3 | null;
  readonly name_zh: string;
  readonly name_en: string;
  readonly address_zh: string;
  readonly address_en: string;
  /** Days of the designation (定点), both included. */
  readonly designated_from: Day;
  readonly designated_through: Day | null;
};

/** One person, one insurance, one span of days. A correction is a new version of the same enrolment. */
export type Enrolment = {
  readonly enrolment_id: EnrolmentId;
  readonly version: number;
  readonly person_id: PersonId;
  readonly insurance: Insurance;
  readonly status: EnrolmentStatus;
  /** Null for flexible workers, retirees and residents. */
  readonly employer_id: EmployerId | null;
  /** Monthly wage declared, in service only. */
  readonly wage_fen: Fen | null;
  readonly from: Day;
  readonly through: Day | null;
  readonly known_from: Temporal.Instant;
  /** The moment from which we no longer held it so; null while we do. */
  readonly known_through: Temporal.Instant | null;
};
