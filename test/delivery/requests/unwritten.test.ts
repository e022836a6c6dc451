import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openWords } from './desk-of-words.ts';

/** What became of a message, where the database does not take it: it is sent once, and whoever has to know that it did not arrive hears so. */

let at: Awaited<ReturnType<typeof openWords>>;
beforeEach(async () => {
  at = await openWords();
});
afterEach(async () => {
  expect(await at.waiting()).toEqual([]);
  await at.close();
});

const RESIDENT = 701;

async function inTalk(): Promise<number> {
  const number = await at.opened(RESIDENT, 'Почему так много?');
  await at.left();
  return number;
}

/** Of a row of this table nothing more is taken. */
async function refuseWriting(table: string): Promise<void> {
  await sql`create function refused() returns trigger language plpgsql as
    $$ begin raise exception 'refused' using errcode = '23514'; end $$`.execute(at.db);
  await sql`create trigger refused before update on ${sql.table(table)} for each row execute function refused()`.execute(at.db);
}

test('an album that arrived goes out once, as a whole', async () => {
  const number = await inTalk();
  await refuseWriting('request_messages');
  const album = { album: 'telegram:-1001/7', kind: 'photo' as const };
  await at.answered(number, { ...album, file: 'a' }, { ...album, file: 'b' }, { ...album, file: 'c' });
  const left = (await at.left()).filter((line) => line.includes(` ${RESIDENT}`));
  expect(left).toEqual([expect.stringMatching(/^sendMediaGroup 701/)]);
  expect(await at.left()).toEqual([]);
  expect(at.givenUp).toEqual(['relay']);
});

test('of an answer whose first part arrived the others come no more, and staff are told', async () => {
  const number = await inTalk();
  await refuseWriting('request_messages');
  await at.answered(number, 'Зима близко. '.repeat(400));
  const left = await at.left();
  expect(left.filter((line) => line.startsWith(`sendMessage ${RESIDENT}`))).toHaveLength(1);
  expect(left.filter((line) => line.includes('не доставлено'))).toHaveLength(1);
  expect(at.givenUp).toEqual(['relay']);
});

test('of an answer that did not arrive staff are told all the same, and it counts once as given up', async () => {
  const number = await inTalk();
  await refuseWriting('request_messages');
  at.telegram.interfereWith((call) =>
    call.method === 'sendMessage' && call.chat === RESIDENT
      ? { error_code: 400, description: 'Bad Request: message is too long' }
      : undefined,
  );
  await at.answered(number, 'Зима');
  const left = await at.left();
  expect(left.filter((line) => line.includes('не доставлено'))).toEqual([
    expect.stringContaining(`№ ${number}: не доставлено. Telegram не принял эти слова`),
  ]);
  expect(at.givenUp).toEqual(['relay']);
});
