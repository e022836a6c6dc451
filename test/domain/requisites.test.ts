import fc from 'fast-check';
import { expect, test } from 'vitest';
import { requisiteFaults } from '../../src/domain/requisites.ts';
import { TOWN_PAYEE } from '../../src/sandbox/town/payee.ts';

/** Сбербанк and the tax service's own requisites, as they publish them. */
const SBERBANK = {
  ...TOWN_PAYEE,
  inn: '7707083893',
  bic: '044525225',
  corrAccount: '30101810400000000225',
  account: '40702810300100000017',
};
const ENTREPRENEUR = '500100732259';

const keyed = (bic: string, account: string) => {
  const fits = '0123456789'.split('').map((key) => account.slice(0, 8) + key + account.slice(9));
  return (
    fits.find((each) => requisiteFaults({ ...SBERBANK, bic, account: each }).every((fault) => !fault.startsWith('account'))) ?? ''
  );
};

test('right requisites are right, also those of an entrepreneur', () => {
  expect(requisiteFaults(TOWN_PAYEE)).toEqual([]);
  const account = keyed(SBERBANK.bic, SBERBANK.account);
  expect(requisiteFaults({ ...SBERBANK, account })).toEqual([]);
  expect(requisiteFaults({ ...SBERBANK, account, inn: ENTREPRENEUR })).toEqual([]);
});

test('the Treasury’s accounts', () => {
  const treasury = { ...TOWN_PAYEE, bic: '016015102', corrAccount: '40102810845370000050', account: '03100643000000015800' };
  expect(requisiteFaults(treasury)).toEqual([]);
  expect(requisiteFaults({ ...treasury, corrAccount: TOWN_PAYEE.corrAccount })).toEqual(['corrAccount kind']);
});

test('what the operator’s review saw taken', () => {
  expect(requisiteFaults({ ...TOWN_PAYEE, inn: '6154000009' })).toEqual(['inn digits']);
  expect(requisiteFaults({ ...TOWN_PAYEE, bic: '999999999' })).toEqual(expect.arrayContaining(['bic kind', 'corrAccount bank']));
  expect(requisiteFaults({ ...TOWN_PAYEE, corrAccount: '40701810200000000701' })).toContain('corrAccount kind');
});

test('one wrong digit anywhere is seen, and any two neighbours that changed places in the account', () => {
  const parts = ['inn', 'account', 'bic', 'corrAccount'] as const;
  fc.assert(
    fc.property(fc.constantFrom(...parts), fc.nat(19), fc.integer({ min: 1, max: 9 }), (part, at, by) => {
      const value = TOWN_PAYEE[part];
      const index = at % value.length;
      const wrong = value.slice(0, index) + ((Number(value[index]) + by) % 10) + value.slice(index + 1);
      // The region's and the bank's place in a БИК have no check of their own but the last five digits.
      fc.pre(part !== 'bic' || index >= 4 || index < 2);
      return requisiteFaults({ ...TOWN_PAYEE, [part]: wrong }).length > 0;
    }),
    { numRuns: 1_000 },
  );
});
