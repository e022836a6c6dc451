import { describe, expect, test } from 'vitest';
import { Phone } from '../../../src/domain/phone.ts';
import { createLinking } from '../../../src/office/accounts/linking.ts';
import { type Cabinet, DAY, HOUR, MINUTE, openCabinet } from '../cabinet.ts';
import { number } from '../town.ts';
import * as make from '../../kit/make.ts';

const PHONE = '+79123456789';
const PASSWORD = 'k7w_pq29';

const ask = async (at: Cabinet, person: number, purpose: 'registration' | 'recovery' | 'new-phone', phone = PHONE) => {
  const { outcome } = await at.office.confirmations.send(at.by(person), purpose, Phone.parse(phone));
  await at.settled();
  return outcome;
};

async function withIvan(settings = {}): Promise<Cabinet> {
  const at = await openCabinet(settings);
  await at.register(1, 'ivan', PHONE, PASSWORD);
  await at.signInNew(2, 'ivan', PASSWORD, PHONE);
  at.later(2 * DAY);
  at.sms.length = 0;
  return at;
}

describe('the SMS of the day that is kept for the owner', () => {
  test('goes out though strangers closed the numbers alike', async () => {
    const at = await withIvan();
    for (let i = 0; i < 20; i++) await ask(at, 100 + i, 'registration', `+79123456${100 + i}`);
    expect(await ask(at, 200, 'recovery')).toBe('crowded');
    expect(await ask(at, 1, 'recovery')).toBe('sent');
    expect(at.sms.at(-1)?.phone).toBe(PHONE);
  });

  test('goes out though strangers used up what all people together may', async () => {
    const at = await withIvan({ smsHourlyLimit: 3, smsDailyLimit: 3 });
    for (let i = 0; i < 3; i++) await ask(at, 100 + i, 'registration', `+7900000${i}000`);
    expect(await ask(at, 200, 'recovery')).toBe('crowded');
    expect(await ask(at, 1, 'recovery')).toBe('sent');
    expect(at.sms.at(-1)?.phone).toBe(PHONE);
  });

  test('is one for all messenger accounts of the login: never more than five to a phone a day', async () => {
    const at = await withIvan();
    for (let person = 10; person < 20; person++) {
      await ask(at, person, person % 2 ? 'recovery' : 'registration');
      at.later(HOUR / 2);
    }
    expect(at.sms).toHaveLength(4);
    for (const person of [1, 2, 1, 2]) {
      expect(await ask(at, person, 'recovery')).toBe('sent');
      at.later(HOUR);
    }
    expect(at.sms).toHaveLength(5);
  });
});

describe('strangers do not lock the owner out', () => {
  test('neither by codes that are wrong nor by passwords that are', async () => {
    const at = await withIvan();
    const sent = await at.office.confirmations.send(at.by(9), 'recovery', Phone.parse(PHONE));
    await at.settled();
    for (let i = 0; i < 6; i++) {
      await at.office.confirmations.check(
        at.by(9),
        sent.outcome === 'sent' ? sent.code : '',
        at.codeTo(PHONE) === '000000' ? '000001' : '000000',
      );
    }
    for (let person = 20; person < 40; person++) await at.enter(person, 'ivan', 'wrong_one');
    expect(await ask(at, 9, 'recovery')).toBe('closed');
    await at.office.sessions.signOut(at.by(1));
    expect(await at.enter(1, 'ivan', PASSWORD)).toMatchObject({ outcome: 'signed-in' });
    const proof = await at.prove(2, 'recovery', PHONE);
    expect(await at.office.recovery.find(at.by(2), proof)).toMatchObject({ outcome: 'found' });
  });
});

describe('who has lost a login hears of it, signed in or not', () => {
  test('by a recovery', async () => {
    const at = await withIvan();
    await at.office.sessions.signOut(at.by(2));
    const proof = await at.prove(1, 'recovery', PHONE);
    await at.office.recovery.complete(at.by(1), proof, await at.draft(1, { login: 'ivan', phone: PHONE }, 'novyi_7w'));
    expect((await at.notices('telegram:2')).at(-1)).toMatchObject({ text: 'notice-recovered' });
    expect((await at.notices('telegram:1')).map(({ text }) => text)).not.toContain('notice-recovered');
  });

  test('by a phone that somebody else took', async () => {
    const at = await withIvan();
    for (const person of [1, 2]) await at.office.sessions.signOut(at.by(person));
    expect(await at.register(5, 'petr', PHONE, PASSWORD, true)).toMatchObject({ outcome: 'registered' });
    for (const person of [1, 2]) {
      expect((await at.notices(`telegram:${person}`)).at(-1)).toEqual({ text: 'notice-phone-taken', words: { login: 'ivan' } });
    }
    expect((await at.notices('telegram:5')).map(({ text }) => text)).not.toContain('notice-phone-taken');
  });
});

test('a login given up and made anew does not begin the day of guesses anew', async () => {
  const at = await withIvan();
  const linking = createLinking(at.edges);
  for (let i = 0; i < 5; i++) await linking.proveBySum(at.by(1), number(`9900${i}`), 1_01);
  const { ticket } = (await at.office.settings.askPassword(at.by(1), PASSWORD)) as { ticket: string };
  expect(await at.office.consents.withdraw(at.by(1), ticket)).toEqual({ outcome: 'withdrawn' });
  expect(await at.register(1, 'ivan2', PHONE, PASSWORD)).toMatchObject({ outcome: 'registered' });

  await make.account(at.db, { number: '0012345', ownerName: 'И.', address: 'ул. Портовая, 5' });
  await make.payment(at.db, { account: '0012345', day: '2026-10-10', sumKopecks: 500_01, operation: '1' });
  expect(await linking.proveBySum(at.by(1), number('0012345'), 500_01)).toEqual({ outcome: 'not-proved' });
  at.later(DAY + MINUTE);
  expect(await linking.proveBySum(at.by(1), number('0012345'), 500_01)).toMatchObject({ outcome: 'proved' });
  // Who guessed is nowhere once the day is over; how often the account was guessed stays.
  await at.office.retention.deleteExpired();
  const kept = await at.db.selectFrom('sumFailures').select(['account', 'person']).execute();
  expect(kept).toHaveLength(5);
  expect(new Set(kept.map(({ person }) => person))).toEqual(new Set(['']));
});
