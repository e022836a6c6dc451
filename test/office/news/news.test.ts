import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { createNews } from '../../../src/office/news/news.ts';
import { createNewsScans } from '../../../src/office/news/news-scans.ts';
import { createNotices } from '../../../src/office/notices.ts';
import { createSessions } from '../../../src/office/identity/sessions.ts';
import { giveUpPerson } from '../../../src/delivery/give-up-person.ts';
import { loadTexts } from '../../../src/texts/texts.ts';
import { OFFICE_SETTINGS } from '../../kit/office-settings.ts';
import { DAY, MINUTE, openTown } from '../town.ts';
import { newsHands } from './news-hands.ts';
import { lock } from '../../../src/records/locks.ts';
import { markOutboxDone } from '../../../src/records/outbox.ts';
import * as make from '../../kit/make.ts';

const HOUR = 60 * MINUTE;

function fail(looks: number): never {
  throw new Error(`broken off at look ${looks}`);
}

/** Ivan (1, and 2 at home) has 0010001, Maria (3) the same and 0010002; the first registries are in and told of. */
async function openNews() {
  const town = await openTown();
  const settings = OFFICE_SETTINGS;
  const edges = { ...town.edges, settings };
  const scans = createNewsScans(edges);
  await town.resident(1, 2);
  await town.resident(3);
  await town.account('0010001', [['2026-10-12', 101_07]]);
  await town.account('0010002', [['2026-10-12', 71_03]]);
  await town.charge('0010001', '2026-10', 'Отопление', 500_00);
  await town.link(1, '0010001', { sum: 101_07 });
  await town.link(3, '0010001', { password: await town.password('0010001') });
  await town.link(3, '0010002', { sum: 71_03 });
  await town.db.deleteFrom('outbox').where('kind', '=', 'notice').execute();

  let operations = 0;
  const news = {
    ...town,
    ...newsHands(town),
    office: { news: createNews(edges), sessions: createSessions(edges), notices: createNotices(edges) },
    settings,
    scans,

    async pay(account: string, day: string, sumKopecks: number) {
      await make.payment(town.db, { account, day, sumKopecks, operation: `news-${++operations}` });
    },
    async meter(account: string, number: string, more: { verificationDue?: string; valueDay?: string } = {}) {
      await make.meter(town.db, { account, number, service: 'Холодное водоснабжение', value: '12', ...more });
    },
    /** For the window that opens on that day, by a resident or a guest. */
    async handIn(account: string, number: string, windowOpens: string, submittedBy = 'resident') {
      const nobody = { residentId: null, previousValue: null, previousDay: null };
      const row = { account, number, scale: '', service: 'Холодное водоснабжение', windowOpens, submittedBy, value: '13' };
      await make.reading(town.db, { ...row, day: windowOpens, takenAt: town.now(), ...nobody });
    },
    /** All that is in line was sent. */
    async arrived(): Promise<void> {
      const rows = await town.db.selectFrom('outbox').select('id').where('kind', '=', 'notice').execute();
      await markOutboxDone(
        town.db,
        rows.map(({ id }) => id),
        town.now(),
      );
    },
    /** The texts that came in line since the last time, as `person: text`; in order of the person. */
    async told(): Promise<string[]> {
      await scans.goOn();
      const rows = await town.db
        .selectFrom('outbox')
        .where('kind', '=', 'notice')
        .select(['addressee', 'text'])
        .where('attempts', '=', 0)
        .execute();
      await town.db.updateTable('outbox').where('kind', '=', 'notice').set({ attempts: 1 }).execute();
      return rows.map(({ addressee, text }) => `${addressee.replace('telegram:', '')}: ${text.replace('notice-', '')}`).sort();
    },
  };
  return news;
}

test.each([
  { day: '2026-12-14', inTime: 'yes' },
  { day: '2026-12-15', inTime: 'yes' },
  { day: '2026-12-16', inTime: 'no' },
])('told on $day, when November is to be paid by the 15th: with the day? $inTime', async ({ day, inTime }) => {
  const at = await openNews();
  await at.registry('charges');
  await at.told();
  at.at(`${day}T12:00`);
  await at.charge('0010001', '2026-11', 'Отопление', 700_00);
  await at.registry('charges');
  expect(await at.told()).toContain('1: charges');
  const [row] = await at.db
    .selectFrom('outbox')
    .where('kind', '=', 'notice')
    .selectAll()
    .where('text', '=', 'notice-charges')
    .execute();
  expect(row?.words).toMatchObject({ inTime, payBy: '2026-12-15' });
});

