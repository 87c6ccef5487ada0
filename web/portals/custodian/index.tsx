export { Ceremonies } from './ceremonies.tsx';
export { Ceremony } from './ceremony.tsx';
export { HistoryPage } from './history.tsx';
export { InventoryPage } from './inventory.tsx';
export { OrdersPage } from './orders.tsx';
export { Shell } from './shell.tsx';
