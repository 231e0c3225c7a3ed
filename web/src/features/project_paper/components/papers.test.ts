import { describe, expect, it } from 'vitest';
import { formatsOf, paperHref } from './papers';

describe('papers', () => {
  it('are asked for in a form that they have, for a day where one is given', () => {
    expect(formatsOf('figures')).toEqual(['xlsx']);
    expect(formatsOf('passport')).toEqual(['pdf', 'docx']);
    expect(paperHref('passport', 'pdf', '')).toBe('/api/project/papers/passport?format=pdf');
    expect(paperHref('monthly-report', 'docx', '2017-08-31')).toBe(
      '/api/project/papers/monthly-report?format=docx&date=2017-08-31',
    );
  });
});
