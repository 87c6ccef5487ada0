import type { Figure, Step } from '../../core/policy/contract.ts';
import type { Lookup } from '../../core/policy/index.ts';
import type { Law } from '../../kernel/decision.ts';
import type { Fen, Rate, Rounding } from '../../kernel/money.ts';
import type { MedicalInsurance } from './contract.ts';
import type { ClaimFacts } from './facts.ts';

const roundings = ['half-up', 'down', 'up'] as const;
const accountCovers = ['in_scope', 'all'] as const;
const inpatientMeasures = ['visit_above_deductible', 'visit_in_scope', 'year_in_scope'] as const;
const seriousMeasures = ['above_deductible', 'in_scope'] as const;
const seriousBases = [
  'above_cap',
  'own_share',
  'own_share_and_deductible',
  'own_share_deductible_and_first_pay',
] as const;

/** Clauses that give no figure: what the rules cite where the law only says yes or no. */
export const medicalLaws = {
  /** Cost within the catalogues of drugs, services and facilities is paid from the fund. */
  catalogue: { source: 'sil-2010', article: 'art. 28' },
  /** Insured persons: employees, residents. */
  insured: { source: 'sil-2010', article: 'art. 23–25' },
  /** The agency settles directly with institutions under a service agreement. */
  institution: { source: 'sil-2010', article: 'art. 29, 31' },
} as const satisfies Record<string, Law>;

export type AccountPolicy = { readonly covers: Figure<(typeof accountCovers)[number]> };

export type OutpatientPolicy = {
  readonly kind: 'outpatient';
  readonly deductible: Figure<Fen>;
  readonly share: Figure<Rate>;
  readonly cap: Figure<Fen | null>;
};

export type InpatientPolicy = {
  readonly kind: 'inpatient';
  readonly deductible: Figure<Fen>;
  readonly share: Figure<readonly Step[]>;
  readonly measured: Figure<(typeof inpatientMeasures)[number]>;
  readonly cap: Figure<Fen | null>;
};

export type PharmacyPolicy = { readonly kind: 'pharmacy' };

export type SeriousPolicy = {
  readonly basis: Figure<(typeof seriousBases)[number]>;
  readonly counts_outpatient: Figure<boolean>;
  readonly measured: Figure<(typeof seriousMeasures)[number]>;
  readonly deductible: Figure<Fen>;
  readonly share: Figure<readonly Step[]>;
  readonly cap: Figure<Fen | null>;
};

/** One layer of medical aid: a share of what is left above a threshold of the year. */
export type AidPolicy = {
  readonly deductible: Figure<Fen>;
  readonly share: Figure<Rate>;
  readonly cap: Figure<Fen | null>;
};

export type LayersPolicy = {
  readonly serious: SeriousPolicy;
  readonly civil_servant: Figure<Rate>;
  readonly aid: AidPolicy;
  readonly tilt: AidPolicy;
};

/** Everything the law says about one claim, looked up. */
export type SettlementPolicy = {
  readonly rounding: Rounding;
  readonly catalogue: Law;
  readonly pool: OutpatientPolicy | InpatientPolicy | PharmacyPolicy;
  readonly layers: LayersPolicy;
  readonly account: AccountPolicy;
};

/** What of a claim chooses its figures. Claims that agree in it share one policy. */
export type PolicyQuestion = Pick<ClaimFacts, 'kind' | 'insurance' | 'status' | 'level' | 'need'> & {
  /** For a stay: whether an earlier stay was settled in the year. */
  readonly repeated: boolean;
};

export const policyQuestion = (claim: ClaimFacts): PolicyQuestion => ({
  ...claim,
  repeated: claim.accumulators.admissions > 0,
});

const insuranceCase: Readonly<Record<MedicalInsurance, string>> = { '310': 'employee', '390': 'resident' };

/** What the split of a line needs of the law; the same for every claim of the day. */
export const splitPolicy = (law: Lookup): Pick<SettlementPolicy, 'rounding' | 'catalogue'> => ({
  rounding: law.code('medical.rounding', roundings).value,
  catalogue: medicalLaws.catalogue,
});

/** The law for a claim. `law` stands on the claim's `settled_day` and on the area of insurance (参保地). */
export function settlementPolicy(law: Lookup, question: PolicyQuestion): SettlementPolicy {
  const of = {
    insurance: insuranceCase[question.insurance],
    status: question.status,
    level: String(question.level),
    need: question.need,
    admission: question.repeated ? 'repeated' : 'first',
  };
  return {
    ...splitPolicy(law),
    pool: poolPolicy(law, question.kind, of),
    layers: {
      serious: {
        basis: law.code('medical.serious.basis', seriousBases, of),
        counts_outpatient: law.flag('medical.serious.counts_outpatient', of),
        measured: law.code('medical.serious.segments_measured', seriousMeasures, of),
        deductible: law.fen('medical.serious.deductible', of),
        share: law.steps('medical.serious.share', of),
        cap: law.limit('medical.serious.cap', of),
      },
      civil_servant: law.rate('medical.civil_servant.share', of),
      aid: {
        deductible: law.fen('medical.aid.deductible', of),
        share: law.rate('medical.aid.share', of),
        cap: law.limit('medical.aid.cap', of),
      },
      tilt: {
        deductible: law.fen('medical.aid.tilt_threshold', of),
        share: law.rate('medical.aid.tilt_share', of),
        cap: law.limit('medical.aid.tilt_cap', of),
      },
    },
    account: { covers: law.code('medical.account.covers', accountCovers, of) },
  };
}

function poolPolicy(
  law: Lookup,
  kind: ClaimFacts['kind'],
  of: Readonly<Record<string, string>>,
): SettlementPolicy['pool'] {
  if (kind === 'outpatient')
    return {
      kind,
      deductible: law.fen('medical.outpatient.deductible', of),
      share: law.rate('medical.outpatient.share', of),
      cap: law.limit('medical.outpatient.cap', of),
    };
  if (kind === 'inpatient')
    return {
      kind,
      deductible: law.fen('medical.inpatient.deductible', of),
      share: law.steps('medical.inpatient.share', of),
      measured: law.code('medical.inpatient.segments_measured', inpatientMeasures, of),
      cap: law.limit('medical.inpatient.cap', of),
    };
  return { kind };
}
