import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { importConnection } from '../../../src/adapters/postgres/import-connection.ts';
import { openRegistry } from '../../../src/adapters/registries/file.ts';
import { exportNew } from '../../../src/office/registries/exports.ts';
import { READINGS_OUT } from '../../../src/office/readings/reading-export.ts';
import { importRegistry } from '../../../src/office/registries/import-registry.ts';
import { undoRegistryImport } from '../../../src/office/registries/undo.ts';
import { createNewsScans } from '../../../src/office/news/news-scans.ts';
import { createRetention } from '../../../src/office/retention.ts';
import { lockLinking } from '../../../src/records/sum-failures.ts';
import { NOT_WANTED } from '../../../src/records/notices.ts';
import { findDataDay } from '../../../src/records/registries/imports.ts';
import { ACCOUNTS, type Desk, openDesk } from './desk.ts';
import { meetAtLock } from '../../kit/at-lock.ts';
import { CENTRE } from '../../kit/centre.ts';
import * as make from '../../kit/make.ts';
import { OFFICE_SETTINGS } from '../../kit/office-settings.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

const NOW = new Date('2026-11-25T09:00:00Z');
const BY = { who: 'command line', name: 'operator' };

async function take(lines: readonly string[], now = NOW): Promise<number> {
  const path = join(desk.folder, 'r.csv');
  await writeFile(path, `${lines.join('\n')}\n`);
  const file = await openRegistry(path);
  const clock = () => now;
  const deps = { connection: importConnection(desk.pool), clock, timeZone: 'Europe/Moscow' };
  try {
    return (await importRegistry(deps, file, { owners: 'any', closings: 'any' })).number ?? 0;
  } finally {
    await file.close();
  }
}

const undo = (number: number, now = NOW) =>
  desk.db.transaction().execute((trx) => undoRegistryImport(trx, number, { now, timeZone: 'Europe/Moscow', by: BY }));

const TABLES = ['accounts', 'charges', 'payments', 'meters', 'meter_values', 'reading_answers', 'links', 'readings'];

/** What is held, row by row; `marks`: with the numbers that rows have. */
async function held(marks = true): Promise<string> {
  const parts = [];
  for (const table of TABLES) {
    const { rows } = await sql<{ row: string }>`
      select (to_jsonb(t) ${marks ? sql`` : sql`- 'import_id' - 'entry'`})::text as row from ${sql.table(table)} as t order by 1
    `.execute(desk.db);
    parts.push(`${table}\n${rows.map(({ row }) => row).join('\n')}`);
  }
  return parts.join('\n');
}

type File = { kind: string; rows: string[] };
const account = fc.constantFrom('0010001', '0010002', '0010003');
const sum = fc.integer({ min: 1, max: 3 }).map(String);
const rowsOf = (row: fc.Arbitrary<string>) => fc.uniqueArray(row, { minLength: 1, maxLength: 5 });
const file: fc.Arbitrary<File> = fc.oneof(
  fc.record({
    kind: fc.constant('ЛС;Период;Поставщик;Услуга;Входящее сальдо;Начислено;К оплате'),
    rows: rowsOf(
      fc
        .tuple(
          account,
          fc.constantFrom('09.2026', '10.2026'),
          fc.constantFrom('', 'А'),
          fc.constantFrom('Вода', 'Тепло', 'Свет'),
          sum,
        )
        .map(([a, p, s, u, x]) => `${a};${p};${s};${u};0;${x};${x}`),
    ),
  }),
  fc.record({
    kind: fc.constant('ЛС;Дата;Сумма;Источник;Номер операции'),
    rows: rowsOf(fc.tuple(account, sum, fc.integer({ min: 1, max: 4 })).map(([a, x, n]) => `${a};0${x}.11.2026;${x};Банк;${n}`)),
  }),
  fc.record({
    kind: fc.constant('ЛС;Номер счетчика;Услуга;Показание;Дата показания'),
    rows: rowsOf(
      fc.tuple(account, fc.constantFrom('M1', 'M2'), sum, sum).map(([a, m, v, d]) => `${a};${m};Вода;${v};0${d}.11.2026`),
    ),
  }),
  fc.record({
    kind: fc.constant('ЛС;ФИО;Адрес'),
    rows: rowsOf(
      fc
        .tuple(account, fc.constantFrom('Иванов Иван', 'Сидоров Пётр'), fc.constantFrom('ул. Лесная', 'ул. Мира'))
        .map(([a, o, h]) => `${a};${o};${h}`),
    ),
  }),
);
const BASE = [...ACCOUNTS, '0010003;Котов Олег;ул. Лесная, д. 3'];

