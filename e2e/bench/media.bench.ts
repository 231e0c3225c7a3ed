import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Kafedra } from '../harness/kafedra';
import { expect, test } from '../harness/test';
import { benchFile } from './figures';

const generator = fileURLToPath(new URL('../../target/debug/kafedra-loadgen', import.meta.url));

test('the media server under the load generator', async () => {
  const [key, secret] = ['benchkey', 'a-secret-of-the-benchmark-of-32-characters'];
  const server = await Kafedra.start({ name: 'bench-media', media: `key = "${key}"\nsecret = "${secret}"` });
  try {
    // The first start makes the demo city; the memory that took would hide what participants take.
    await server.stop();
    await server.startAgain();
    const out = benchFile('media.json');
    const arguments_ = ['--url', server.url.replace('http', 'ws'), '--pid', String(server.pid), '--out', out];
    const load = spawn(generator, arguments_, {
      cwd: path.dirname(out),
      stdio: 'inherit',
      env: { ...process.env, LIVEKIT_API_KEY: key, LIVEKIT_API_SECRET: secret },
    });
    const [code] = (await once(load, 'exit')) as [number | null];
    expect(code, 'the load generator').toBe(0);
  } finally {
    await server.dispose();
  }
});
