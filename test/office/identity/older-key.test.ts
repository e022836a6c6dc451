import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { openKeyring } from '../../../src/adapters/keyring.ts';
import { LoginOrPhone } from '../../../src/domain/login.ts';
import type { PasswordHasher } from '../../../src/office/edges.ts';
import { createOffice } from '../../../src/office/office.ts';
import { cheapHasher } from '../../kit/passwords.ts';
import { type Cabinet, MINUTE, openCabinet } from '../cabinet.ts';

const PHONE = '+79123456789';
const PASSWORD = 'k7w_pq29';
const NEWEST = 'b2'.repeat(32);
const IVAN = LoginOrPhone.parse('ivan');

/** Ivan, who has registered under what is the older key now: the centre with both keys, and with the newest alone. */
async function withOlderKey() {
  const at = await openCabinet();
  await at.register(1, 'ivan', PHONE, PASSWORD);
  const under = (keys: string, around: (hasher: PasswordHasher) => PasswordHasher = (hasher) => hasher) => {
    const keyring = openKeyring(keys);
    return createOffice({ ...at.edges, keyring, passwords: around(cheapHasher(keyring)) });
  };
  return {
    at,
    under,
    both: `${NEWEST},${at.secretKey}`,
    withBoth: under(`${NEWEST},${at.secretKey}`),
    withNewest: under(NEWEST),
  };
}

/** The hash, and the transaction that wrote its row. */
async function kept({ db }: Cabinet): Promise<{ hash: string; writer: string }> {
  const found = sql<{ hash: string; writer: string }>`select password_hash as hash, xmin::text as writer from residents`;
  const [row] = (await found.execute(db)).rows;
  if (!row) throw new Error('nobody has registered');
  return row;
}

test('a right password at the sign-in is hashed anew; the older key may be taken out then, and nothing is written again', async () => {
  const { at, withBoth, withNewest } = await withOlderKey();
  expect(await withNewest.signIn.enter(at.by(1), IVAN, PASSWORD)).toEqual({ outcome: 'refused' });
  const before = await kept(at);
  expect(await withBoth.signIn.enter(at.by(1), IVAN, 'wrong_one')).toEqual({ outcome: 'refused' });
  expect(await kept(at)).toEqual(before);

  expect(await withBoth.signIn.enter(at.by(1), IVAN, PASSWORD)).toEqual({ outcome: 'signed-in', login: 'ivan' });
  const renewed = await kept(at);
  expect(renewed.hash).not.toBe(before.hash);
  for (const office of [withNewest, withBoth, withNewest])
    expect(await office.signIn.enter(at.by(1), IVAN, PASSWORD)).toEqual({ outcome: 'signed-in', login: 'ivan' });
  expect(await withNewest.signIn.enter(at.by(1), IVAN, 'wrong_one')).toEqual({ outcome: 'refused' });
  expect(await kept(at)).toEqual(renewed);
});

test('also where a code is wanted besides, whose ticket stays good', async () => {
  const { at, withBoth, withNewest } = await withOlderKey();
  const entered = await withBoth.signIn.enter(at.by(2), IVAN, PASSWORD);
  if (entered.outcome !== 'code-needed') throw new Error(entered.outcome);
  expect(await withNewest.signIn.enter(at.by(1), IVAN, PASSWORD)).toMatchObject({ outcome: 'signed-in' });

  at.later(MINUTE);
  const sent = await withBoth.signIn.sendCode(at.by(2), entered.ticket);
  if (sent.outcome !== 'sent') throw new Error(sent.outcome);
  await at.settled();
  const checked = await withBoth.confirmations.check(at.by(2), sent.code, at.codeTo(PHONE));
  if (checked.outcome !== 'confirmed') throw new Error(checked.outcome);
  expect(await withBoth.signIn.complete(at.by(2), entered.ticket, checked.proof)).toMatchObject({ outcome: 'signed-in' });
});

test('and where the old password is asked for; what a right one has opened before stays open', async () => {
  const { at, withBoth, withNewest } = await withOlderKey();
  const before = await at.office.settings.askPassword(at.by(1), PASSWORD);
  const asked = await withBoth.settings.askPassword(at.by(1), PASSWORD);
  expect([before, asked]).toEqual([expect.objectContaining({ outcome: 'right' }), expect.objectContaining({ outcome: 'right' })]);
  expect(await withNewest.settings.askPassword(at.by(1), PASSWORD)).toMatchObject({ outcome: 'right' });
  if (before.outcome !== 'right') throw new Error(before.outcome);
  expect(await at.office.consents.withdraw(at.by(1), before.ticket)).toMatchObject({ outcome: 'withdrawn' });
});

test('two who type it at the same time are both right: the one finds it hashed anew by the other', async () => {
  const { at, under, both } = await withOlderKey();
  let waiting = 0;
  let goOn: (() => void) | undefined;
  const all = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  /** Answers once both have been held against the older hash. */
  const office = under(both, (hasher) => ({
    ...hasher,
    check: async (hash, password) => {
      const checked = await hasher.check(hash, password);
      if (++waiting === 2) goOn?.();
      await all;
      return checked;
    },
  }));
  const [entered, asked] = await Promise.all([
    office.signIn.enter(at.by(1), IVAN, PASSWORD),
    office.settings.askPassword(at.by(1), PASSWORD),
  ]);
  expect(entered).toMatchObject({ outcome: 'signed-in' });
  expect(asked).toMatchObject({ outcome: 'right' });
});
