import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { shownFileName } from '../../../../src/domain/registry-file.ts';
import { Layout } from '../../../../src/office/registries/layouts/layout.ts';
import { orderWorker } from '../../../../src/adapters/registries/orders/parts.ts';
import { ACCOUNTS, type Desk, openDesk } from '../desk.ts';
import { outfit } from './outfit.ts';
import { waitFor } from '../../../kit/wait-for.ts';

let desk: Desk;
let at: ReturnType<typeof outfit>;
beforeEach(async () => {
  desk = await openDesk();
  await desk.take(ACCOUNTS);
  at = outfit(desk.db, desk.pool);
});
afterEach(() => desk.close());

const PAYMENTS = ['ЛС;Дата;Сумма;Источник;Номер операции', '0010001;01.11.2026;100;Банк;1', '0019999;03.11.2026;1;Банк;3'];
const METERS = ['ЛС;Номер счетчика;Услуга', '0010001;M1;Вода'];
const payments = () => desk.db.selectFrom('payments').select('operation').execute();
const imports = async () =>
  (await desk.db.selectFrom('registryImports').select('kind').execute()).map(({ kind }) => kind).slice(1);
const staffNotices = () =>
  desk.db.selectFrom('outbox').where('kind', '=', 'notice').select('text').where('addressee', '=', 'staff').execute();
const journal = async () =>
  (await desk.db.selectFrom('auditLog').select(['who', 'what']).orderBy('id').execute()).map(({ who, what }) => `${who} ${what}`);

test('a check takes nothing in; «Провести» does, once, and it is journaled and told to the group', async () => {
  const order = await at.bring(701, PAYMENTS);
  expect(await payments()).toEqual([]);
  expect(at.chat).toHaveLength(1);
  expect(at.chat[0]?.doors).toEqual([`apply-${order}`, `again-${order}`, `drop-${order}`]);
  expect(at.handed.map(({ name }) => name)).toEqual(['reestr-noyabr.csv.refused.csv']);

  const pressed = at.by(701);
  const twice = [await at.registries.apply(pressed, order), await at.registries.apply(pressed, order)];
  expect(twice).toEqual([
    { outcome: 'applying', name: 'реестр ноябрь.csv' },
    { outcome: 'applying', name: 'реестр ноябрь.csv' },
  ]);
  await at.work();
  expect(await payments()).toEqual([{ operation: '1' }]);
  expect(await imports()).toEqual(['payments']);
  expect(await at.registries.apply(at.by(701), order)).toMatchObject({ outcome: 'stands', state: 'applied' });
  expect(await at.registries.drop(at.by(701), order)).toMatchObject({ outcome: 'stands', state: 'applied' });
  await at.work();
  expect(await imports()).toEqual(['payments']);
  expect(at.chat).toHaveLength(1);
  expect(at.chat[0]).toMatchObject({ text: expect.stringMatching(/Проведено: загрузка №\s2/) as string, doors: ['2'] });
  expect(await staffNotices()).toEqual([{ text: 'staff-registry-taken' }]);
  expect(await journal()).toEqual(['telegram:701 registries.bring', 'telegram:701 registries.apply']);
});

test('a layout knows a file by its whole name, also where that is too long to be shown', async () => {
  const layout = Layout.parse({
    name: 'Почта',
    kind: 'payments',
    fileName: '^Реестр.*отделение почтовой связи.*\\.csv$',
    rename: { 'Лицевой счёт': 'ЛС', Чек: 'Номер операции' },
  });
  at = outfit(desk.db, desk.pool, [layout]);
  const name = `Реестр ${'принятых платежей '.repeat(4)}отделение почтовой связи Таганрог 10.csv`;
  const order = await at.bring(
    701,
    ['Лицевой счёт;Дата;Сумма;Чек', '0010001;01.11.2026;100;1', '0019999;01.11.2026;100;2'],
    name,
  );
  expect(await at.orders()).toMatchObject([{ state: 'checked', trouble: null }]);
  expect(await at.registries.apply(at.by(701), order)).toEqual({ outcome: 'applying', name: shownFileName(name) });
  await at.work();
  expect(await payments()).toEqual([{ operation: '1' }]);
  const kept = await desk.db.selectFrom('registryImports').select('fileName').where('kind', '=', 'payments').execute();
  expect(kept).toEqual([{ fileName: shownFileName(name) }]);
  expect(at.chat[0]?.text).toContain(shownFileName(name));
  expect(at.handed[0]?.name).toMatch(/^reestr-prinyatykh-[\w-]+\.csv\.refused\.csv$/);
});