async function startAgain(): Promise<void> {
  await sql`truncate charges, payments, meters, meter_values, registry_imports, registry_previous_rows`.execute(desk.db);
  await take(BASE);
}

test('any import that can be undone leaves what the others alone would have left; the others are named, and in their turn can be', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(file, { minLength: 1, maxLength: 5 }), fc.nat(4), async (files, chosen) => {
      const lines = files.map(({ kind, rows }) => [kind, ...rows]);
      await startAgain();
      const states: string[] = [await held()];
      const numbers: number[] = [];
      for (const each of lines) {
        numbers.push(await take(each));
        states.push(await held());
      }
      const at = chosen % files.length;
      const done = await undo(numbers[at] ?? 0);
      if (done.outcome === 'undone') {
        const left = await held(false);
        await startAgain();
        for (const [index, each] of lines.entries()) if (index !== at) await take(each);
        expect(left).toBe(await held(false));
      } else {
        expect(done).toEqual({ outcome: 'rests', on: expect.any(Number) as number });
        for (let last = files.length - 1; last >= at; last -= 1) {
          expect(await undo(numbers[last] ?? 0)).toMatchObject({ outcome: 'undone' });
          expect(await held()).toBe(states[last]);
        }
      }
    }),
    { numRuns: 30 },
  );
}, 300_000);

test('the later import is named, and an undone file comes in again', async () => {
  await take(BASE);
  const payments = ['ЛС;Дата;Сумма;Источник;Номер операции', '0010001;05.11.2026;100;Банк;1', '0010002;06.11.2026;5;Банк;2'];
  const first = await take(payments);
  // It changes nothing, and yet it says that these payments are there.
  const second = await take(payments);
  expect(await undo(first)).toEqual({ outcome: 'rests', on: second });
  expect(await undo(second)).toMatchObject({ outcome: 'undone', removed: 0, restored: 0 });
  expect(await undo(second)).toEqual({ outcome: 'already' });
  expect(await undo(first)).toMatchObject({ outcome: 'undone', kind: 'payments', name: 'r.csv', removed: 2 });
  expect(await desk.db.selectFrom('payments').select('operation').execute()).toEqual([]);
  expect(await undo(99)).toEqual({ outcome: 'none' });
  await take(payments);
  expect(await desk.db.selectFrom('payments').select('operation').execute()).toHaveLength(2);
  const journal = await desk.db.selectFrom('auditLog').select(['who', 'what', 'details']).orderBy('id').execute();
  expect(journal[1]).toEqual({
    who: 'command line',
    what: 'registries.undo',
    details: { number: first, name: 'r.csv', kind: 'payments', removed: 2, restored: 0, links: 0 },
  });
  const told = await desk.db.selectFrom('outbox').where('kind', '=', 'notice').select(['addressee', 'text']).execute();
  expect(told.filter(({ text }) => text === 'staff-registry-undone')).toHaveLength(2);
});

test('a reversal rests on its payment: undone without it, less than nothing would be left', async () => {
  await take(BASE);
  const header = 'ЛС;Дата;Сумма;Источник;Номер операции';
  const paid = await take([header, '0010001;05.11.2026;100;Банк;1']);
  const back = await take([header, '0010001;07.11.2026;-100;Банк;1']);
  expect(await undo(paid)).toEqual({ outcome: 'rests', on: back });
  expect(await undo(back)).toMatchObject({ outcome: 'undone', removed: 1 });
  expect(await undo(paid)).toMatchObject({ outcome: 'undone', removed: 1 });
  expect(await desk.db.selectFrom('payments').selectAll().execute()).toEqual([]);
});

