import { plainSpaces } from '../../../src/domain/unbroken.ts';
import { expect, test } from 'vitest';
import { formatMoney } from '../../../src/domain/money.ts';
import { createNewsScans } from '../../../src/office/news/news-scans.ts';
import { applyReadingAnswers, USUAL_READING_RULES } from '../../../src/office/readings/reading-answers.ts';
import { insertLink } from '../../../src/records/links.ts';
import { deleteNoticesAbout } from '../../../src/records/notices.ts';
import { loadTexts } from '../../../src/texts/texts.ts';
import { OFFICE_SETTINGS } from '../../kit/office-settings.ts';
import { DAY, MINUTE, openTown } from '../town.ts';
import { newsHands } from './news-hands.ts';
import * as make from '../../kit/make.ts';

const numberOf = (n: number) => `70001${String(n).padStart(5, '0')}`;

/** A resident (1) who has so many accounts, each with a meter, and another (2) who has the first of them. */
async function openMany(count: number) {
  const town = await openTown();
  const scans = createNewsScans({ ...town.edges, settings: OFFICE_SETTINGS });
  const { text } = loadTexts({ timeZone: 'Europe/Moscow', clock: town.now });
  const [owner, neighbour] = [await town.resident(1), await town.resident(2)];
  const numbers = Array.from({ length: count }, (_, n) => numberOf(n));
  const own = (residentId: string, account: string) =>
    town.db.transaction().execute((trx) => insertLink(trx, { residentId, account, way: 'sum', linkedAt: town.now() }));
  for (const account of numbers) {
    await town.account(account);
    await own(owner, account);
  }
  await own(neighbour, numberOf(0));

  return {
    ...town,
    ...newsHands(town),
    numbers,
    async pay(account: string, sumKopecks: number, operation = `${account}/${sumKopecks}`) {
      await make.payment(town.db, { account, day: '2026-11-19', sumKopecks, operation });
    },
    async meter(account: string, number: string, verificationDue: string) {
      const meter = { account, number, service: 'Вода', value: '12', verificationDue };
      await make.meter(town.db, meter);
    },
    /** What came in line for a person since the last time, in words. */
    async told(person = 1, of = 'notice-'): Promise<string[]> {
      while ((await scans.goOn()).finished.length > 0);
      const rows = await town.db
        .selectFrom('outbox')
        .where('kind', '=', 'notice')
        .selectAll()
        .where('attempts', '=', 0)
        .where('addressee', '=', `telegram:${person}`)
        .orderBy('id')
        .execute();
      await town.db
        .updateTable('outbox')
        .where('kind', '=', 'notice')
        .set({ attempts: 1 })
        .where('addressee', '=', `telegram:${person}`)
        .execute();
      return rows.filter((row) => row.text.startsWith(of)).map((row) => plainSpaces(text(row.text, row.words)));
    },
  };
}

test('new charges of 120 accounts are one message with ten lines, what is to pay most first, and the whole', async () => {
  const at = await openMany(120);
  for (const [n, account] of at.numbers.entries()) await at.charge(account, '2026-11', 'Отопление', (n - 1) * 100_00);
  await at.registry('charges');
  const [told, ...others] = await at.told();
  expect(others).toEqual([]);
  expect(told).toBe(
    [
      '🔔 <b>Новые начисления за ноябрь 2026</b>',
      'Лицевых счетов: 120',
      '',
      ...Array.from(
        { length: 10 },
        (_, n) => `• <code>${numberOf(119 - n)}</code>: ${plainSpaces(formatMoney((118 - n) * 100_00))}`,
      ),
      'и ещё 110 счетов',
      '',
      'Всего к оплате: <b>702 100,00 ₽</b> до 15 декабря.',
    ].join('\n'),
  );
  expect(await at.told(2)).toMatchObject([expect.stringContaining('Платить не нужно: переплата 100,00 ₽.')]);
  await at.registry('charges');
  expect(await at.told()).toEqual([]);
});

