export { blackListFor, changesAfter, type ListedCard, listCard, screen, unlistCard } from './black-list.ts';
export { screeningRoutes } from './routes.ts';
