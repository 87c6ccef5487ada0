export type { Ground } from './assessing.ts';
export { type Assessed, assessMonth, type Receipt, type Received, receive } from './commands.ts';
export { personContribution } from './person-contribution.ts';
export { type ContributionDeps, contributionRoutes } from './routes.ts';