test('who says after it that a meter is gone rests on it, though it wrote nothing', async () => {
  await take(BASE);
  const header = 'ЛС;Номер счетчика;Услуга';
  await take([header, '0010001;M1;Вода', '0010001;M2;Вода']);
  const gone = await take([header, '0010001;M1;Вода']);
  const again = await take([header, '0010001;M1;Вода']);
  expect(await undo(gone)).toEqual({ outcome: 'rests', on: again });
  await undo(again);
  expect(await undo(gone)).toMatchObject({ outcome: 'undone', removed: 0 });
  const meters = await desk.db.selectFrom('meters').select('number').orderBy('number').execute();
  expect(meters.map(({ number }) => number)).toEqual(['M1', 'M2']);
});

test('the day of the data is of what is there: it goes back with an import, and a corrected row corrects it', async () => {
  await take(BASE);
  const header = 'ЛС;Дата;Сумма;Источник;Номер операции';
  const day = () => findDataDay(desk.db, 'payments');
  await take([header, '0010001;05.11.2026;100;Банк;1']);
  const far = await take([header, '0010002;24.11.2026;5;Банк;2']);
  expect(await day()).toBe('2026-11-24');
  await undo(far);
  expect(await day()).toBe('2026-11-05');
  await take([header, '0010002;24.11.2026;5;Банк;2']);
  await take([header, '0010002;14.11.2026;5;Банк;2']);
  expect(await day()).toBe('2026-11-14');
  // A row of tomorrow is lawful; the data are of today at most.
  await take([header, '0010002;26.11.2026;5;Банк;3']);
  expect(await day()).toBe('2026-11-25');
  // What was let in before far days were refused speaks for nobody.
  await make.payment(desk.db, { account: '0010003', day: '2062-11-05', sumKopecks: 1, operation: 'old' });
  const last = await take([header, '0010002;14.11.2026;6;Банк;3']);
  expect(await day()).toBe('2026-11-14');
  await undo(last);
  expect(await day()).toBe('2026-11-25');
});

test('accounts that came with it go, unless something is attached to them', async () => {
  const first = await take(ACCOUNTS);
  const charges = await take(['ЛС;Период;Услуга;Входящее сальдо;Начислено;К оплате', '0010001;10.2026;Вода;0;5;5']);
  expect(await undo(first)).toEqual({ outcome: 'rests', on: charges });
  await undo(charges);
  const resident = await addResident('ivan');
  await link(resident, '0010001');
  expect(await undo(first)).toEqual({ outcome: 'in-use', account: '0010001' });
  // An ended one is a trace of somebody, too.
  await desk.db.updateTable('links').set({ endedAt: NOW, endedWhy: 'unlinked' }).execute();
  expect(await undo(first)).toEqual({ outcome: 'in-use', account: '0010001' });
  await desk.db.deleteFrom('links').execute();
  expect(await undo(first)).toMatchObject({ outcome: 'undone', removed: 2 });
  expect(await desk.db.selectFrom('accounts').select('number').execute()).toEqual([]);
});

test('links that it closed are open again, and their residents are told by day; who linked as the new owner keeps it from being undone', async () => {
  await take(BASE);
  const [ivan, anna] = [await addResident('ivan'), await addResident('anna')];
  await link(ivan, '0010001');
  const before = await held();
  const sold = ['ЛС;ФИО;Адрес', '0010001;Сидоров Пётр;ул. Лесная, д. 1, кв. 1'];
  const number = await take(sold);
  const closed = () => desk.db.selectFrom('links').select('id').where('endedWhy', '=', 'owner-changed').execute();
  expect(await closed()).toHaveLength(1);
  // Nobody was told yet: nobody hears of it at all.
  expect(await undo(number)).toMatchObject({ outcome: 'undone', restored: 1, links: 1 });
  expect(await held()).toBe(before);
  const notices = () =>
    desk.db
      .selectFrom('outbox')
      .where('kind', '=', 'notice')
      .select(['text', 'daytime'])
      .where('addressee', '=', 'telegram:ivan')
      .orderBy('id')
      .execute();
  expect(await notices()).toEqual([]);

  const again = await take(sold, new Date(NOW.getTime() + 60_000));
  await desk.db.updateTable('outbox').where('kind', '=', 'notice').set({ doneAt: NOW, words: '{}', doors: '[]' }).execute();
  const anew = await link(anna, '0010001', new Date(NOW.getTime() + 120_000));
  const kept = await held();
  expect(await undo(again)).toEqual({ outcome: 'linked-since', account: '0010001' });
  expect(await held()).toBe(kept);
  await desk.db.deleteFrom('links').where('id', '=', anew).execute();
  expect(await undo(again)).toMatchObject({ outcome: 'undone', links: 1 });
  expect(await held()).toBe(before);
  expect(await notices()).toEqual([
    { text: 'notice-link-owner-changed', daytime: true },
    { text: 'notice-link-reopened', daytime: true },
  ]);
});

