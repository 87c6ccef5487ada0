export {
  bodyOf,
  type CodecFault,
  type CodecFaultCode,
  type Message,
  macInput,
  pack,
  type Unpacked,
  unpack,
} from './codec.ts';
export * from './contract.ts';
export { type DescribedField, type DescribedPart, describeMessage, dump } from './describe.ts';
export { FrameDecoder, type FramingFault } from './framing.ts';
export { parseIcData, writeIcData } from './ic-data.ts';
export { maskBody } from './mask.ts';
export { SoftwarePinPad } from './pin-pad.ts';
export { type SwitchOptions, SwitchServer } from './server.ts';
export {
  type NewTerminal,
  recordWire,
  registerTerminals,
  setTerminalState,
  TerminalStore,
  type WireRow,
  wireOfTrace,
} from './store.ts';
export { parseTlv, type TlvItem, writeTlv } from './tlv.ts';
