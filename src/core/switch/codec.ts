export { bodyOf, type Message, macInput } from './layout.ts';
export { pack } from './pack.ts';
export { type CodecFault, type CodecFaultCode, type Unpacked, unpack } from './unpack.ts';
