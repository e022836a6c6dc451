import { expect, onTestFinished, test } from 'vitest';
import { runCommand } from '../kit/command.ts';
import * as make from '../kit/make.ts';
import { testDatabase } from '../kit/postgres.ts';

/** In a private chat, in a group that is no supergroup, in a supergroup; and what the bot with the number 4711 leaves of each. */
const PRIVATE = 'telegram:701/55';
const PLAIN_GROUP = 'telegram:-4001/33';
const SUPERGROUP = 'telegram:-1001234567890/77';
const former = (ref: string) => `4711@${ref}`;

async function openData() {
  const { db, url, close } = await testDatabase();
  onTestFinished(close);
  await db.insertInto('dataOwner').values({ owner: 'bot 4711', keyPrint: null }).execute();
  const { id: requestId } = await make.request(db, { messengerId: 'telegram:701', card: PLAIN_GROUP });
  const change = (to: string, from: string) =>
    runCommand('change-bot', ['--from', from], { BOT_TOKEN: `${to}:token`, DATABASE_URL: url, SECRET_KEY: 'ab'.repeat(32) });
  return { db, requestId, change };
}

test('what the former bot has numbered is no message of the new one’s; what a supergroup has numbered stays', async () => {
  const { db, requestId, change } = await openData();
  await make.requestMessage(
    db,
    { requestId, side: 'resident', source: PRIVATE, copy: SUPERGROUP, repliesTo: 'telegram:701/54' },
    {
      requestId,
      side: 'staff',
      source: SUPERGROUP,
      copy: 'telegram:701/56',
      moreCopies: ['telegram:701/58', 'telegram:701/57'],
      formerCopies: [PLAIN_GROUP, SUPERGROUP],
      repliesTo: SUPERGROUP,
    },
  );
  expect(await change('4712', '4711')).toMatchObject({ code: 0 });

  const rows = await db
    .selectFrom('requestMessages')
    .select(['source', 'copy', 'repliesTo', 'moreCopies', 'formerCopies'])
    .orderBy('id')
    .execute();
  expect(rows).toEqual([
    { source: former(PRIVATE), copy: SUPERGROUP, repliesTo: former('telegram:701/54'), moreCopies: [], formerCopies: [] },
    {
      source: SUPERGROUP,
      copy: former('telegram:701/56'),
      repliesTo: SUPERGROUP,
      moreCopies: [former('telegram:701/58'), former('telegram:701/57')],
      formerCopies: [former(PLAIN_GROUP), SUPERGROUP],
    },
  ]);
  expect(await db.selectFrom('requests').select('card').execute()).toEqual([{ card: former(PLAIN_GROUP) }]);
});

test('nothing is taken out of the new bot’s chats by a number of the former one’s', async () => {
  const { db, change } = await openData();
  const due = { kind: 'deletion' as const, line: 'deletions', text: '', createdAt: new Date(), runAt: new Date() };
  await db
    .insertInto('outbox')
    .values([PRIVATE, SUPERGROUP].map((message, i) => ({ ...due, addressee: 'staff', message, key: String(i) })))
    .execute();
  expect(await change('4712', '4711')).toMatchObject({ code: 0 });
  expect(await db.selectFrom('outbox').select('message').where('kind', '=', 'deletion').execute()).toEqual([
    { message: SUPERGROUP },
  ]);
});

test('the same number may come from each bot, however often it changes', async () => {
  const { db, requestId, change } = await openData();
  for (const [to, from] of [
    ['4712', '4711'],
    ['4713', '4712'],
    ['4711', '4713'],
  ] as const) {
    await make.requestMessage(db, { requestId, side: 'resident', source: PRIVATE });
    expect(await change(to, from)).toMatchObject({ code: 0 });
  }
  const sources = await db.selectFrom('requestMessages').select('source').orderBy('id').execute();
  expect(sources.map(({ source }) => source)).toEqual([former(PRIVATE), `4712@${PRIVATE}`, `4713@${PRIVATE}`]);
});
