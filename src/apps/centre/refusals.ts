import { ledgerRefusals } from '../../core/ledger/contract.ts';
import { registryRefusals } from '../../core/registry/contract.ts';
import { screeningRefusals } from '../../core/screening/contract.ts';
import { custodyRefusals } from '../../operations/custody/contract.ts';
import { financeRefusals } from '../../operations/finance/contract.ts';
import { issuanceRefusals } from '../../operations/issuance/contract.ts';
import { laboratoryRefusals } from '../../operations/laboratory/contract.ts';
import { paymentRefusals } from '../../operations/payment/contract.ts';
import { traceRefusals } from '../../operations/trace/contract.ts';
import type { RefusalTable } from '../../platform/http/contract.ts';
import { contributionRefusals } from '../../schemes/contributions/contract.ts';
import { medicalRefusals } from '../../schemes/medical/contract.ts';

/** The ledger says why; that a request cannot be carried out is all HTTP knows of it. */
const ledger = Object.fromEntries(
  Object.entries(ledgerRefusals).map(([code, words]) => [code, { status: 422, ...words }]),
);

/** Every refusal a route of the centre may give, with its words and status. */
export const refusals: RefusalTable = {
  ...ledger,
  ...registryRefusals,
  ...screeningRefusals,
  ...medicalRefusals,
  ...contributionRefusals,
  ...issuanceRefusals,
  ...laboratoryRefusals,
  ...paymentRefusals,
  ...financeRefusals,
  ...traceRefusals,
  ...custodyRefusals,
};
