import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Fastify from 'fastify';
import type { Insertable } from '../../core/card/index.ts';
import { decrypt } from '../../core/keys/index.ts';
import { SoftwarePinPad } from '../../core/switch/index.ts';
import { CardDrawer, chipUpload, deskRoutes, keepImage, lastingCard, TerminalDesk } from '../../field/desk/index.ts';
import { systemClock } from '../../platform/clock.ts';
import { readSettings } from '../../platform/config.ts';
import { openLog } from '../../platform/log.ts';
import { serve } from '../../platform/process.ts';
import { openDemoAgent } from './agent.ts';
import { cardFolder, type DeviceRecord, fieldFolder, readDevices } from './devices.ts';

const settings = readSettings();
const log = openLog('field');
const folder = fieldFolder(settings.home);
const centre = `http://${settings.host}:${settings.port}`;
const headers = { authorization: `Bearer ${settings.device_token}`, 'content-type': 'application/json' };
const book = readDevices(settings.home);

const drawer = new CardDrawer(cardFolder(settings.home), book.drawer, async (card_number) => {
  const answer = await fetch(`${centre}/api/cards/${card_number}/chip`, { method: 'POST', headers, body: '{}' });
  if (!answer.ok) throw new Error(`the issuing station answered ${answer.status}: ${await answer.text()}`);
  return Uint8Array.fromBase64(((await answer.json()) as { image: string }).image);
});

/** How often a terminal tries again what it still owes the centre. */
const recover_every_ms = 30_000;
/** How long a card may stay away that was being written when the process died. */
const card_wait_ms = 600_000;

/** The key card of a terminal, as shipped or as it is by now. */
function psamOf({ terminal_id, psam }: DeviceRecord): Insertable {
  const file = join(folder, 'psams', `${terminal_id}.psam`);
  if (!existsSync(file)) keepImage(file, Uint8Array.fromBase64(psam));
  return lastingCard(file);
}

function openDesk(device: DeviceRecord): TerminalDesk {
  const { terminal_id, institution_code, institution } = device;
  const masterKey = decrypt('des', Uint8Array.fromHex(device.transport), Uint8Array.fromHex(device.injection));
  return new TerminalDesk({
    identity: {
      terminal_id,
      institution_code,
      institution,
      tpdu: '6000010000',
      header: '603200000000',
      operator: '001',
    },
    pad: new SoftwarePinPad(masterKey),
    psam: psamOf(device),
    centre: { host: settings.host, port: settings.switch_port },
    clock: systemClock,
    card_wait_ms,
    journal_path: join(folder, 'journals', `${terminal_id}.journal`),
    drawer,
    onFault: (fault) => log.error({ err: fault, terminal_id }, 'fault at a terminal'),
    report: async (id, { trace_id, upload_id, events }) => {
      const body = JSON.stringify(chipUpload(id, upload_id, events));
      const answer = await fetch(`${centre}/api/traces/${trace_id}/chip`, { method: 'POST', headers, body });
      if (answer.ok) return;
      // 4xx: this record will not be taken later either.
      if (answer.status < 500) return log.warn({ status: answer.status, trace_id }, 'a record was not taken');
      throw new Error(`the centre answered ${answer.status} to the record of ${trace_id}`);
    },
  });
}

for (const name of ['journals', 'psams']) mkdirSync(join(folder, name), { recursive: true });
const desks = new Map<string, TerminalDesk>();
for (const device of book.devices) {
  try {
    desks.set(device.terminal_id, openDesk(device));
  } catch (fault) {
    // One broken device must not take the desks of all the others down.
    log.error({ err: fault, terminal_id: device.terminal_id }, 'a terminal could not be opened');
  }
}

const app = Fastify({ bodyLimit: 64 * 1024 });
app.addHook('onRequest', async (request, reply) => {
  // Only the way in that has checked the caller knows the token.
  if (request.headers.authorization !== `Bearer ${settings.device_token}`) return reply.code(401).send();
});
app.setErrorHandler((fault: Error & { statusCode?: number }, request, reply) => {
  const status = fault.statusCode ?? 500;
  if (status >= 500) log.error({ err: fault, url: request.url }, 'fault');
  return reply.code(status).send({ status, code: 'field.fault', title: 'Fault', detail: fault.message });
});
deskRoutes(app, desks, drawer);
await app.listen({ port: settings.field_port, host: settings.host });
log.info({ port: settings.field_port, terminals: desks.size }, 'desks may connect');
const agent = await openDemoAgent(settings, drawer, log);

const recover = () => {
  for (const desk of desks.values())
    desk.recover().catch((fault: unknown) => log.warn({ err: fault }, 'a terminal still owes the centre something'));
};
recover();
const recovering = setInterval(recover, recover_every_ms);

serve(async () => {
  clearInterval(recovering);
  await agent?.close();
  app.server.closeAllConnections();
  await app.close();
  await Promise.all([...desks.values()].map((desk) => desk.close()));
});
