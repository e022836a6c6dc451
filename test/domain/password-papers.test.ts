import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arePapersEnough, PASSWORD_PAPERS } from '../../src/domain/password-papers.ts';

test.each([
  [['passport', 'payment-document', 'names-match'], true],
  [['driving-licence', 'payment-document', 'ownership-certificate'], true],
  [['military-id', 'payment-document', 'tenancy-agreement'], true],
  [['passport', 'payment-document'], false],
  [['passport', 'names-match'], false],
  [['payment-document', 'names-match', 'tenancy-agreement'], false],
  [['passport', 'driving-licence', 'military-id'], false],
  [[], false],
] as const)('%j: %j', (papers, enough) => expect(arePapersEnough(papers)).toBe(enough));

test('one more paper never takes away what was enough, and all but one of the three groups never are', () => {
  const some = fc.subarray([...PASSWORD_PAPERS]);
  fc.assert(
    fc.property(some, some, (papers, more) => {
      if (arePapersEnough(papers)) expect(arePapersEnough([...new Set([...papers, ...more])])).toBe(true);
      expect(arePapersEnough(papers.filter((paper) => paper !== 'payment-document'))).toBe(false);
    }),
    { numRuns: 200 },
  );
});
