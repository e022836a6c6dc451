import { expect, test } from 'vitest';
import { plainSpaces } from '../../../src/domain/unbroken.ts';
import type { MessengerId } from '../../../src/office/caller.ts';
import { createNewsScans } from '../../../src/office/news/news-scans.ts';
import { insertLink } from '../../../src/records/links.ts';
import { insertMutedNews } from '../../../src/records/muted-news.ts';
import { replaceSession } from '../../../src/records/sessions.ts';
import { loadTexts } from '../../../src/texts/texts.ts';
import * as make from '../../kit/make.ts';
import { OFFICE_SETTINGS } from '../../kit/office-settings.ts';
import { openTown } from '../town.ts';

const numberOf = (n: number) => String(7000500000 + n);

/** A resident (1) with so many accounts, each of which was charged n × 100 ₽ for November; the day to pay is 15 December. */
async function openDebtors(count: number) {
  const town = await openTown();
  const scans = createNewsScans({ ...town.edges, settings: { ...OFFICE_SETTINGS, ...town.edges.settings } });
  const { text } = loadTexts({ timeZone: 'Europe/Moscow', clock: town.now });
  const residentId = await town.resident(1);
  const numbers = Array.from({ length: count }, (_, n) => numberOf(n + 1));
  for (const [n, account] of numbers.entries()) {
    await town.account(account);
    await town.db.transaction().execute((trx) => insertLink(trx, { residentId, account, way: 'sum', linkedAt: town.now() }));
    await town.charge(account, '2026-11', 'Отопление', (n + 1) * 100_00);
  }
  let last = 0;
  return {
    ...town,
    residentId,
    numbers,
    at(moment: string) {
      town.later(Date.parse(`${moment}+03:00`) - town.now().getTime());
    },
    /** What is told at this moment, newly. */
    async told(): Promise<{ words: string; doors: string[] }[]> {
      while ((await scans.goOn()).finished.length > 0);
      const rows = await town.db
        .selectFrom('outbox')
        .selectAll()
        .where('id', '>', last)
        .where('kind', '=', 'notice')
        .where('news', '=', 'due-day')
        .orderBy('id')
        .execute();
      last = Math.max(last, ...rows.map(({ id }) => id));
      return rows.map((row) => ({
        words: plainSpaces(text(row.text, row.words)),
        doors: row.doors.map((door) => ('dialog' in door ? door.dialog : '')),
      }));
    },
  };
}

test('three days before the day to pay who owes is reminded, once, by day', async () => {
  const at = await openDebtors(1);
  at.at('2026-12-11T12:00:00');
  expect(await at.told()).toEqual([]);
  at.at('2026-12-12T03:00:00');
  expect(await at.told()).toEqual([]);
  at.at('2026-12-12T10:00:00');
  const [told] = await at.told();
  expect(told?.words).toMatch(
    /^🔔 <b>Скоро день оплаты: 15 декабря<\/b>\n.*7000500001.*\n\nК оплате за ноябрь 2026: <b>100,00 ₽<\/b>\./,
  );
  expect(told?.doors).toEqual(['pay-card', 'pay-qr']);
  at.at('2026-12-14T10:00:00');
  expect(await at.told()).toEqual([]);
});

test('who reads it in a messenger that sends no invoices is not offered to pay by card', async () => {
  const at = await openDebtors(1);
  await at.db.transaction().execute((trx) => replaceSession(trx, at.residentId, 'max:m-7', at.now()));
  at.at('2026-12-12T10:00:00');
  const told = await at.told();
  expect(told.map(({ doors }) => doors)).toEqual(expect.arrayContaining([['pay-card', 'pay-qr'], ['pay-qr']]));
  const debtsIn = (messengerId: MessengerId) => at.debts.show({ messengerId, idempotencyKey: messengerId });
  expect(await debtsIn('telegram:1')).toMatchObject({ ways: { cardLimits: { leastKopecks: expect.any(Number) }, qr: true } });
  expect(await debtsIn('max:m-7')).toMatchObject({ ways: { cardLimits: null, qr: true } });
});

test('several accounts are one message, of those that owe', async () => {
  const at = await openDebtors(3);
  await make.payment(at.db, { account: numberOf(2), day: '2026-12-05', sumKopecks: 200_00, operation: 'p' });
  at.at('2026-12-13T10:00:00');
  const told = await at.told();
  expect(told).toHaveLength(1);
  expect(told[0]?.words).toContain(
    'Лицевых счетов: 2\n\n• <code>7000500003</code>: 300,00 ₽\n• <code>7000500001</code>: 100,00 ₽',
  );
  expect(told[0]?.words).toContain('Всего к оплате: <b>400,00 ₽</b>.');
});

test.each(['has paid', 'has paid in the bot', 'has switched it off', 'was charged for no such month'])(
  'who %s is not reminded',
  async (why) => {
    const at = await openDebtors(1);
    const [account = ''] = at.numbers;
    at.at('2026-12-12T10:00:00');
    if (why === 'has paid') await make.payment(at.db, { account, day: '2026-12-05', sumKopecks: 100_00, operation: 'p' });
    if (why === 'has paid in the bot')
      await make.cardPayment(at.db, [{ account, sumKopecks: 100_00 }], { paidAt: new Date(at.now().getTime() - 3_600_000) });
    if (why === 'has switched it off') await at.db.transaction().execute((trx) => insertMutedNews(trx, at.residentId, 'due-day'));
    if (why === 'was charged for no such month') await at.charge(account, '2026-12', 'Отопление', 100_00);
    expect(await at.told()).toEqual([]);
  },
);