test('«Не проводить» is journaled, once', async () => {
  const order = await at.bring(701, PAYMENTS);
  expect(await at.registries.drop(at.by(701), order)).toMatchObject({ outcome: 'dropped' });
  expect(await at.registries.drop(at.by(701), order)).toMatchObject({ outcome: 'stands' });
  expect(await journal()).toEqual(['telegram:701 registries.bring', 'telegram:701 registries.drop']);
});

test('what was to be taken in by who left the group meanwhile is, and told to nobody but the group', async () => {
  const order = await at.bring(701, PAYMENTS);
  expect(await at.registries.apply(at.by(701), order)).toMatchObject({ outcome: 'applying' });
  const shown = at.chat.length;
  at.staff.delete('telegram:701');
  await at.work();
  expect(await payments()).toEqual([{ operation: '1' }]);
  expect(at.chat).toHaveLength(shown);
  expect(at.handed).toHaveLength(1);
  expect(at.chat.at(-1)?.text).not.toContain('Проведено');
  expect(await staffNotices()).toEqual([{ text: 'staff-registry-taken' }]);
  expect(await at.orders()).toMatchObject([{ state: 'applied', told: true }]);
});

test('money is for seniors; the rest is for every member; strangers and forged references get nothing', async () => {
  const money = await at.bring(702, PAYMENTS);
  expect(at.chat[0]?.doors).toEqual([`again-${money}`]);
  expect(await at.registries.apply(at.by(702), money)).toEqual({ outcome: 'senior-needed' });
  // Somebody else's check, also for a senior: the file is in another chat.
  for (const ref of [money, '00000000-0000-0000-0000-000000000000', "'; drop table accounts", ''])
    for (const verb of ['apply', 'checkAgain', 'drop'] as const)
      expect(await at.registries[verb](at.by(701), ref)).toEqual({ outcome: 'none' });
  expect(await at.registries.export(at.by(702), 'payments')).toEqual({ outcome: 'senior-needed' });
  expect(await at.registries.exportAgain(at.by(702), 'payments', 1)).toEqual({ outcome: 'senior-needed' });

  const meters = await at.bring(702, METERS);
  expect(await at.registries.apply(at.by(702), meters)).toMatchObject({ outcome: 'applying' });
  at.staff.delete('telegram:702');
  for (const done of [
    at.registries.enter(at.by(702)),
    at.registries.bring(at.by(702), { file: 'f', name: 'a.csv', bytes: 1 }),
    at.registries.apply(at.by(702), money),
    at.registries.export(at.by(702), 'readings'),
    at.registries.exportAgain(at.by(702), 'readings', 1),
  ])
    expect(await done).toEqual({ outcome: 'not-staff' });
  await at.work();
  expect(await imports()).toEqual(['meters']);
});

test('other bytes than were checked are not taken in', async () => {
  const order = await at.bring(701, PAYMENTS);
  for (const handle of at.files.keys()) at.files.set(handle, `${[...PAYMENTS, '0010001;02.11.2026;999999;Банк;9'].join('\n')}\n`);
  await at.registries.apply(at.by(701), order);
  await at.work();
  expect(await payments()).toEqual([]);
  expect(await at.orders()).toMatchObject([{ state: 'refused', trouble: 'changed', told: true }]);
  expect(at.chat[0]).toMatchObject({ text: expect.stringContaining('ничего не загружено') as string, doors: [`again-${order}`] });
  await at.registries.checkAgain(at.by(701), order);
  await at.work();
  await at.registries.apply(at.by(701), order);
  await at.work();
  expect(await payments()).toHaveLength(2);
});

