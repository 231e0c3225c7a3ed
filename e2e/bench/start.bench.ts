import { Kafedra } from '../harness/kafedra';
import { expect, test } from '../harness/test';
import { atMost, median, noted, report } from './figures';

const TRIES = 5;

test('from the start of the program to its first answer', async () => {
  const began = performance.now();
  const server = await Kafedra.start({ name: 'bench-start' });
  const first = performance.now() - began;
  const warm: number[] = [];
  try {
    for (let turn = 0; turn < TRIES; turn++) {
      await server.stop();
      const start = performance.now();
      await server.startAgain();
      warm.push(performance.now() - start);
    }
  } finally {
    await server.dispose();
  }
  const figures = [
    noted('first start, with the demo city of 5,000 people made', first, 'ms'),
    atMost(`warm start until /readyz, median of ${TRIES}`, median(warm), 'ms', 3000),
  ];
  report('start', figures);
  expect(median(warm)).toBeGreaterThan(0);
});