test('who has up to four accounts is told of one by one; who has five, of any two of them together', async () => {
  const [four, five] = [await openMany(4), await openMany(5)];
  for (const at of [four, five]) {
    for (const account of at.numbers.slice(0, 4)) {
      await at.charge(account, '2026-11', 'Отопление', 500_00);
      await at.pay(account, 100_00);
      await at.meter(account, 'M', '2027-01-18');
    }
    await at.registry('charges');
    await at.registry('payments');
  }
  expect(await four.told()).toHaveLength(3 * 4 + 1);
  // With the window of readings, of which one message tells whoever has meters.
  const together = (await five.told()).map((said) => said.split('\n')[0]);
  expect(together.map((line) => line ?? '').toSorted()).toEqual([
    '🔔 <b>Заканчивается срок поверки счётчиков</b>',
    '🔔 <b>Новые начисления за ноябрь 2026</b>',
    '🔔 <b>Платежи зачислены</b>',
    expect.stringContaining('Открыт приём показаний счётчиков'),
  ]);
  await five.charge(five.numbers[4] ?? '', '2026-11', 'Отопление', 500_00);
  await five.registry('charges');
  expect(await five.told()).toEqual([expect.stringMatching(/^🔔 <b>Новые начисления за ноябрь 2026<\/b>\n<b>Лицевой счёт/)]);
});

test('what is paid in the bot and under way is said with new charges, and not asked for again', async () => {
  const at = await openMany(1);
  await at.charge(numberOf(0), '2026-11', 'Отопление', 500_00);
  await make.cardPayment(at.db, [{ account: numberOf(0), sumKopecks: 500_00 }], { paidAt: at.now() });
  await at.registry('charges');
  expect(await at.told()).toEqual([
    expect.stringMatching(
      /\n<b>Платить сейчас не нужно\.<\/b> Ваш платёж 500,00 ₽ в пути: через несколько дней он появится в расчётах\.$/s,
    ),
  ]);
  const [{ doors } = { doors: [] }] = await at.notices('telegram:1');
  expect(doors.map((door) => 'dialog' in door && door.dialog)).toEqual(['bill', 'why']);
});

test('what a registry has brought and the charges cannot contain is not called «в пути» by a notice either', async () => {
  const at = await openMany(2);
  const [first, second] = at.numbers as [string, string];
  for (const account of [first, second]) await at.charge(account, '2026-11', 'Отопление', 500_00);
  const importId = await make.registryImport(at.db, { kind: 'charges', startedAt: at.now(), finishedAt: at.now() });
  await at.db.updateTable('charges').set({ importId }).execute();
  at.later(MINUTE);
  for (const [account, sumKopecks] of [
    [first, 500_00],
    [second, 200_00],
  ] as const) {
    const operation = `c${account}`;
    await make.cardPayment(at.db, [{ account, sumKopecks, operation }], { paidAt: at.now(), operation });
    await make.payment(at.db, { account, day: '2026-11-20', sumKopecks, operation, source: 'Telegram' });
  }
  await at.db.updateTable('cardPaymentLines').set({ postedAt: at.now() }).execute();
  const told = (await at.told()).join('\n---\n');
  expect(told).not.toContain('в пути');
  expect(told).not.toContain('В пути');
  expect(told).toContain('<b>Платить сейчас не нужно.</b> Вы уже заплатили.');
  expect(told).toContain('Осталось оплатить: <b>300,00 ₽</b>');
  expect(told).toContain('Уже получено 200,00 ₽: в последнюю квитанцию это не вошло, вычтут в следующей.');
});