test('what was checked more than a day ago is checked again before it is taken in', async () => {
  const order = await at.bring(701, PAYMENTS);
  at.later(25 * 3_600_000);
  expect(await at.registries.apply(at.by(701), order)).toMatchObject({ outcome: 'check-is-old' });
  await at.work();
  expect(await payments()).toEqual([]);
  expect(await at.registries.apply(at.by(701), order)).toMatchObject({ outcome: 'applying' });
});

test('a process that died after taking in and before telling: it is told, with the refused rows, and not taken in again', async () => {
  const order = await at.bring(701, PAYMENTS);
  await at.registries.apply(at.by(701), order);
  let shows = 0;
  at.trip((what) => (what === 'show' && shows++ === 0 ? new Error('killed') : undefined));
  await at.work();
  expect(await at.orders()).toMatchObject([{ state: 'applied', told: false, attempts: 1 }]);
  expect(await payments()).toHaveLength(1);
  at.handed.splice(0);
  at.later(2000);
  await at.work();
  expect(await at.orders()).toMatchObject([{ state: 'applied', told: true }]);
  expect(at.chat[0]?.text).toContain('Проведено');
  expect(at.handed.map(({ content }) => content)).toEqual([
    expect.stringContaining('0019999;03.11.2026;1;Банк;3;3;лицевой счёт 0019999 не найден'),
  ]);
  expect(await imports()).toEqual(['payments']);
});

test('nor where the file is gone by then: it is told without it', async () => {
  const order = await at.bring(701, PAYMENTS);
  await at.registries.apply(at.by(701), order);
  at.trip((what) => (what === 'show' ? new Error('killed') : undefined));
  await at.work();
  at.trip(undefined);
  at.files.clear();
  at.later(2000);
  await at.work();
  expect(await at.orders()).toMatchObject([{ state: 'applied', told: true }]);
  expect(at.chat[0]?.text).toContain('Проведено');
});

test('a messenger that does not answer is asked again, later and later, and given up in the end; others go on meanwhile', async () => {
  at.trip((what) => (what === 'fetch' ? new Error('no answer') : undefined));
  await at.bring(701, PAYMENTS);
  expect(await at.orders()).toMatchObject([{ state: 'to-check', attempts: 1 }]);
  await at.work();
  expect(await at.orders()).toMatchObject([{ attempts: 1 }]);
  for (let tries = 0; tries < 20; tries += 1) {
    at.later(300_000);
    await at.work();
  }
  expect(await at.orders()).toMatchObject([{ state: 'refused', trouble: 'broken', told: true }]);
  expect(at.chat[0]?.text).toContain('Не получилось');
  at.trip(undefined);
  await at.bring(701, METERS);
  expect((await at.orders()).at(-1)).toMatchObject({ state: 'checked', told: true });
});

test('a long file tells how far it is, at most every three seconds, in one message', async () => {
  const rows = Array.from({ length: 20_000 }, (_, i) => `0010001;01.11.2026;${i + 1};Банк;${i}`);
  const { paceClock } = at.parts;
  // Every look at the clock takes a second.
  at.parts.paceClock = () => {
    at.later(1000);
    return paceClock();
  };
  await at.bring(701, [PAYMENTS[0] ?? '', ...rows]);
  const gaps = at.shown.slice(1, -1).map((time, i) => time.getTime() - (at.shown[i]?.getTime() ?? 0));
  expect(gaps.length).toBeGreaterThan(0);
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(3000);
  expect(at.chat).toHaveLength(1);
  expect(at.chat[0]?.text).toMatch(/Сумма платежей/);
});

test('too many files at once are told to wait', async () => {
  for (let i = 0; i < 20; i += 1) await at.registries.bring(at.by(701), { file: `f${i}`, name: 'a.csv', bytes: 1 });
  expect(await at.registries.bring(at.by(701), { file: 'f', name: 'b.csv', bytes: 1 })).toEqual({
    outcome: 'too-many',
    name: 'b.csv',
  });
  expect(await at.registries.bring(at.by(702), { file: 'f', name: 'b.csv', bytes: 20_971_521, mostBytes: 20_971_520 })).toEqual({
    outcome: 'too-large',
    name: 'b.csv',
  });
});