test('a new period is told to all who have the account and are signed in, once', async () => {
  const at = await openNews();
  await at.registry('charges');
  expect(await at.told()).toEqual([]);

  await at.charge('0010001', '2026-11', 'Отопление', 700_00);
  await at.pay('0010001', '2026-12-01', 50_00);
  await at.registry('charges');
  expect(await at.told()).toEqual(['1: charges', '2: charges', '3: charges']);
  const [row] = await at.db
    .selectFrom('outbox')
    .where('kind', '=', 'notice')
    .selectAll()
    .where('addressee', '=', 'telegram:1')
    .execute();
  expect(row).toMatchObject({ key: 'charges/0010001/2026-11/telegram:1', daytime: true, news: 'charges', account: '0010001' });
  expect(row?.words).toMatchObject({
    account: '0010001',
    period: '2026-11',
    balance: 'debt',
    total: 650_00,
    payBy: '2026-12-15',
  });

  // The same file again, a correction of an old period.
  await at.registry('charges');
  await at.charge('0010001', '2026-09', 'Отопление', 1_00);
  await at.registry('charges');
  expect(await at.told()).toEqual([]);
  // Nor when the notices themselves are long forgotten.
  await at.db.deleteFrom('outbox').where('kind', '=', 'notice').execute();
  await at.db.deleteFrom('newsScans').execute();
  expect(await at.told()).toEqual([]);
});

test('a correction of the sum that was told is told to whoever knows the former one, once for each registry', async () => {
  const at = await openNews();
  await at.registry('charges');
  await at.told();
  // Of the period that was there when the account was linked, too.
  await at.charge('0010001', '2026-10', 'Вода', 1_00);
  await at.registry('charges');
  expect(await at.told()).toEqual(['1: charges-corrected', '2: charges-corrected', '3: charges-corrected']);
  await at.db.deleteFrom('outbox').where('kind', '=', 'notice').execute();

  await at.charge('0010001', '2026-11', 'Отопление', 700_00);
  await at.registry('charges');
  expect(await at.told()).toEqual(['1: charges', '2: charges', '3: charges']);
  await at.arrived();
  await at.pay('0010001', '2026-12-01', 50_00);
  await at.charge('0010001', '2026-11', 'Вода', 100_00);
  await at.registry('charges');
  expect(await at.told()).toEqual(['1: charges-corrected', '2: charges-corrected', '3: charges-corrected']);
  const rows = () =>
    at.db.selectFrom('outbox').selectAll().where('text', '=', 'notice-charges-corrected').orderBy('id').execute();
  const [row] = await rows();
  expect(row).toMatchObject({ daytime: true, news: 'charges', account: '0010001' });
  expect(row?.words).toMatchObject({ period: '2026-11', was: 700_00, now: 800_00, nowBalance: 'debt', total: 750_00 });
  await at.arrived();

  // The same again, and another split of the same sum, are no news; a second correction is.
  await at.registry('charges');
  await at.charge('0010001', '2026-11', 'Газ', 0);
  await at.registry('charges');
  expect(await at.told()).toEqual([]);
  await at.db
    .updateTable('charges')
    .set({ dueKopecks: -900_00 })
    .where('service', '=', 'Вода')
    .where('period', '=', '2026-11-01')
    .execute();
  await at.registry('charges');
  expect(await at.told()).toEqual(['1: charges-corrected', '2: charges-corrected', '3: charges-corrected']);
  expect((await rows()).at(-1)?.words).toMatchObject({ was: 800_00, now: 200_00, nowBalance: 'overpaid', balance: 'overpaid' });
  await at.arrived();

  // By day only, as all news.
  at.at('2026-12-20T23:00');
  await at.charge('0010001', '2026-11', 'Вывоз ТКО', 5_00);
  await at.registry('charges');
  expect(await at.told()).toEqual([]);
  at.at('2026-12-21T09:30');
  expect(await at.told()).toEqual(['1: charges-corrected', '2: charges-corrected', '3: charges-corrected']);
});