test.each([
  { sums: [900_00], head: 'Платёж зачислен', net: undefined },
  { sums: [900_00, 100_00], head: 'Платежи зачислены', net: undefined },
  { sums: [-900_00], head: 'Платёж отменён', net: undefined },
  { sums: [-900_00, -100_00], head: 'Платежи отменены', net: undefined },
  { sums: [-4108_07, 900_00, -4108_07], head: 'Изменения в платежах', net: 'Всего снято: 7 316,14 ₽' },
  { sums: [900_00, -100_00], head: 'Изменения в платежах', net: 'Всего зачислено: 800,00 ₽' },
  { sums: [900_00, -900_00], head: 'Изменения в платежах', net: 'Вместе они ничего не меняют.' },
])('payments of $sums: the heading fits the lines, and the net is told where it is another', async ({ sums, head, net }) => {
  const at = await openMany(1);
  for (const [n, sum] of sums.entries()) await at.pay(numberOf(0), sum, `${n}`);
  await at.registry('payments');
  const [told = '', ...others] = await at.told();
  expect(others).toEqual([]);
  expect(told.split('\n')[0]).toBe(`🔔 <b>${head}</b>`);
  expect(told.split('\n').slice(3).filter(Boolean)).toHaveLength(sums.length + (net === undefined ? 0 : 1));
  if (net !== undefined) expect(told).toContain(net);
  expect(told).not.toMatch(/−|(?<!\d)0,00/);
});

test('payments for 120 accounts are one message, a line an account, and the net of all', async () => {
  const at = await openMany(120);
  for (const account of at.numbers) await at.pay(account, 100_00);
  await at.pay(numberOf(0), -100_00);
  await at.pay(numberOf(1), -300_00);
  await at.registry('payments');
  const [told = '', ...others] = await at.told();
  expect(others).toEqual([]);
  expect(told.split('\n').slice(0, 6)).toEqual([
    '🔔 <b>Изменения в платежах</b>',
    'Лицевых счетов: 120',
    '',
    `• <code>${numberOf(0)}</code>: платёж и его отмена`,
    `• <code>${numberOf(1)}</code>: снято 200,00 ₽`,
    `• <code>${numberOf(2)}</code>: 100,00 ₽`,
  ]);
  expect(told).toContain('и ещё 110 счетов');
  expect(told).toContain('Всего зачислено: <b>11 600,00 ₽</b>');
});

test('a message about many accounts says nothing of one that is somebody else’s by then; of the last one as of one', async () => {
  const at = await openMany(6);
  for (const account of at.numbers) await at.charge(account, '2026-11', 'Отопление', 500_00);
  await at.registry('charges');
  await at.told();
  const isSomebodyElses = (accounts: readonly string[]) =>
    at.db.updateTable('links').set({ endedAt: at.now(), endedWhy: 'owner-changed' }).where('account', 'in', accounts).execute();
  await isSomebodyElses([numberOf(3)]);
  expect(await at.judgedNow(1)).toMatchObject({ text: 'notice-charges-many', words: { accountCount: 5, total: 2500_00 } });
  await isSomebodyElses(at.numbers.slice(1));
  expect(await at.judgedNow(1)).toMatchObject({ text: 'notice-charges', words: { account: numberOf(0), total: 500_00 } });
});

test('readings to be handed in for 120 accounts are one message with ten of them', async () => {
  const at = await openMany(120);
  for (const account of at.numbers) await at.meter(account, `M-${account}`, '2031-01-01');
  at.at('2026-12-20T10:00:00');
  expect(await at.told()).toHaveLength(1);
  at.at('2026-12-24T10:00:00');
  const [told = '', ...others] = await at.told();
  expect(others).toEqual([]);
  expect(told.match(/Лицевой счёт/g)).toHaveLength(10);
  expect(told).toContain('и ещё 110 счетов');
});

