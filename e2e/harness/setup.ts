import { rmSync } from 'node:fs';
import path from 'node:path';
import { Kafedra, output } from './kafedra';
import { writeTone } from './tone';

/** Starts the one server that all scenarios share, and ends it after the last of them. */
export default async function setup(): Promise<() => Promise<void>> {
  rmSync(path.join(output, 'sessions'), { recursive: true, force: true });
  rmSync(path.join(output, 'server.log'), { force: true });
  writeTone();
  const server = await Kafedra.start({ name: 'server' });
  process.env['KAFEDRA_E2E_URL'] = server.url;
  process.env['KAFEDRA_E2E_PID'] = String(server.pid);
  process.env['KAFEDRA_E2E_UDP'] = String(server.udpPort);
  return () => server.dispose();
}
