import { CardFault, joinReaders, openPcsc, type PcscReader, SimulatedReader } from '../../core/card/index.ts';
import { type CardTray, Counter, type CounterAgent, openAgent, Pairing } from '../../field/agent/index.ts';
import { systemClock } from '../../platform/clock.ts';
import type { Settings } from '../../platform/config.ts';
import type { Logger } from '../../platform/log.ts';
import { keptPages, showInFile } from './pairing-files.ts';

/** The origins under which a browser on this machine knows a web at this port. */
export const localOrigins = (port: number): readonly string[] =>
  ['127.0.0.1', 'localhost'].map((name) => `http://${name}:${port}`);

/**
 * The counter agent of the demonstration: a simulated reader with the city's cards, and the readers of this machine
 * beside it where it has PC/SC. That it cannot be opened stops no desk; null then.
 */
export async function openDemoAgent(settings: Settings, tray: CardTray, log: Logger): Promise<CounterAgent | null> {
  const simulated = new SimulatedReader(['simulated']);
  let pcsc: PcscReader | null = null;
  try {
    pcsc = await findPcsc(log);
    const agent = await openAgent({
      counter: new Counter({
        reader: joinReaders(simulated, ...(pcsc ? [pcsc] : [])),
        simulated: { reader: simulated, tray },
      }),
      pairing: new Pairing({ clock: systemClock, show: showInFile(settings.home), ...keptPages(settings.home) }),
      clock: systemClock,
      port: settings.agent_port,
      origins: localOrigins(settings.port),
      onApdu: (record) => log.debug(record, 'APDU'),
      onFault: (fault) => log.error({ err: fault }, 'fault of the counter agent'),
    });
    log.info({ port: agent.port, pcsc: pcsc !== null }, 'the counter agent is open');
    return {
      port: agent.port,
      async close() {
        await agent.close();
        await pcsc?.close();
      },
    };
  } catch (fault) {
    log.warn({ err: fault }, 'the counter agent could not be opened');
    await pcsc?.close();
    return null;
  }
}

async function findPcsc(log: Logger): Promise<PcscReader | null> {
  try {
    return await openPcsc();
  } catch (fault) {
    if (!(fault instanceof CardFault)) throw fault;
    log.info({ code: fault.code }, 'no real readers: PC/SC is not there');
    return null;
  }
}
