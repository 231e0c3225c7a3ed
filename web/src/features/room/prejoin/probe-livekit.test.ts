import { expect, test } from 'vitest';
import { figuresOf } from './probe-livekit';

test('the pair in use says how media travels, the far end says what arrives', () => {
  expect(
    figuresOf([
      { id: 'T', type: 'transport', selectedCandidatePairId: 'P2' },
      { id: 'P1', type: 'candidate-pair', state: 'succeeded', localCandidateId: 'L1', currentRoundTripTime: 9 },
      { id: 'P2', type: 'candidate-pair', state: 'succeeded', localCandidateId: 'L2', currentRoundTripTime: 0.01 },
      { id: 'L1', type: 'local-candidate', protocol: 'tcp' },
      { id: 'L2', type: 'local-candidate', protocol: 'udp' },
      { id: 'R', type: 'remote-inbound-rtp', roundTripTime: 0.042, fractionLost: 0.01 },
    ]),
  ).toEqual({ rttMs: 42, loss: 0.01, transport: 'udp' });
});

test('Firefox has no transport report: the nominated pair will do', () => {
  expect(
    figuresOf([
      { id: 'P', type: 'candidate-pair', state: 'succeeded', nominated: true, localCandidateId: 'L', currentRoundTripTime: 0.03 },
      { id: 'L', type: 'local-candidate', protocol: 'udp' },
    ]),
  ).toEqual({ rttMs: 30, loss: null, transport: 'udp' });
});

test('what nobody measured stays unknown', () => {
  expect(figuresOf([])).toEqual({ rttMs: null, loss: null, transport: null });
});
