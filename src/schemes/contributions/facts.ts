import type { Fen } from '../../kernel/money.ts';
import type { Month } from '../../kernel/time.ts';
import type { ContributionInsurance } from './contract.ts';

/** 行业风险类别 of the employer. */
export const riskClasses = ['1', '2', '3', '4', '5', '6', '7', '8'] as const;
export type RiskClass = (typeof riskClasses)[number];
/** 费率浮动档次 of the employer in work-injury insurance. */
export const floatings = ['down_two', 'down_one', 'base', 'up_one', 'up_two'] as const;
export type Floating = (typeof floatings)[number];

/** One month of one employed person. */
export type EmploymentMonth = {
  readonly month: Month;
  /**
   * The wage the base is taken from: the monthly average of the previous calendar year, for a new hire the wage of the
   * first full month.
   */
  readonly wage_fen: Fen;
  readonly insurances: readonly ContributionInsurance[];
  readonly risk_class: RiskClass;
  readonly floating: Floating;
};

export type ContributionBase = {
  readonly base_fen: Fen;
  readonly limited_by: 'floor' | 'ceiling' | null;
};

/** What is owed for one insurance; `booked_with` names the fund that takes it. */
export type ContributionItem = {
  readonly insurance: ContributionInsurance;
  readonly booked_with: ContributionInsurance;
  readonly employer_fen: Fen;
  readonly person_fen: Fen;
};

/** What employer and person owe for a month, and what of it goes to the person's accounts. */
export type MonthlyContribution = ContributionBase & {
  readonly items: readonly ContributionItem[];
  readonly employer_fen: Fen;
  readonly person_fen: Fen;
  readonly pension_account_fen: Fen;
  readonly medical_account_fen: Fen;
};

/** A resident's medical premium for one insured year. */
export type ResidentPremium = {
  readonly personal_fen: Fen;
  readonly subsidy_fen: Fen;
  readonly total_fen: Fen;
};
