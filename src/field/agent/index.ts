export { type CardTray, Counter, type CounterOptions } from './counter.ts';
export { type PairedPage, Pairing, type PairingOptions } from './pairing.ts';
export { type AgentOptions, type CounterAgent, openAgent } from './server.ts';