/** A process dies over an order: it began to fetch the file, and nothing comes of it any more. */
async function dieOver(toldToEnd?: AbortController, deathsBefore = 0): Promise<void> {
  let hasBegun = () => {};
  const begun = new Promise<void>((resolve) => (hasBegun = resolve));
  let wake = () => {};
  const dead = new Promise<never>((_, reject) => (wake = () => reject(new Error('dead'))));
  onTestFinished(wake);
  const { fetchFile } = at.parts;
  at.parts.fetchFile = () => {
    hasBegun();
    return dead;
  };
  void orderWorker({ ...at.parts, toldToEnd: toldToEnd?.signal })();
  await begun;
  at.parts.fetchFile = fetchFile;
  if (!toldToEnd) return;
  toldToEnd.abort();
  await waitFor(async () => expect(await deaths()).toEqual([deathsBefore]));
}

const deaths = async () =>
  (await at.parts.db.selectFrom('registryOrders').select('begun').orderBy('entry').execute()).map(({ begun }) => begun);

test('an order is not to blame for an end that was asked for, also where its work outlasts it', async () => {
  at.files.set('file', `${METERS.join('\n')}\n`);
  await at.registries.bring(at.by(701), { file: 'file', name: 'счётчики.csv', bytes: 100 });
  for (let upgrades = 0; upgrades < 3; upgrades += 1) await dieOver(new AbortController());
  const toldBefore = new AbortController();
  toldBefore.abort();
  await dieOver(toldBefore);
  await at.work();
  expect(await at.orders()).toMatchObject([{ state: 'checked', trouble: null, told: true }]);
});

test('what processes died over before an end that was asked for stays counted', async () => {
  at.files.set('file', `${METERS.join('\n')}\n`);
  await at.registries.bring(at.by(701), { file: 'file', name: 'счётчики.csv', bytes: 100 });
  await dieOver();
  await dieOver(new AbortController(), 1);
  await dieOver(new AbortController(), 1);
  await dieOver();
  expect(await deaths()).toEqual([2]);
});

test('an order over which three processes died is turned away unread, its author is told, and those behind it go on', async () => {
  at.files.set('bomb', 'ЛС');
  at.files.set('good', `${METERS.join('\n')}\n`);
  await at.registries.bring(at.by(701), { file: 'bomb', name: 'бомба.xlsx', bytes: 100 });
  await at.registries.bring(at.by(702), { file: 'good', name: 'счётчики.csv', bytes: 100 });
  for (let deaths = 0; deaths < 3; deaths += 1) await dieOver();
  expect(at.chat).toEqual([]);

  const fetched: string[] = [];
  const { fetchFile } = at.parts;
  at.parts.fetchFile = (handle, path) => {
    fetched.push(handle);
    return fetchFile(handle, path);
  };
  await at.work();
  expect(fetched).toEqual(['good']);
  expect(await at.orders()).toMatchObject([
    { state: 'refused', trouble: 'died', told: true },
    { state: 'checked', trouble: null, told: true },
  ]);
  expect(at.chat.map(({ to, text }) => [to, text])).toEqual([
    ['telegram:701', expect.stringMatching(/бомба\.xlsx[^]*трижды остановилась программа[^]*CSV/)],
    ['telegram:702', expect.stringContaining('счётчики.csv')],
  ]);
});

test('an attempt that failed is no death: it ends by itself', async () => {
  at.files.set('file', `${METERS.join('\n')}\n`);
  await at.registries.bring(at.by(701), { file: 'file', name: 'счётчики.csv', bytes: 100 });
  at.trip((what) => (what === 'fetch' ? new Error('away') : undefined));
  for (let failures = 0; failures < 5; failures += 1) {
    await at.work();
    at.later(3_600_000);
  }
  at.trip(() => undefined);
  await at.work();
  expect(await at.orders()).toMatchObject([{ state: 'checked', told: true }]);
});

