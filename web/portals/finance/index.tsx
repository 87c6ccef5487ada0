export { TracePage } from '../../kit/trace/trace-page.tsx';
export { Days } from './days.tsx';
export { Journal } from './journal.tsx';
export { LineJournals } from './line-journals.tsx';
export { Shell } from './shell.tsx';
export { Statements } from './statements.tsx';
export { Voucher } from './voucher.tsx';
export { Vouchers } from './vouchers.tsx';
