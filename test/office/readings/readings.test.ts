import { describe, expect, test } from 'vitest';
import { createGuestAccounts } from '../../../src/office/accounts/guest-accounts.ts';
import { lockReadingsOf } from '../../../src/records/readings.ts';
import { meetAtLock } from '../../kit/at-lock.ts';
import { openMeters, typed } from './meters.ts';
import { DAY, number } from '../town.ts';

describe('the sheet', () => {
  test('all scales of all meters, zones in their order, with the last value', async () => {
    const at = await openMeters();
    await at.meter('77', { service: 'Электроснабжение', scale: 'ночь', digits: 6, value: '5' });
    await at.meter('77', { service: 'Электроснабжение', scale: 'день', digits: 6, value: '7', valueDay: '2026-10-20' });
    await at.meter('12', { verificationDue: '2026-11-19' });
    await at.meter('13', { value: null, valueDay: null, verificationDue: '2026-11-20' });
    const opened = await at.readings.open(at.by(1), at.mine);
    expect(opened).toMatchObject({
      outcome: 'open',
      closes: '2026-11-25',
      title: { account: '0012345', name: null, closed: false },
      scales: [
        { number: '12', scale: '', digits: 5, last: { value: 100_500, day: '2026-10-21' }, given: null, overdue: '2026-11-19' },
        { number: '13', last: null, unusual: null, overdue: null },
        { number: '77', scale: 'день', last: { value: 7_000, day: '2026-10-20' } },
        { number: '77', scale: 'ночь', last: { value: 5_000 } },
      ],
    });
  });

  test('the window is told by the days of people: it opens and closes at midnight in Moscow', async () => {
    const at = await openMeters();
    await at.meter('12');
    const outcome = async () => (await at.readings.open(at.by(1), at.mine)).outcome;
    at.later(Date.parse('2026-11-25T20:59:59Z') - at.now().getTime());
    expect(await outcome()).toBe('open');
    expect(await at.take(typed('12', 101))).toMatchObject({ outcome: 'taken' });
    at.later(1000);
    expect(await at.readings.open(at.by(1), at.mine)).toMatchObject({
      outcome: 'window-closed',
      opens: '2026-12-20',
      closes: '2026-12-25',
    });
    expect(await at.take(typed('12', 102))).toMatchObject({ outcome: 'window-closed' });
    expect(await at.rows()).toMatchObject([{ value: '101.000' }]);
  });

  test('no meters, a closed account, an account of somebody else, nobody signed in', async () => {
    const at = await openMeters();
    expect(await at.readings.open(at.by(1), at.mine)).toMatchObject({ outcome: 'no-meters' });
    await at.meter('12');
    await at.resident(2);
    for (const verb of [
      (person: number) => at.readings.open(at.by(person), at.mine),
      (person: number) => at.readings.take(at.by(person), at.mine, [typed('12', 101)]),
    ]) {
      expect(await verb(2)).toEqual({ outcome: 'gone' });
      expect(await verb(3)).toEqual({ outcome: 'guest' });
    }
    await at.db.updateTable('accounts').set({ closed: true }).execute();
    expect(await at.readings.open(at.by(1), at.mine)).toMatchObject({ outcome: 'account-closed' });
    expect(await at.take(typed('12', 101))).toMatchObject({ outcome: 'account-closed' });
    await at.links.unlink(at.by(1), at.mine.link);
    expect(await at.take(typed('12', 101))).toEqual({ outcome: 'gone' });
    expect(await at.rows()).toEqual([]);
  });

  test('what is usual is told by what the registries had before, else by the volumes of the service', async () => {
    const at = await openMeters();
    await at.meter('12', { value: '70', valueDay: '2026-07-20' });
    expect((await at.scale('12')).unusual).toBeGreaterThan(400_000);
    await at.billed('12', '80', '2026-08-20');
    await at.billed('12', '90', '2026-09-20');
    await at.billed('12', '100', '2026-10-20');
    expect((await at.scale('12')).unusual).toBeGreaterThan(39_000);
    expect((await at.scale('12')).unusual).toBeLessThan(42_000);

    await at.meter('13', { service: 'Горячее водоснабжение' });
    const months = ['2026-08', '2026-09', '2026-10'];
    for (const month of months) await at.charge('0012345', month, 'Горячее водоснабжение', 100_00);
    await at.db.updateTable('charges').set({ volume: '7.5' }).execute();
    expect((await at.scale('13')).unusual).toBe(30_000);
  });
});