test('when the owner changed is again what it was before: the last time that stands, or never', async () => {
  await take(BASE);
  const changedAt = async () =>
    (await desk.db.selectFrom('accounts').select('ownerChangedAt').where('number', '=', '0010001').executeTakeFirstOrThrow())
      .ownerChangedAt;
  const owner = (name: string) => ['ЛС;ФИО;Адрес', `0010001;${name};ул. Лесная, д. 1, кв. 1`];
  const first = await take(owner('Сидоров Пётр'));
  const later = new Date(NOW.getTime() + 86_400_000);
  const second = await take(owner('Орлова Вера'), later);
  expect(await changedAt()).toEqual(later);
  expect(await undo(second, later)).toMatchObject({ outcome: 'undone' });
  expect(await changedAt()).toEqual(NOW);
  expect(await undo(first, later)).toMatchObject({ outcome: 'undone' });
  expect(await changedAt()).toBeNull();
});

test('passwords and proofs of the owner of in between end with it, and the password of the owner before is good again', async () => {
  await take(BASE);
  const password = (account: string, fingerprint: string) =>
    desk.db
      .insertInto('accountPasswords')
      .values({
        account,
        fingerprint: fingerprint.padEnd(43),
        issuedAt: NOW,
        issuedBy: 'a test',
        expiresAt: new Date(NOW.getTime() + 86_400_000),
      })
      .execute();
  const live = async () =>
    (await desk.db.selectFrom('accountPasswords').select('fingerprint').where('endedAt', 'is', null).execute())
      .map(({ fingerprint }) => fingerprint.trim())
      .toSorted();
  await password('0010001', 'of the owner before');
  // Of the second account only the spelling changes.
  const sold = ['ЛС;ФИО;Адрес', '0010001;Сидоров Пётр;ул. Лесная, д. 1, кв. 1', '0010002;ПЕТРОВА АННА;ул. Лесная, д. 2'];
  const number = await take(sold);
  expect(await live()).toEqual([]);
  await password('0010001', 'of the owner between');
  await password('0010002', 'of the same owner');
  const anna = await addResident('anna');
  const proof = {
    messengerId: 'telegram:anna',
    residentId: anna,
    passwordId: null,
    expiresAt: new Date(NOW.getTime() + 600_000),
  };
  for (const account of ['0010001', '0010002'])
    await desk.db
      .insertInto('linkProofs')
      .values({ ...proof, account })
      .execute();

  expect(await undo(number)).toMatchObject({ outcome: 'undone', restored: 2 });
  expect(await live()).toEqual(['of the owner before', 'of the same owner']);
  expect(await desk.db.selectFrom('linkProofs').select('account').execute()).toEqual([{ account: '0010002' }]);
});

test('a link that is being made by a proof of the owner of in between is waited for, and keeps it from being undone', async () => {
  await take(BASE);
  const number = await take(['ЛС;ФИО;Адрес', '0010001;Сидоров Пётр;ул. Лесная, д. 1, кв. 1']);
  const anna = await addResident('anna');
  const proof = { messengerId: 'telegram:anna', residentId: anna, account: '0010001', passwordId: null };
  await desk.db
    .insertInto('linkProofs')
    .values({ ...proof, expiresAt: new Date(NOW.getTime() + 600_000) })
    .execute();
  const [undone] = await meetAtLock(
    desk.db,
    async (trx) => {
      await trx.updateTable('linkProofs').set({ usedAt: NOW }).execute();
      await make.link(trx, { residentId: anna, account: '0010001', linkedAt: new Date(NOW.getTime() + 1000) });
    },
    () => undo(number),
    async () => undefined,
  );
  expect(undone).toEqual({ outcome: 'linked-since', account: '0010001' });
  // Nothing was done, and what Anna proved is as it was.
  expect(await desk.db.selectFrom('linkProofs').select('account').execute()).toHaveLength(1);
});

