export {
  advanceCounters,
  type CardId,
  type Counters,
  importCards,
  lockCards,
  type NewCard,
  type PayingCard,
} from './cards.ts';
export { type CardIdentity, cardIdentity, issueChip } from './chip-issue.ts';
export { activateCard, blockCard, cancelCard, lapseReports, reportLoss, unblockCard } from './commands.ts';
export type { ChipPlace } from './life.routes.ts';
export { cardDetail, cardsOf, findCards, holderOf } from './register.ts';
export { issuanceRoutes } from './routes.ts';