describe('taking', () => {
  test('all meters in one go, or none of them', async () => {
    const at = await openMeters();
    await at.meter('12');
    await at.meter('13');
    expect(await at.take(typed('12', 101), typed('13', 99))).toEqual({ outcome: 'changed' });
    expect(await at.take(typed('12', 101), typed('99', 120))).toEqual({ outcome: 'changed' });
    expect(await at.rows()).toEqual([]);
    expect(await at.take(typed('12', 100.5), typed('13', 102.125))).toMatchObject({
      outcome: 'taken',
      closes: '2026-11-25',
      taken: [
        { number: '12', service: 'Холодное водоснабжение', value: 100_500 },
        { number: '13', value: 102_125 },
      ],
    });
    const [row] = await at.db.selectFrom('readings').selectAll().where('number', '=', '13').execute();
    expect(row).toMatchObject({
      value: '102.125',
      day: '2026-11-20',
      windowOpens: '2026-11-20',
      previousValue: '100.500',
      previousDay: '2026-10-21',
      state: 'taken',
    });
  });

  test('what wants asking again is taken only from who was asked', async () => {
    const at = await openMeters();
    await at.meter('12', { value: '99990' });
    await at.meter('13');
    expect(await at.take(typed('12', 12))).toEqual({ outcome: 'changed' });
    expect(await at.take(typed('13', 99_999))).toEqual({ outcome: 'changed' });
    expect(await at.take(typed('13', 99, { sure: true }))).toEqual({ outcome: 'changed' });
    expect(await at.take(typed('13', 123_456, { sure: true }))).toEqual({ outcome: 'changed' });
    expect(await at.take(typed('12', 12, { sure: true }), typed('13', 99_999, { sure: true }))).toMatchObject({
      outcome: 'taken',
    });
  });

  test('a reading handed in ten times at once is one row', async () => {
    const at = await openMeters();
    await at.meter('12');
    await at.meter('13');
    const ten = Array.from({ length: 10 }, () => at.take(typed('12', 101), typed('13', 102)));
    expect(new Set((await Promise.all(ten)).map(({ outcome }) => outcome))).toEqual(new Set(['taken']));
    const repeat = at.by(1);
    const same = Array.from({ length: 10 }, () => at.readings.take(repeat, at.mine, [typed('13', 102), typed('12', 101)]));
    await Promise.all(same);
    expect(await at.rows()).toMatchObject([{ number: '12' }, { number: '13' }]);
  });

  test('of two residents who hand in at once the second replaces nothing that he has not seen', async () => {
    const at = await openMeters();
    await at.meter('12');
    await at.resident(2);
    const hers = { link: await at.link(2, '0012345', { sum: 1_234_56 }) };
    const [his, her] = await meetAtLock(
      at.db,
      (trx) => lockReadingsOf(trx, '0012345'),
      () => at.take(typed('12', 105)),
      () => at.readings.take(at.by(2), hers, [typed('12', 106)]),
    );
    expect(his).toMatchObject({ outcome: 'taken' });
    expect(her).toMatchObject({ outcome: 'given-meanwhile', given: [{ number: '12', value: 105_000 }] });
    expect(await at.rows()).toMatchObject([{ value: '105.000' }]);
  });

  test('a correction changes the row and lets it go out again; the same value does not', async () => {
    const at = await openMeters();
    await at.meter('12');
    await at.take(typed('12', 105));
    await at.db.updateTable('readings').set({ state: 'exported' }).execute();
    await at.take(typed('12', 105));
    expect(await at.rows()).toMatchObject([{ value: '105.000', state: 'exported' }]);
    expect((await at.scale('12')).given).toBe(105_000);
    at.later(DAY);
    await at.take(typed('12', 103));
    expect(await at.rows()).toMatchObject([{ value: '103.000', state: 'taken' }]);

    // Billing knows it already, and it is corrected downwards once more.
    await at.billed('12', '103', '2026-11-21');
    expect((await at.scale('12')).last).toEqual({ value: 100_500, day: '2026-10-21' });
    expect(await at.take(typed('12', 102))).toMatchObject({ outcome: 'taken' });
    expect(await at.take(typed('12', 100))).toEqual({ outcome: 'changed' });
  });

  test('what billing refused may be handed in again, the same value too', async () => {
    const at = await openMeters();
    await at.meter('12');
    await at.take(typed('12', 105));
    await at.db.updateTable('readings').set({ state: 'refused', reason: 'нет доступа' }).execute();
    await at.take(typed('12', 105));
    expect(await at.db.selectFrom('readings').select(['state', 'reason']).execute()).toEqual([{ state: 'taken', reason: null }]);
  });

  test('a value without a day is held against all the same, and a correction against what the reading was held against', async () => {
    const at = await openMeters();
    await at.meter('12', { valueDay: null });
    expect(await at.scale('12')).toMatchObject({ last: { value: 100_500, day: null } });
    expect(await at.take(typed('12', 99))).toEqual({ outcome: 'changed' });
    expect(await at.take(typed('12', 999))).toEqual({ outcome: 'changed' });
    expect(await at.take(typed('12', 105))).toMatchObject({ outcome: 'taken' });
    await at.db.updateTable('meters').set({ value: '105' }).execute();
    expect(await at.take(typed('12', 104))).toMatchObject({ outcome: 'taken' });
    expect(await at.take(typed('12', 100))).toEqual({ outcome: 'changed' });

    // Next month what was handed in is the newest that has a day.
    at.later(30 * DAY);
    await at.signInAnew();
    expect((await at.scale('12')).last).toEqual({ value: 104_000, day: '2026-11-20' });
  });

  test('after a refusal the value that billing has found itself within the window is the last', async () => {
    const at = await openMeters();
    await at.meter('12');
    await at.take(typed('12', 105));
    await at.db.updateTable('readings').set({ state: 'refused', reason: 'показание контролёра' }).execute();
    await at.billed('12', '103', '2026-11-20');
    expect((await at.scale('12')).last).toEqual({ value: 103_000, day: '2026-11-20' });
    expect(await at.take(typed('12', 102))).toEqual({ outcome: 'changed' });
    expect(await at.take(typed('12', 103))).toMatchObject({ outcome: 'taken' });
  });

  test('in the next window the reading of this one is the last, unless billing refused it or knows a newer one', async () => {
    const at = await openMeters();
    await at.meter('12');
    await at.take(typed('12', 105));
    at.later(30 * DAY);
    await at.signInAnew();
    expect((await at.scale('12')).last).toEqual({ value: 105_000, day: '2026-11-20' });
    await at.billed('12', '106', '2026-11-25');
    expect((await at.scale('12')).last).toEqual({ value: 106_000, day: '2026-11-25' });
    await at.billed('12', '100.5', '2026-10-21');
    await at.db.updateTable('readings').set({ state: 'refused' }).execute();
    expect((await at.scale('12')).last).toEqual({ value: 100_500, day: '2026-10-21' });
    await at.take(typed('12', 104));
    expect(await at.rows()).toHaveLength(2);
  });
});