test('while the rows come back people go on linking: that is locked after them', async () => {
  await take(BASE);
  const number = await take(['ЛС;ФИО;Адрес', '0010001;Сидоров Пётр;ул. Лесная, д. 1, кв. 1']);
  const untouched = async () => {
    const free = sql`select number from accounts where number = '0010001' for no key update skip locked`;
    return (await free.execute(desk.db)).rows.length;
  };
  const [undone, found] = await meetAtLock(desk.db, lockLinking, () => undo(number), untouched);
  expect(found).toBe(0);
  expect(undone).toMatchObject({ outcome: 'undone', restored: 1 });
});

test('answers of billing go: the readings wait again, but for those that were handed in anew', async () => {
  await take(BASE);
  const row = { account: '0010001', scale: '', service: 'Вода', windowOpens: '2026-10-20', day: '2026-10-21', takenAt: NOW };
  const submittedBy = 'telegram:9';
  await make.reading(
    desk.db,
    { ...row, number: '77', submittedBy, value: '105' },
    { ...row, number: '78', submittedBy, value: '9' },
  );
  await exportNew({ db: desk.db, clock: () => NOW }, READINGS_OUT, async () => undefined);
  const before = await held();
  const answer = [
    'ЛС;Номер счетчика;Показание;Дата;Результат',
    '0010001;77;105;21.10.2026;принято',
    '0010001;78;9;21.10.2026;отклонено',
  ];
  const number = await take(answer);
  const states = async () =>
    (await desk.db.selectFrom('readings').select(['number', 'state']).orderBy('number').execute()).map(
      (r) => `${r.number} ${r.state}`,
    );
  expect(await states()).toEqual(['77 accepted', '78 refused']);
  await undo(number);
  expect(await held()).toBe(before);
  expect(
    await desk.db.selectFrom('outbox').where('kind', '=', 'notice').select('text').where('addressee', '=', submittedBy).execute(),
  ).toEqual([]);
  const again = await take(answer);
  await desk.db.updateTable('readings').set({ state: 'taken', value: '10', reason: null }).where('number', '=', '78').execute();
  await undo(again);
  expect(await states()).toEqual(['77 exported', '78 taken']);
});

test('an answer that was told is not told again when its file comes again; another one is', async () => {
  await take(BASE);
  await link(await addResident('ivan', '+79123456789'), '0010001');
  const row = { account: '0010001', number: '77', scale: '', service: 'Вода', windowOpens: '2026-10-20', day: '2026-10-21' };
  await make.reading(desk.db, { ...row, takenAt: NOW, submittedBy: 'resident', value: '105' });
  await exportNew({ db: desk.db, clock: () => NOW }, READINGS_OUT, async () => undefined);
  const answer = (result: string) => ['ЛС;Номер счетчика;Показание;Дата;Результат', `0010001;77;105;21.10.2026;${result}`];
  const told = async () =>
    (await desk.db.selectFrom('outbox').select('text').where('addressee', '=', 'telegram:ivan').orderBy('id').execute()).map(
      ({ text }) => text,
    );
  const first = await take(answer('принято'));
  await desk.db.updateTable('outbox').where('kind', '=', 'notice').set({ doneAt: NOW, words: '{}', doors: '[]' }).execute();
  await undo(first);
  const again = await take(answer('принято'), new Date(NOW.getTime() + 60_000));
  expect(await told()).toEqual(['notice-readings-accepted']);
  expect(await desk.db.selectFrom('readings').select('state').execute()).toEqual([{ state: 'accepted' }]);
  await undo(again, new Date(NOW.getTime() + 120_000));
  await take(answer('отклонено'), new Date(NOW.getTime() + 180_000));
  expect(await told()).toEqual(['notice-readings-accepted', 'notice-readings-refused-late']);
});

test('a payment of the bot that it posted is under way again', async () => {
  await take(BASE);
  const paid = { operation: 'p1', paidAt: NOW, paidDay: '2026-11-25' };
  await make.cardPayment(desk.db, [{ account: '0010001', sumKopecks: 100_00 }], paid);
  const line = () => desk.db.selectFrom('cardPaymentLines').select(['postedAt', 'trouble']).executeTakeFirstOrThrow();
  const number = await take(['ЛС;Дата;Сумма;Источник;Номер операции', '0010001;25.11.2026;99;Telegram;p1']);
  expect(await line()).toEqual({ postedAt: NOW, trouble: 'sum-differs' });
  await undo(number);
  expect(await line()).toEqual({ postedAt: null, trouble: null });
});