test('verifications of 120 meters are one message; each meter once, whichever meters have the same day', async () => {
  const at = await openMany(120);
  const due = '2027-01-18';
  for (const account of at.numbers.slice(2)) await at.meter(account, `M-${account}`, due);
  const [told = '', ...others] = await at.told(1, 'notice-verification');
  expect(others).toEqual([]);
  expect(told.split('\n')[2]).toBe(`• <code>${numberOf(2)}</code>: Вода, № M-${numberOf(2)}, до 18 января 2027`);
  expect(told).toContain('и ещё 108 счётчиков');

  // A meter more with the same day is told by itself, and the others not again.
  at.later(DAY);
  await at.meter(numberOf(0), 'A', due);
  await at.meter(numberOf(0), 'B', due);
  expect(await at.told(1, 'notice-verification')).toEqual([expect.stringMatching(/Вода: № A\nВода: № B/)]);
  at.later(DAY);
  await at.meter(numberOf(0), 'C', due);
  expect(await at.told(1, 'notice-verification')).toEqual([expect.not.stringMatching(/№ A|№ B/)]);
  expect(await at.told(2, 'notice-verification')).toHaveLength(2);

  // A day that moves a little is the same verification; another one years later, or the second reminder, is not.
  at.later(DAY);
  await at.db.updateTable('meters').set({ verificationDue: '2027-01-19' }).execute();
  expect(await at.told(1, 'notice-verification')).toEqual([]);
  at.at('2027-01-05T10:00:00');
  await at.signInAnew();
  expect(await at.told(1, 'notice-verification')).toHaveLength(1);
  await at.db.updateTable('meters').set({ verificationDue: '2031-01-19' }).where('number', '=', 'A').execute();
  at.at('2030-11-20T10:00:00');
  await at.signInAnew();
  expect(await at.told(1, 'notice-verification')).toEqual([expect.stringMatching(/№ A/)]);
});

test('billing’s answers on readings of 120 accounts are one message for what was taken, and one for what was refused', async () => {
  const at = await openMany(120);
  const resident = await at.db.selectFrom('residents').select('id').where('login', '=', 'resident1').executeTakeFirstOrThrow();
  const row = { number: 'M', scale: '', service: 'Вода', windowOpens: '2026-10-20', day: '2026-10-21', submittedBy: 'resident' };
  const taken = { ...row, residentId: resident.id, value: '13', takenAt: at.now(), state: 'exported' as const };
  await make.reading(at.db, ...at.numbers.map((account) => ({ ...taken, account })));
  const readings = await at.db.selectFrom('readings').select('id').execute();
  await at.db
    .insertInto('exportedReadings')
    .values(readings.map(({ id }) => ({ readingId: id, exportNumber: 1, value: '13', day: '2026-10-21' })))
    .execute();
  const answer = { number: 'M', scale: '', value: '13', day: '2026-10-21' };
  const answers = at.numbers.map((account, n) =>
    n % 2 === 0
      ? { ...answer, account, result: 'accepted' as const, reason: null }
      : { ...answer, account, result: 'refused' as const, reason: 'нечитаемо' },
  );
  await at.db.insertInto('readingAnswers').values(answers).execute();
  await at.db
    .transaction()
    .execute((trx) => applyReadingAnswers(trx, at.now(), { ...USUAL_READING_RULES, timeZone: 'Europe/Moscow' }));
  const first = await at.judgedNow(1);
  const told = first?.text.includes('accepted') ? 'readings-accepted/%' : 'readings-refused/%';
  await at.db.deleteFrom('outbox').where('key', 'like', told).execute();
  const both = [first, await at.judgedNow(1)].toSorted((a, b) => (String(a?.text) < String(b?.text) ? -1 : 1));
  expect(both).toMatchObject([
    { text: 'notice-readings-accepted-many', words: { accountCount: 60, more: 50 } },
    { text: 'notice-readings-refused-late-many', words: { accountCount: 60, more: 50 } },
  ]);
  // Below all of them no button leads to one.
  const all = { label: 'button-my-readings', dialog: 'my-readings' };
  expect(both.map((said) => said?.doors)).toEqual([[all], [{ label: 'button-write-us', dialog: 'request' }, all]]);
});

test('a message about many accounts goes with the charges of one of them when their import is undone', async () => {
  const at = await openMany(6);
  for (const account of at.numbers) await at.charge(account, '2026-11', 'Отопление', 500_00);
  await at.registry('charges');
  expect(await at.told()).toHaveLength(1);
  const withdraw = (account: string) =>
    at.db.transaction().execute((trx) => deleteNoticesAbout(trx, { news: 'charges', accounts: [account] }));
  expect(await withdraw('9999999999')).toEqual([]);
  expect(await withdraw(numberOf(3))).toMatchObject([{ addressee: 'telegram:1' }]);
});
