export { bookList, findVouchers, statementsOf, voucherDetail } from './books.ts';
export { closeDay, lastClosedDay } from './close-day.ts';
export { accountStatement, journalDetail, journalsOfLine } from './journals.ts';
export { financeRoutes } from './routes.ts';
