import { type Fen, type Price, type Quantity, type Rate, zero } from '../../kernel/money.ts';
import type { Day, Days } from '../../kernel/time.ts';
import type { ItemClass, MedicalInsurance, VisitKind } from './contract.ts';

/** 在职, 退休, 居民. */
export const insuredStatuses = ['in_service', 'retired', 'resident'] as const;
export type InsuredStatus = (typeof insuredStatuses)[number];
/** 医疗机构等级; pharmacies count as level 1. */
export type InstitutionLevel = 1 | 2 | 3;
/** 救助对象类别. */
export const needs = ['none', 'destitute', 'minimum_living', 'borderline', 'illness_poverty'] as const;
export type Need = (typeof needs)[number];

/** One line of a bill with what the catalogue says about its item on the day of service. */
export type LineFacts = {
  readonly item_code: string;
  readonly name_zh: string;
  readonly name_en: string;
  readonly class: ItemClass;
  readonly price: Price;
  readonly quantity: Quantity;
  /** Price ceiling of the item at this institution; null when it has none. */
  readonly ceiling: Price | null;
  /** Share the patient pays first; counts in class B only. */
  readonly first_pay: Rate;
  /** The item is used outside its restriction (限制支付), so it is the patient's own. */
  readonly outside_restriction: boolean;
};

/** What a person used in the year before this claim. All of it can be rebuilt from the year's settlements. */
export type Accumulators = {
  readonly outpatient_deductible_paid_fen: Fen;
  readonly outpatient_pool_paid_fen: Fen;
  /** Stays settled in the year. */
  readonly admissions: number;
  readonly inpatient_in_scope_fen: Fen;
  readonly inpatient_pool_paid_fen: Fen;
  /** Burden that counted towards the large-amount or serious-illness layer. */
  readonly serious_basis_fen: Fen;
  readonly serious_paid_fen: Fen;
  readonly aid_basis_fen: Fen;
  readonly aid_paid_fen: Fen;
  readonly tilt_basis_fen: Fen;
  readonly tilt_paid_fen: Fen;
};

/** A person at the beginning of a year. */
export const noneUsed: Accumulators = {
  outpatient_deductible_paid_fen: zero,
  outpatient_pool_paid_fen: zero,
  admissions: 0,
  inpatient_in_scope_fen: zero,
  inpatient_pool_paid_fen: zero,
  serious_basis_fen: zero,
  serious_paid_fen: zero,
  aid_basis_fen: zero,
  aid_paid_fen: zero,
  tilt_basis_fen: zero,
  tilt_paid_fen: zero,
};

/** A claim as the rules see it: one bill of one visit. */
export type ClaimFacts = {
  readonly kind: VisitKind;
  /** The day whose law and year count: day of service, for a stay the day of discharge. */
  readonly settled_day: Day;
  readonly insurance: MedicalInsurance;
  readonly status: InsuredStatus;
  readonly level: InstitutionLevel;
  readonly civil_servant: boolean;
  readonly need: Need;
  readonly lines: readonly LineFacts[];
  readonly accumulators: Accumulators;
  /** What the personal account, with the card's part of it, can pay now. */
  readonly account_available_fen: Fen;
  /** acct_used_flag: the patient lets the account pay. */
  readonly use_account: boolean;
};

/** A line split by the catalogue: total = full_own + over_limit + first_pay + in_scope. */
export type LineSplit = {
  readonly total_fen: Fen;
  readonly full_own_fen: Fen;
  readonly over_limit_fen: Fen;
  readonly first_pay_fen: Fen;
  readonly in_scope_fen: Fen;
};

/**
 * A settled bill; behind each amount its name in the national interface (2207, 2304).
 * fund + personal = total; account + cash = personal; fund = pool + serious + civil_servant + aid.
 */
export type Settlement = {
  readonly total_fen: Fen; // medfee_sumamt
  readonly full_own_fen: Fen; // fulamt_ownpay_amt
  readonly over_limit_fen: Fen; // overlmt_selfpay
  readonly first_pay_fen: Fen; // preselfpay_amt
  readonly in_scope_fen: Fen; // inscp_scp_amt
  readonly deductible_fen: Fen; // act_pay_dedc
  readonly pool_fen: Fen; // hifp_pay
  readonly serious_fen: Fen; // hifob_pay for employees, hifmi_pay for residents
  readonly civil_servant_fen: Fen; // cvlserv_pay
  readonly aid_fen: Fen; // maf_pay, tilt aid included
  readonly tilt_fen: Fen; // the tilt aid in aid_fen
  readonly fund_fen: Fen; // fund_pay_sumamt, without the account
  readonly personal_fen: Fen; // psn_part_amt
  readonly account_fen: Fen; // acct_pay
  readonly cash_fen: Fen; // psn_cash_pay
  /** In the order of the claim's lines. */
  readonly lines: readonly LineSplit[];
  /** What the person has used in the year after this claim. */
  readonly accumulators: Accumulators;
};

/** What decides whether a claim may be settled at all. */
export type EligibilityFacts = {
  /** First day of the visit. */
  readonly begun_on: Day;
  /** Last day of the visit; the same for a visit of one day. */
  readonly ended_on: Day;
  readonly deceased_on: Day | null;
  /** Medical insurance on the first day; null when not insured, paused or ended. */
  readonly insurance: MedicalInsurance | null;
  readonly institution: {
    /** 定点协议: every span in which the institution is designated. */
    readonly designations: readonly Days[];
    readonly departments: readonly string[];
  };
  /** Null for a pharmacy. */
  readonly department: string | null;
  /** The state of the card presented; null when the person came with another proof. */
  readonly card: 'usable' | 'not_activated' | 'lost' | 'blocked' | 'cancelled' | null;
  readonly lines: readonly { readonly item_code: string; readonly known: boolean; readonly quantity: Quantity }[];
  readonly already_settled: boolean;
};