test('what was taken in is told without its refused rows, where it is these that processes died over', async () => {
  const order = await at.bring(701, PAYMENTS);
  await at.registries.apply(at.by(701), order);
  at.trip((what) => (what === 'show' ? new Error('away') : undefined));
  await at.work();
  at.trip(() => undefined);
  expect(await payments()).toEqual([{ operation: '1' }]);
  at.later(3_600_000);
  for (let deaths = 0; deaths < 3; deaths += 1) await dieOver();
  await at.work();
  expect(await at.orders()).toMatchObject([{ state: 'applied', told: true }]);
  expect(at.chat.at(-1)?.text).toMatch(/Проведено: загрузка №\s2/);
});

const untold = async () =>
  (
    await desk.db
      .selectFrom('outbox')
      .where('kind', '=', 'notice')
      .where('addressee', '=', 'staff')
      .where('text', '=', 'staff-order-untold')
      .select('words')
      .execute()
  ).map(({ words }) => words);

/** What is tried in vain is tried until it is given up. */
async function inVain(): Promise<void> {
  for (let tries = 0; tries < 28; tries += 1) {
    at.later(700_000);
    await at.work();
  }
}
const failing = (...which: string[]) => at.trip((what) => (which.includes(what) ? new Error('no answer') : undefined));
const blocked = () => {
  at.parts.voice.show = async () => undefined;
  at.parts.voice.hand = async () => false;
};
const applied = async () => {
  const order = await at.bring(701, PAYMENTS);
  await at.registries.apply(at.by(701), order);
};

test.each<[string, () => Promise<unknown>, object]>([
  [
    'what a check found, while Telegram is away',
    () => {
      failing('show');
      return at.bring(701, PAYMENTS);
    },
    { outcome: 'checked', refused: 1 },
  ],
  [
    'the refused rows of a check',
    () => {
      failing('hand');
      return at.bring(701, PAYMENTS);
    },
    { outcome: 'checked', refused: 1 },
  ],
  [
    'what a check found, to who has blocked the bot',
    () => {
      blocked();
      return at.bring(701, METERS);
    },
    { outcome: 'checked', refused: 0 },
  ],
  [
    'that a file cannot be had, while Telegram is away',
    () => {
      failing('fetch', 'show');
      return at.bring(701, METERS);
    },
    { outcome: 'import', refused: 0 },
  ],
  [
    'that a file is no registry, to who has blocked the bot',
    () => {
      blocked();
      return at.bring(701, ['Счастье;Горе', '1;2']);
    },
    { outcome: 'import', refused: 0 },
  ],
  [
    'the refused rows of what was taken in',
    async () => {
      await applied();
      failing('hand');
    },
    { outcome: 'rows', refused: 1, number: '2' },
  ],
  [
    'that it was not taken in, after who wanted it left the group',
    async () => {
      await applied();
      at.files.clear();
      at.staff.delete('telegram:701');
    },
    { outcome: 'import' },
  ],
])('of what could not be told in private the group hears, once: %s', async (_, begin, words) => {
  await begin();
  await inVain();
  expect(await untold()).toEqual([expect.objectContaining({ by: 'Ольга', ...words })]);
  expect(await at.orders()).toMatchObject([{ told: true }]);
});

test('of a second check that could not be told the group hears as of the first', async () => {
  const order = await at.bring(701, METERS);
  for (let checks = 1; checks <= 2; checks += 1) {
    failing('show');
    await at.registries.checkAgain(at.by(701), order);
    await inVain();
    expect(await untold()).toHaveLength(checks);
  }
});

test('the group hears nothing of what was told in private, or is told by itself', async () => {
  await applied();
  await at.work();
  expect(await untold()).toEqual([]);
  blocked();
  await at.bring(701, ['ЛС;Номер счетчика;Услуга', '0010001;M2;Вода']);
  expect(await untold()).toHaveLength(1);
  const [last] = await desk.db.selectFrom('registryOrders').select('id').orderBy('entry', 'desc').limit(1).execute();
  await at.registries.apply(at.by(701), last?.id ?? '');
  await at.work();
  expect(await untold()).toHaveLength(1);
  expect(await staffNotices()).toContainEqual({ text: 'staff-registry-taken' });
});
