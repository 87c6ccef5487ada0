export { changesAfter, type ListedCard, listCard, screen, unlistCard } from './black-list.ts';
