import { createServer } from 'node:net';
import type { Settings } from '../../platform/config.ts';

/** Thrown with a message for the person at the console: what is wrong, what to do. */
export class StartFault extends Error {
  override name = 'StartFault';
}

/** Refuses to begin when a port is taken, before anything was started. */
export async function checkPorts(settings: Settings): Promise<void> {
  const wanted = { web: settings.port, terminals: settings.switch_port, devices: settings.field_port };
  for (const [what, port] of Object.entries(wanted)) {
    const fault = await tryPort(settings.host, port);
    if (fault === 'EADDRINUSE')
      throw new StartFault(
        `Port ${port} (${what}) is in use by another program. Stop it, or choose another: npm start -- --port ${port + 100}`,
      );
    if (fault) throw new StartFault(`Port ${port} (${what}) on ${settings.host} cannot be opened: ${fault}`);
  }
}

function tryPort(host: string, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (fault: NodeJS.ErrnoException) => resolve(fault.code ?? fault.message));
    server.listen(port, host, () => server.close(() => resolve(null)));
  });
}