test.each([
  { was: 0, now: 100_00, said: 'Итог квитанции: платить было нечего, стало <b>100,00 ₽</b>.' },
  { was: 100_00, now: 0, said: 'Итог квитанции: было 100,00 ₽, теперь <b>платить нечего</b>.' },
  { was: -50_00, now: 0, said: 'Итог квитанции: была переплата 50,00 ₽, теперь <b>платить нечего</b>.' },
  { was: 0, now: -50_00, said: 'Итог квитанции: платить было нечего, стала <b>переплата 50,00 ₽</b>.' },
])('a correction names no sum of nothing: $said', async ({ was, now, said }) => {
  const at = await openNews();
  const { text } = loadTexts({ timeZone: 'Europe/Moscow', clock: at.now });
  const correct = async (dueKopecks: number) => {
    await at.db.updateTable('charges').set({ dueKopecks }).where('account', '=', '0010001').execute();
    await at.registry('charges');
    expect(await at.told()).toContain('1: charges-corrected');
  };
  await correct(was);
  await at.arrived();
  await correct(now);
  const row = await at.db
    .selectFrom('outbox')
    .select(['text', 'words'])
    .where('text', '=', 'notice-charges-corrected')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow();
  expect(text(row.text, row.words).replaceAll('\u00a0', ' ')).toContain(said);
});

test('whoever links an account is not told what it had', async () => {
  const at = await openNews();
  await at.charge('0010002', '2026-10', 'Отопление', 700_00);
  await at.pay('0010002', '2026-11-18', 50_00);
  await at.resident(4);
  await at.link(4, '0010002', { password: await at.password('0010002') });
  await at.db.deleteFrom('outbox').where('kind', '=', 'notice').execute();
  await at.registry('charges');
  await at.registry('payments');
  expect(await at.told()).toEqual(['3: charges', '3: payments']);
});

test('a posted payment is told once; an old one and one that was there are no news', async () => {
  const at = await openNews();
  await at.pay('0010001', '2026-11-15', 300_00);
  await at.pay('0010001', '2026-11-16', -300_00);
  await at.pay('0010001', '2026-10-19', 9_00);
  await at.pay('0010002', '2026-10-01', 9_00);
  await at.registry('payments');
  expect(await at.told()).toEqual(['1: payments', '2: payments', '3: payments']);
  const [{ words } = { words: {} }] = await at.notices('telegram:3');
  expect(words).toMatchObject({
    account: '0010001',
    moved: 'mixed',
    way: 'nothing',
    count: 2,
    more: 0,
    lines: [
      { text: 'notice-payments-line', words: { day: '2026-11-15', sum: 300_00, reversed: 'no' } },
      { text: 'notice-payments-line', words: { day: '2026-11-16', sum: 300_00, reversed: 'yes' } },
    ],
  });
  await at.registry('payments');
  expect(await at.told()).toEqual([]);
});

test('years of payments that come at once are twenty lines and the rest a number', async () => {
  const at = await openNews();
  for (let n = 0; n < 33; n += 1) await at.pay('0010002', '2026-11-15', 100 + n);
  await at.registry('payments');
  expect(await at.told()).toEqual(['3: payments']);
  const [{ words } = { words: {} }] = await at.notices('telegram:3');
  expect(words).toMatchObject({ count: 33, more: 13 });
  expect('lines' in words && words.lines).toHaveLength(20);
});

test('signed out: by oneself or by time without figures and of several accounts once; by somebody else nothing', async () => {
  const at = await openNews();
  await at.office.sessions.signOut(at.by(3));
  const home = (await at.office.sessions.list(at.by(1))).find(({ here }) => !here);
  await at.office.sessions.end(at.by(1), home?.id ?? '');
  await at.db.deleteFrom('outbox').where('kind', '=', 'notice').execute();
  await at.charge('0010001', '2026-11', 'Отопление', 700_00);
  await at.charge('0010002', '2026-11', 'Отопление', 700_00);
  await at.registry('charges');
  expect(await at.told()).toEqual(['1: charges', '3: charges-signed-out']);
  const [{ words, doors } = { words: null, doors: [] }] = await at.notices('telegram:3');
  // Unseen: should its registry be undone.
  expect(Object.keys(words ?? {})).toEqual(['accounts', 'toldBefore']);
  expect(words?.['accounts']).toMatch(/^(0010001,0010002|0010002,0010001)$/);
  expect(doors.map((door) => 'dialog' in door && door.dialog)).toEqual(['sign-in', 'no-news']);

  at.later(61 * DAY);
  await at.charge('0010001', '2026-12', 'Отопление', 700_00);
  await at.registry('charges');
  expect((await at.told()).filter((line) => line.includes('charges'))).toEqual([
    '1: charges-signed-out',
    '3: charges-signed-out',
  ]);

  // «Больше не присылать», until the next sign-in.
  expect(await at.office.news.silence(at.by(3))).toEqual({ outcome: 'silenced' });
  await at.charge('0010001', '2027-01', 'Отопление', 700_00);
  await at.registry('charges');
  expect((await at.told()).filter((line) => line.includes('charges'))).toEqual(['1: charges-signed-out']);
});

