export { TracePage } from '../../kit/trace/trace-page.tsx';
export { Search } from './search.tsx';
export { Shell } from './shell.tsx';
