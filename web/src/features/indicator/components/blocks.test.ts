import { describe, expect, it } from 'vitest';
import type { IndicatorSource } from '@/shared/api';
import { emptyBlocks, fromSource, toSource, withWho } from './blocks';

describe('building blocks of an indicator', () => {
  it('are written as they were read', () => {
    const sources: IndicatorSource[] = [
      { entered: 'count' },
      { computed: { who: { positions: ['teacher'] }, evidence: 'training', base: 'share' } },
      { computed: { who: 'teacherLeaders', evidence: 'dissemination', base: 'count' } },
      { computed: { who: { institutions: ['school'] }, evidence: 'readyKit', base: 'count' } },
    ];
    for (const source of sources) expect(toSource(fromSource(source))).toEqual(source);
  });

  it('fit: institutions are counted by their kits, people by nothing of the kind', () => {
    const institutions = withWho(emptyBlocks, 'institutions');
    expect(institutions).toMatchObject({ evidence: 'readyKit', chosen: [] });
    expect(withWho(institutions, 'teacherLeaders').evidence).toBe('qualification');
    expect(withWho({ ...emptyBlocks, evidence: 'training' }, 'associationHeads').evidence).toBe('training');
  });
});
