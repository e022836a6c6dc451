import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { wipeRequests } from '../../../src/office/requests/on-consent-withdrawn.ts';
import { createRetention } from '../../../src/office/retention.ts';
import { insertDelivery } from '../../../src/records/deliveries.ts';
import { DAY } from '../town.ts';
import { openRequestDesk } from './desk.ts';
import * as make from '../../kit/make.ts';

const SECRET = 'Тайна переписки';

async function dump(desk: Awaited<ReturnType<typeof openRequestDesk>>, tables: readonly string[]): Promise<string> {
  const dumps = await Promise.all(
    tables.map(async (table) => {
      const { rows } = await sql<{ all: string | null }>`
        select string_agg(t::text, ' ') as all from ${sql.table(table)} t
      `.execute(desk.db);
      return rows[0]?.all ?? '';
    }),
  );
  return dumps.join('\n');
}

test('who withdraws the consent leaves numbers, topics and states, and nothing of what was written', async () => {
  const desk = await openRequestDesk();
  const asGuest = await desk.opened(1, [desk.messagePart(1, { words: SECRET })]);
  const residentId = await desk.resident(1);
  await desk.account('0012345', [['2026-10-10', 500_01]]);
  const link = await desk.link(1, '0012345', { sum: 500_01 });
  const delivered = desk.messagePart(1, {
    kind: 'photo',
    words: SECRET,
    file: 'f-secret',
    fileName: `${SECRET}.jpg`,
    album: 'telegram:1/9',
  });
  const own = await desk.opened(1, [delivered], link);
  await desk.db.updateTable('requestMessages').set({ copy: 'telegram:-1001/7' }).where('source', '=', delivered.source).execute();
  const { id } = await desk.row(own);
  const answer = { requestId: id, side: 'staff' as const, author: 'telegram:9', authorName: 'Ольга' };
  const message = { ...answer, source: 'telegram:-1001/8', copy: 'telegram:1/70', kind: 'words' as const, words: SECRET };
  await make.requestMessage(desk.db, { ...message, repliesTo: delivered.source, at: desk.now() });
  const rated = await desk.opened(1);
  await desk.staffMade(rated, 'closed');
  await desk.requests.rate(desk.by(1), rated, 4);
  await desk.requests.rateWords(desk.by(1), rated, SECRET);
  const others = await desk.opened(2, [desk.messagePart(2, { words: 'Чужое' })]);

  await desk.db.transaction().execute((trx) => wipeRequests(trx, { residentId, messengerIds: ['telegram:1'], now: desk.now() }));
  await desk.db.deleteFrom('residents').where('id', '=', residentId).execute();

  for (const [number, state] of [
    [asGuest, 'closed'],
    [own, 'closed'],
    [rated, 'closed'],
  ] as const)
    expect(await desk.row(number)).toMatchObject({
      state,
      topic: 'charges',
      messengerId: null,
      residentId: null,
      account: null,
      waitingSince: null,
    });
  expect(await desk.row(rated)).toMatchObject({ rating: 4, ratingWords: null });
  expect(await dump(desk, ['requests', 'request_messages'])).not.toMatch(/Тайна|f-secret|telegram:1[/,)]|0012345/);
  expect(await dump(desk, ['outbox'])).not.toMatch(/Тайна|f-secret/);
  expect(await desk.requests.list(desk.by(1))).toEqual([]);

  // Staff lose what they had before them, and hear why.
  expect((await desk.deliveries(own)).slice(1)).toEqual(['withdraw', 'say staff-request-consent-withdrawn', 'refresh']);
  expect((await desk.deliveries(rated)).at(-1)).toBe('refresh');
  expect(await desk.row(others)).toMatchObject({ state: 'new', messengerId: 'telegram:2' });
  expect(await desk.deliveries(others)).toEqual(['relay Чужое']);
});

test('the bot’s own words about them that still wait are said to nobody', async () => {
  const desk = await openRequestDesk();
  const residentId = await desk.resident(1);
  const number = await desk.opened(1);
  const { id } = await desk.row(number);
  await desk.db.transaction().execute(async (trx) => {
    const botMessage = { text: 'staff-request-rated', words: { mark: 1, words: SECRET }, doors: [] };
    await insertDelivery(trx, { to: { staff: id }, kind: 'say', botMessage }, desk.now());
    await wipeRequests(trx, { residentId, messengerIds: [], now: desk.now() });
  });
  expect(await dump(desk, ['outbox'])).not.toContain('Тайна');
});

test('closed requests are forgotten once nobody can dispute a charge by them', async () => {
  const desk = await openRequestDesk();
  const [open, closed] = [await desk.opened(1), await desk.opened(1)];
  await desk.staffMade(closed, 'closed');
  desk.later(3 * 366 * DAY);
  await createRetention(desk.edges).deleteExpired();
  expect((await desk.requests.list(desk.by(1))).map(({ number }) => number)).toEqual([closed, open]);
  desk.later(1);
  await createRetention(desk.edges).deleteExpired();
  expect((await desk.requests.list(desk.by(1))).map(({ number }) => number)).toEqual([open]);
});