describe('guests', () => {
  async function withGuest(person = 9) {
    const at = await openMeters();
    await at.meter('12');
    const guests = createGuestAccounts(at.edges);
    const look = async (who: number) => {
      const looked = await guests.look(at.by(who), number('0012345'));
      if (looked.outcome !== 'found') throw new Error(looked.outcome);
      return { guestAccount: looked.guestAccount };
    };
    return { ...at, look, account: await look(person) };
  }

  test('see no values but their own, and nothing by which to guess them', async () => {
    const at = await withGuest();
    await at.take(typed('12', 105));
    const opened = await at.readings.open(at.by(9), at.account);
    const scale = {
      number: '12',
      scale: '',
      service: 'Холодное водоснабжение',
      digits: 5,
      last: null,
      unusual: null,
      given: null,
      overdue: null,
    };
    expect(opened).toMatchObject({ outcome: 'open', scales: [scale] });
    expect(await at.readings.take(at.by(9), at.account, [typed('12', 1)])).toMatchObject({ outcome: 'taken' });
    expect(await at.readings.take(at.by(9), at.account, [typed('12', 99_999)])).toMatchObject({ outcome: 'taken' });
    expect(await at.readings.open(at.by(9), at.account)).toMatchObject({ scales: [{ ...scale, given: 99_999_000 }] });
  });

  test('never replace what a resident handed in, nor what another guest did', async () => {
    const at = await withGuest();
    await at.take(typed('12', 105));
    const other = await at.look(10);
    await at.readings.take(at.by(9), at.account, [typed('12', 7)]);
    await at.readings.take(at.by(10), other, [typed('12', 8)]);
    expect(await at.rows()).toMatchObject([
      { submittedBy: 'resident', value: '105.000' },
      { submittedBy: 'telegram:10', value: '8.000' },
      { submittedBy: 'telegram:9', value: '7.000' },
    ]);
    expect((await at.scale('12')).given).toBe(105_000);
  });

  test("another's look-up, an old one and a made-up one open nothing", async () => {
    const at = await withGuest();
    for (const account of [at.account, { guestAccount: 'x' }, { guestAccount: crypto.randomUUID() }]) {
      expect(await at.readings.open(at.by(10), account)).toEqual({ outcome: 'gone' });
      expect(await at.readings.take(at.by(10), account, [typed('12', 1)])).toEqual({ outcome: 'gone' });
    }
    at.later(DAY + 1000);
    expect(await at.readings.take(at.by(9), at.account, [typed('12', 1)])).toEqual({ outcome: 'gone' });
    expect(await at.rows()).toEqual([]);
  });
});
