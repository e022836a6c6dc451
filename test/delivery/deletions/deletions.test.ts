import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { claimOutbox } from '../../../src/records/outbox.ts';
import { insertScheduledDeletion } from '../../../src/records/scheduled-deletions.ts';
import { openWorld, type World } from '../../kit/chat/world.ts';

let world: World;

beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const MINUTE = 60_000;

async function put(message: string, minutes = 10, addressee = message.split('/')[0] ?? '') {
  const runAt = new Date(world.clock().getTime() + minutes * MINUTE);
  const [, chat, id] = /(\d+)\/(\d+)/.exec(message) ?? [];
  world.telegram.wrote(Number(chat), { words: 'Спасибо' }, Number(id));
  const scheduledDeletion = { message, key: `test/${message}`, addressee, runAt };
  await world.db.transaction().execute((trx) => insertScheduledDeletion(trx, scheduledDeletion, world.clock()));
}
const gone = async () => {
  await world.runOutbox();
  return world.telegram.take().map(({ method, chat, payload }) => `${method} ${chat}/${String(payload.message_id)}`);
};
const rows = () => world.db.selectFrom('outbox').where('kind', '=', 'deletion').selectAll().orderBy('id').execute();

test('a message stands until its time, then it is deleted, once', async () => {
  await put('telegram:701/55');
  world.pass(10 * MINUTE - 1);
  expect(await gone()).toEqual([]);
  world.pass(1);
  expect(await gone()).toEqual(['deleteMessage 701/55']);
  expect(await gone()).toEqual([]);
  expect(await rows()).toMatchObject([{ doneAt: world.clock(), lockedUntil: null }]);
});

test('the same is put in line once', async () => {
  await put('telegram:701/55');
  await put('telegram:701/55', 1);
  expect(await rows()).toHaveLength(1);
});

test('one that a process held when it died is taken up by the next when its lease has run out', async () => {
  await put('telegram:701/55', 0);
  const until = new Date(world.clock().getTime() + 2 * MINUTE);
  expect(await claimOutbox(world.db, { limit: 9, resting: [], until, night: false }, world.clock())).toHaveLength(1);
  expect(await gone()).toEqual([]);
  world.pass(2 * MINUTE);
  expect(await gone()).toEqual(['deleteMessage 701/55']);
});

test('of each chat one at a time, none of those that rest', async () => {
  await put('telegram:701/55', 0);
  await put('telegram:701/56', 0);
  await put('telegram:702/57', 0);
  const until = world.clock();
  const taken = await claimOutbox(world.db, { limit: 9, resting: ['telegram:702'], until, night: false }, world.clock());
  expect(taken.map(({ message }) => message)).toEqual(['telegram:701/55']);
});

test('somebody has deleted it already: that will do', async () => {
  await put('telegram:701/55', 0);
  world.telegram.interfereWith(() => ({ error_code: 400, description: 'Bad Request: message to delete not found' }));
  await gone();
  expect(await rows()).toMatchObject([{ doneAt: world.clock(), failedAt: null }]);
});

test('Telegram wants to be left alone, or does not answer: it is tried again until it is gone', async () => {
  await put('telegram:701/55', 0);
  world.telegram.interfereWith(() => ({ error_code: 429, description: 'Too Many Requests', parameters: { retry_after: 5 } }));
  await gone();
  expect(await rows()).toMatchObject([{ doneAt: null, failedAt: null, attempts: 0, lockedUntil: null }]);
  world.telegram.interfereWith(() => ({ error_code: 502, description: 'Bad Gateway' }));
  await gone();
  expect(await rows()).toMatchObject([{ doneAt: null, failedAt: null, attempts: 1 }]);
  world.telegram.interfereWith(undefined);
  expect(await gone()).toEqual([]);
  world.pass(1000);
  expect(await gone()).toEqual(['deleteMessage 701/55']);
});

test('what Telegram will never delete is given up, and holds nothing up', async () => {
  await put('telegram:701/55', 0);
  await put('telegram:701/56', 0);
  world.telegram.interfereWith(({ payload }) =>
    payload.message_id === 55 ? { error_code: 400, description: "Bad Request: message can't be deleted" } : undefined,
  );
  expect(await gone()).toEqual(['deleteMessage 701/56']);
  expect(await rows()).toMatchObject([{ lastError: "Bad Request: message can't be deleted" }, { failedAt: null }]);
  expect(world.givenUp).toEqual(['deletion']);
});

test('whose chat it is that a message cannot be taken out of is told to do it by hand', async () => {
  await put('telegram:701/55', 0);
  world.telegram.interfereWith(() => ({ error_code: 400, description: "Bad Request: message can't be deleted for everyone" }));
  await gone();
  await gone();
  expect(await rows()).toMatchObject([{ doneAt: null, failedAt: world.clock() }]);
  const told = world.db.selectFrom('outbox').where('kind', '=', 'notice').select(['addressee', 'text']);
  expect(await told.execute()).toEqual([{ addressee: 'telegram:701', text: 'staff-password-not-erased' }]);
});

test('one of which not even that it stays can be told is given up, and counted once', async () => {
  await put('telegram:701/55');
  world.pass(10 * MINUTE);
  world.telegram.interfereWith(({ method }) =>
    method === 'deleteMessage' ? { error_code: 400, description: "Bad Request: message can't be deleted" } : undefined,
  );
  await sql`create function refused() returns trigger language plpgsql as
    $$ begin raise exception 'refused' using errcode = '23514'; end $$`.execute(world.db);
  await sql`create trigger refused before insert on outbox for each row execute function refused()`.execute(world.db);
  await gone();
  expect(await rows()).toMatchObject([{ failedAt: world.clock(), lastError: 'refused' }]);
  expect(world.givenUp).toEqual(['deletion']);
});
