export { ComponentCard, type ComponentCardImage } from './component-card.ts';
export { type CardDesk, type CustodyDeps, custodyRoutes } from './routes.ts';