test('whose phone is taken by somebody else while news waits in line is not told', async () => {
  const at = await openNews();
  await at.charge('0010002', '2026-11', 'Отопление', 700_00);
  await at.registry('charges');
  expect(await at.told()).toEqual(['3: charges']);
  expect(await at.saidNow(3)).toBe('notice-charges');
  await at.db.updateTable('residents').set({ phone: null }).where('login', '=', 'resident3').execute();
  expect(await at.saidNow(3)).toBe(undefined);
});

test('who has signed in to another login is told of that one only', async () => {
  const at = await openNews();
  const family = await at.resident(5);
  await at.db.updateTable('sessions').set({ endedAt: at.now() }).where('messengerId', '=', 'telegram:3').execute();
  await make.session(at.db, {
    residentId: family,
    messengerId: 'telegram:3',
    openedAt: at.now(),
    seenAt: at.now(),
    endedAt: null,
  });
  await at.charge('0010002', '2026-11', 'Отопление', 700_00);
  await at.registry('charges');
  expect(await at.told()).toEqual([]);
});

test('switches: each by itself, for the whole login, idempotent, and for what is in line already', async () => {
  const at = await openNews();
  expect(await at.office.news.switchKind(at.by(2, 'same'), 'charges', false)).toEqual(
    await at.office.news.switchKind(at.by(2, 'same'), 'charges', false),
  );
  await at.office.news.switchKind(at.by(1), 'charges', false);
  const listed = await at.office.news.list(at.by(1));
  expect(listed).toMatchObject({ outcome: 'listed' });
  expect(listed.outcome === 'listed' && listed.switches.filter(({ on }) => !on).map(({ kind }) => kind)).toEqual(['charges']);
  expect(await at.office.news.switchKind(at.by(9), 'charges', false)).toEqual({ outcome: 'guest' });

  await at.charge('0010001', '2026-11', 'Отопление', 700_00);
  await at.pay('0010001', '2026-11-15', 300_00);
  await at.registry('charges');
  await at.registry('payments');
  expect(await at.told()).toEqual(['1: payments', '2: payments', '3: charges', '3: payments']);

  expect(await at.saidNow(1)).toBe('notice-payments');
  await at.office.news.switchKind(at.by(2), 'payments', false);
  expect(await at.saidNow(1)).toBeUndefined();
  await at.office.news.switchKind(at.by(1), 'payments', true);
  expect(await at.saidNow(1)).toBe('notice-payments');
  await at.office.sessions.signOut(at.by(1));
  expect(await at.saidNow(1)).toBe('notice-payments-signed-out');
  expect(await at.saidNow(2)).toBe('notice-payments');
  const listing = await at.links.list(at.by(3));
  for (const each of listing.outcome === 'listed' ? listing.accounts : []) await at.links.unlink(at.by(3), each.link);
  expect(await at.saidNow(3)).toBeUndefined();
});

test('who has blocked the bot is not told until back, and then not what was', async () => {
  const at = await openNews();
  await at.db.transaction().execute((trx) => giveUpPerson(trx, 'telegram:2', at.now()));
  at.later(5 * DAY);
  await at.charge('0010001', '2026-11', 'Отопление', 700_00);
  await at.registry('charges');
  expect((await at.told()).filter((line) => line.includes('charges'))).toEqual(['1: charges', '3: charges']);
  await at.office.notices.welcomeBack([at.by(2).messengerId]);
  expect(await at.told()).toEqual([]);
  await at.charge('0010001', '2026-12', 'Отопление', 700_00);
  await at.registry('charges');
  expect((await at.told()).filter((line) => line.includes('charges'))).toEqual(['1: charges', '2: charges', '3: charges']);
});

test('nothing is put in line at night; in the morning it is', async () => {
  const at = await openNews();
  at.at('2026-11-20T20:58:00');
  await at.charge('0010001', '2026-11', 'Отопление', 700_00);
  await at.registry('charges');
  at.at('2026-11-20T21:00:00');
  expect(await at.told()).toEqual([]);
  at.at('2026-11-21T08:59:59');
  expect(await at.told()).toEqual([]);
  at.at('2026-11-21T09:00:00');
  expect((await at.told()).filter((line) => line.includes('charges'))).toHaveLength(3);
});

