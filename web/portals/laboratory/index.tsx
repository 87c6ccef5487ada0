export { Decode } from './decode.tsx';
export { Operations } from './operations.tsx';
export { Scripts } from './scripts.tsx';
export { Shell } from './shell.tsx';
