import { expect, test } from 'vitest';
import { createGuestAccounts } from '../../../src/office/accounts/guest-accounts.ts';
import { createGuestPayments } from '../../../src/office/money/guest-payments.ts';
import { OFFICE_SETTINGS } from '../../kit/office-settings.ts';
import { PAYEE } from '../../papers/documents.ts';
import { number, openTown } from '../town.ts';

/** A guest pays for the month before, by the days of people in Moscow. */
test.each([
  { now: '2026-11-30T20:59:59Z', period: '2026-10' },
  { now: '2026-11-30T21:30:00Z', period: '2026-11' },
  { now: '2026-12-01T09:00:00Z', period: '2026-11' },
  { now: '2026-12-31T21:00:00Z', period: '2026-12' },
  { now: '2027-01-01T09:00:00Z', period: '2026-12' },
])('at $now the QR code of a sum is for $period', async ({ now, period }) => {
  const town = await openTown();
  town.later(Date.parse(now) - town.now().getTime());
  await town.account('0012345');
  const edges = { ...town.edges, settings: { ...OFFICE_SETTINGS, payee: PAYEE } };
  const looked = await createGuestAccounts(edges).look(town.by(1), number('0012345'));
  if (looked.outcome !== 'found') throw new Error(looked.outcome);
  const asked = await createGuestPayments(edges).paymentQr(town.by(1), looked.guestAccount, 150_00);
  expect(asked).toMatchObject({ outcome: 'ordered', order: { accountNumber: '0012345', period, sumKopecks: 150_00 } });
});