test('the window of readings: told when it opens and the day before it closes, to those who have not handed in', async () => {
  const at = await openNews();
  await at.meter('0010001', '111');
  await at.account('0010003', [['2026-10-12', 41_09]], { closed: true });
  await at.meter('0010003', '333');
  await at.resident(6);
  await at.link(6, '0010003', { sum: 41_09 });
  at.at('2026-12-19T23:00:00');
  await at.signInAnew();
  expect(await at.told()).toEqual([]);
  at.at('2026-12-20T09:00:00');
  expect(await at.told()).toEqual(['1: readings-open', '2: readings-open', '3: readings-open']);
  at.later(DAY);
  expect(await at.told()).toEqual([]);
  expect((await at.notices('telegram:1')).at(-1)?.words).toEqual({ closes: '2026-12-25' });

  await at.meter('0010002', '222', { valueDay: '2026-12-20' });
  at.at('2026-12-24T10:00:00');
  expect(await at.told()).toEqual(['1: readings-close', '2: readings-close', '3: readings-close']);
  expect((await at.notices('telegram:3')).at(-1)?.words).toMatchObject({
    closes: '2026-12-25',
    accounts: [{ text: 'account-title', words: { account: '0010001' } }],
  });
  at.later(DAY);
  expect(await at.told()).toEqual([]);
  at.at('2027-01-20T10:00:00');
  expect(await at.told()).toEqual(['1: readings-open', '2: readings-open', '3: readings-open']);
  await at.handIn('0010001', '111', '2027-01-20');
  await at.handIn('0010002', '222', '2027-01-20', 'telegram:99');
  at.at('2027-01-24T10:00:00');
  expect(await at.told()).toEqual(['3: readings-close']);

  at.at('2027-02-23T10:00:00');
  await at.signInAnew();
  await at.handIn('0010001', '111', '2027-02-20');
  await at.handIn('0010002', '222', '2027-02-20');
  await at.db.updateTable('readings').set({ state: 'refused' }).where('number', '=', '222').execute();
  expect(await at.told()).toEqual(['3: readings-open']);
  at.later(DAY);
  expect(await at.told()).toEqual(['3: readings-close']);
});

test('a bot that did not run tells late, not twice and not what is over', async () => {
  const at = await openNews();
  await at.meter('0010001', '111');
  at.at('2026-12-22T10:00:00');
  await at.signInAnew();
  expect(await at.told()).toEqual(['1: readings-open', '2: readings-open', '3: readings-open']);
  at.at('2027-01-25T10:00:00');
  expect(await at.told()).toEqual(['1: readings-close', '2: readings-close', '3: readings-close']);
  at.at('2027-01-26T10:00:00');
  expect(await at.told()).toEqual([]);
});

test('a verification that runs out is told 60 and 14 days before, the meters of a day together', async () => {
  const at = await openNews();
  await at.meter('0010001', '111', { verificationDue: '2027-03-01' });
  await at.meter('0010001', '112', { verificationDue: '2027-03-01' });
  await at.meter('0010001', '113', { verificationDue: '2029-03-01' });
  const verification = async () => (await at.told()).filter((line) => line.includes('verification'));
  at.at('2026-12-30T12:00:00');
  await at.signInAnew();
  expect(await verification()).toEqual([]);
  at.later(DAY);
  expect(await verification()).toEqual(['1: verification', '2: verification', '3: verification']);
  const words = (await at.notices('telegram:1')).find(({ text }) => text === 'notice-verification')?.words;
  expect(words).toMatchObject({ due: '2027-03-01', count: 2 });
  for (const days of [1, 1, 5, 20, 10, 8]) {
    at.later(days * DAY);
    await at.db
      .deleteFrom('outbox')
      .where('kind', '=', 'notice')
      .where('createdAt', '<', new Date(at.now().getTime() - 30 * DAY))
      .execute();
    expect(await verification()).toEqual([]);
  }
  at.later(DAY);
  expect(await verification()).toHaveLength(3);
  for (const days of [1, 5, 8, 3]) {
    at.later(days * DAY);
    expect(await verification()).toEqual([]);
  }
});