test('news of charges that are there no more are not told, and are told when they come again', async () => {
  await take(BASE);
  await link(await addResident('ivan', '+79123456789'), '0010001');
  const scans = (now: Date) => createNewsScans({ db: desk.db, clock: () => now, settings: OFFICE_SETTINGS, centre: CENTRE });
  const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
  const waiting = () =>
    desk.db.selectFrom('outbox').select(['key', 'words']).where('news', '=', 'charges').where('doneAt', 'is', null).execute();
  const charges = ['ЛС;Период;Услуга;Входящее сальдо;Начислено;К оплате', '0010001;12.2026;Вода;0;5;5'];
  const number = await take(charges, NOW);
  await scans(later(1)).goOn();
  expect(await waiting()).toMatchObject([{ key: 'charges/0010001/2026-12/telegram:ivan' }]);
  await undo(number, later(2));
  expect(await waiting()).toEqual([]);
  expect(await desk.db.selectFrom('links').select('chargesTold').execute()).toEqual([{ chargesTold: null }]);
  const again = await take(charges, later(3));
  await scans(later(4)).goOn();
  expect(await waiting()).toMatchObject([{ words: { total: 5_00 } }]);

  // Sent, it keeps its key for a month: the right sum comes as a correction of it.
  await desk.db.updateTable('outbox').where('news', '=', 'charges').set({ doneAt: NOW, words: '{}', doors: '[]' }).execute();
  await undo(again, later(5));
  await scans(later(6)).goOn();
  expect(await waiting()).toEqual([]);
  await take([charges[0] ?? '', '0010001;12.2026;Вода;0;4;4'], later(7));
  await scans(later(8)).goOn();
  expect(await waiting()).toMatchObject([
    { key: 'charges/0010001/2026-12/corrected/4/telegram:ivan', words: { was: 5_00, now: 4_00 } },
  ]);
});

test('accounts that it closed are open again: who was told that they closed is told so, who was not hears neither', async () => {
  await take(BASE);
  const [ivan, anna] = [await addResident('ivan'), await addResident('anna')];
  await link(ivan, '0010001');
  await link(anna, '0010002');
  const before = await held();
  const closed = ['ЛС;ФИО;Адрес;Закрыт', ...BASE.slice(1).map((row) => `${row};1`)];
  const notices = async (to: string) =>
    (
      await desk.db
        .selectFrom('outbox')
        .select(['text', 'daytime'])
        .where('kind', '=', 'notice')
        .where('addressee', '=', to)
        .orderBy('id')
        .execute()
    ).map(({ text, daytime }) => `${text}${daytime ? '' : ' at once'}`);
  const number = await take(closed);
  expect(await notices('telegram:ivan')).toEqual(['notice-account-closed']);
  await desk.db
    .updateTable('outbox')
    .where('addressee', '=', 'telegram:anna')
    .set({ doneAt: NOW, words: '{}', doors: '[]' })
    .execute();
  expect(await undo(number)).toMatchObject({ outcome: 'undone', restored: 3 });
  expect(await held()).toBe(before);
  expect(await notices('telegram:ivan')).toEqual([]);
  expect(await notices('telegram:anna')).toEqual(['notice-account-closed', 'notice-account-reopened']);
  // And once more it is told anew.
  await take(closed, new Date(NOW.getTime() + 60_000));
  expect(await notices('telegram:ivan')).toEqual(['notice-account-closed']);
  expect(await notices('telegram:anna')).toHaveLength(3);
});

