export { CardDrawer, type DrawerEntry } from './card-drawer.ts';
export { keepImage, lastingCard } from './lasting-card.ts';
export { chipUpload } from './report.ts';
export { deskRoutes } from './routes.ts';
export { TerminalDesk } from './terminal-desk.ts';