test('a verification that is first known of in its last days is told once, and not after its end', async () => {
  const at = await openNews();
  at.at('2026-12-07T12:00:00');
  await at.signInAnew();
  await at.meter('0010001', '111', { verificationDue: '2026-12-10' });
  await at.meter('0010002', '222', { verificationDue: '2026-12-06' });
  const verification = async () => (await at.told()).filter((line) => line.includes('verification'));
  expect(await verification()).toEqual(['1: verification', '2: verification', '3: verification']);
  at.later(DAY);
  expect(await verification()).toEqual([]);
  // Known of on its last day.
  at.later(2 * DAY);
  await at.meter('0010002', '223', { verificationDue: '2026-12-10' });
  expect(await verification()).toEqual(['3: verification']);
  at.later(DAY);
  expect(await verification()).toEqual([]);
});

test('what is about to be told is put in line once, whoever does it and however often it is broken off', async () => {
  const at = await openNews();
  const others = Array.from({ length: 12 }, (_, n) => 100 + n);
  for (const person of others) {
    await at.resident(person);
    const password = await at.password('0010002');
    await at.link(person, '0010002', { password });
  }
  await at.db.deleteFrom('outbox').where('kind', '=', 'notice').execute();
  await at.charge('0010002', '2026-11', 'Отопление', 700_00);
  await at.registry('charges');
  // A registry that is coming in keeps rounds away.
  await at.db.transaction().execute(async (trx) => {
    await lock(trx, 'registries');
    expect(await at.told()).toEqual([]);
  });
  const edges = { ...at.edges, settings: at.settings };
  await Promise.all(Array.from({ length: 5 }, () => createNewsScans(edges).goOn()));
  await at.scans.goOn();
  const rows = await at.db.selectFrom('outbox').where('kind', '=', 'notice').select('addressee').execute();
  expect(rows.map(({ addressee }) => addressee).sort()).toEqual([3, ...others].map((n) => `telegram:${n}`).sort());
});

test('a round goes on where it was broken off', async () => {
  const at = await openNews();
  const others = Array.from({ length: 9 }, (_, n) => 100 + n);
  for (const person of others) {
    await at.resident(person);
    await at.link(person, '0010002', { password: await at.password('0010002') });
  }
  await at.db.deleteFrom('outbox').where('kind', '=', 'notice').execute();
  await at.charge('0010002', '2026-11', 'Отопление', 700_00);
  await at.registry('charges');
  const edges = { ...at.edges, settings: at.settings };
  const told = () => at.db.selectFrom('outbox').where('kind', '=', 'notice').select('addressee').execute();

  // Two steps of three links a call; a step that breaks leaves nothing behind.
  const scans = createNewsScans(edges, { step: 3, steps: 2 });
  expect((await scans.goOn()).finished).toEqual([]);
  expect(await told()).toHaveLength(6);
  let looks = 0;
  const breaking = createNewsScans(
    { ...edges, centre: new Proxy(edges.centre, { get: () => fail(++looks) }) },
    { step: 3, steps: 2 },
  );
  await expect(breaking.goOn()).rejects.toThrow('broken off');
  expect(await told()).toHaveLength(6);
  expect((await scans.goOn()).finished.map(({ told: count }) => count)).toEqual([]);
  expect((await scans.goOn()).finished.filter(({ name }) => name.startsWith('charges'))).toEqual([
    { name: 'charges/1/by-resident', told: 10 },
  ]);
  expect(new Set((await told()).map(({ addressee }) => addressee)).size).toBe(10);
});

test('a withdrawn consent takes what waits in line along', async () => {
  const at = await openNews();
  await at.charge('0010002', '2026-11', 'Отопление', 700_00);
  await at.registry('charges');
  expect(await at.told()).toEqual(['3: charges']);
  await at.db.deleteFrom('residents').where('login', '=', 'resident3').execute();
  expect(await at.notices('telegram:3')).toEqual([]);
  at.later(HOUR);
  expect(await at.told()).toEqual([]);
});

test('news that cannot be put in line keeps back no other news', async () => {
  const at = await openNews();
  await at.registry('charges');
  await at.registry('payments');
  await at.told();
  await sql`
    create function refuse_charges() returns trigger language plpgsql as $$ begin raise exception 'poison'; end $$;
  `.execute(at.db);
  await sql`
    create trigger refuse_charges before insert on outbox for each row when (new.news = 'charges') execute function refuse_charges()
  `.execute(at.db);
  await at.charge('0010001', '2026-11', 'Отопление', 700_00);
  await at.registry('charges');
  await at.pay('0010002', '2026-12-01', 50_00);
  await at.registry('payments');
  await expect(at.scans.goOn()).rejects.toThrow(AggregateError);
  const texts = await at.db.selectFrom('outbox').select('text').where('kind', '=', 'notice').execute();
  expect(texts.map(({ text }) => text)).toEqual(['notice-payments']);
});