test('of many accounts, closings and what undoes them are told of those alone that it is so of', async () => {
  const numbers = [1, 2, 3, 4, 5, 6, 7].map((n) => `002000${n}`);
  const registry = (closed: readonly string[]) => [
    'ЛС;ФИО;Адрес;Закрыт',
    ...numbers.map((number, n) => `${number};Иванов Иван;ул. Мира, д. 1, кв. ${n + 1};${closed.includes(number) ? '1' : ''}`),
  ];
  const minutes = (n: number) => new Date(NOW.getTime() + n * 60_000);
  await take(registry([]));
  const anna = await addResident('anna');
  for (const number of numbers) await link(anna, number);
  const notices = async () =>
    (await desk.db.selectFrom('outbox').select(['text', 'words']).where('doneAt', 'is', null).execute())
      .map(
        ({ text, words: { account } }) => `${text.replace('notice-account-', '')} ${typeof account === 'string' ? account : '?'}`,
      )
      .toSorted();
  const of = (event: string, accounts: readonly string[]) => accounts.map((account) => `${event} ${account}`);
  await take(registry(numbers), minutes(1));
  expect(await notices()).toEqual(of('closed', numbers));
  // One of them is open again before it was said.
  const rest = numbers.slice(1);
  await take(registry(rest), minutes(2));
  expect(await notices()).toEqual(of('closed', rest));

  await desk.db
    .updateTable('outbox')
    .set({ doneAt: minutes(3), words: '{}', doors: '[]' })
    .execute();
  await take(registry(numbers.slice(2)), minutes(4));
  expect(await notices()).toEqual(of('reopened', numbers.slice(1, 2)));
  await desk.db
    .updateTable('outbox')
    .set({ doneAt: minutes(5), words: '{}', doors: '[]' })
    .execute();
  // Closed once more, and open before that was said.
  await take(registry(rest), minutes(6));
  await take(registry([]), minutes(7));
  expect(await notices()).toEqual(of('reopened', numbers.slice(2)));
});

test('who lost the account to another owner by the same import, or linked it since, is not told that it is open again', async () => {
  await take(BASE);
  const [ivan, anna] = [await addResident('ivan'), await addResident('anna')];
  await link(ivan, '0010001');
  await link(anna, '0010002');
  const closed = [
    'ЛС;ФИО;Адрес;Закрыт',
    '0010001;Жилец Павел;ул. Лесная, д. 1, кв. 1;1',
    '0010002;Петрова Анна;ул. Лесная, д. 2;1',
  ];
  const number = await take(closed);
  const late = await addResident('late');
  await link(late, '0010002', NOW);
  // What is about an account that somebody has no more is given up when its turn comes.
  const closings = desk.db.updateTable('outbox').where('text', '=', 'notice-account-closed');
  await closings
    .set({ failedAt: NOW, lastError: NOT_WANTED, words: '{}', doors: '[]' })
    .where('addressee', '=', 'telegram:ivan')
    .execute();
  await closings.set({ doneAt: NOW, words: '{}', doors: '[]' }).where('addressee', '=', 'telegram:anna').execute();
  expect(await undo(number)).toMatchObject({ outcome: 'undone', links: 1 });
  const told = await desk.db
    .selectFrom('outbox')
    .select(['addressee', 'text'])
    .where('text', '=', 'notice-account-reopened')
    .execute();
  expect(told).toEqual([{ addressee: 'telegram:anna', text: 'notice-account-reopened' }]);
});

test('after sixty days what was before is forgotten, and so is what came before this was kept', async () => {
  const first = await take(BASE);
  const second = await take(['ЛС;ФИО;Адрес', '0010001;Иванов Иван;ул. Мира, д. 1']);
  const previousRows = () => desk.db.selectFrom('registryPreviousRows').select('importId').execute();
  const later = (days: number) => new Date(NOW.getTime() + days * 86_400_000);
  await createRetention({ db: desk.db, clock: () => later(59) }).deleteExpired();
  expect(await previousRows()).toHaveLength(1);
  expect(await undo(second, later(61))).toEqual({ outcome: 'too-old' });
  await createRetention({ db: desk.db, clock: () => later(61) }).deleteExpired();
  expect(await previousRows()).toEqual([]);
  await desk.db.updateTable('registryImports').set({ restsOn: null }).where('id', '=', first).execute();
  expect(await undo(first)).toEqual({ outcome: 'too-old' });
});

async function addResident(login: string, phone: string | null = null): Promise<string> {
  const id = await make.resident(desk.db, { login, phone, registeredAt: NOW });
  await make.session(desk.db, { residentId: id, messengerId: `telegram:${login}`, openedAt: NOW, seenAt: NOW });
  return id;
}

async function link(resident: string, number: string, at = new Date('2026-11-01T09:00:00Z')): Promise<string> {
  const row = { residentId: resident, account: number, way: 'sum' as const, linkedAt: at };
  return make.link(desk.db, row);
}
