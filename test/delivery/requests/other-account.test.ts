import { afterEach, beforeEach, expect, test } from 'vitest';
import type { MessengerId } from '../../../src/office/caller.ts';
import { createNotices, postNotice } from '../../../src/office/notices.ts';
import * as make from '../../kit/make.ts';
import { openWords } from './desk-of-words.ts';

/** One login in several Telegram accounts: the request is from the first one. */
const [A, B, C] = [701, 702, 703] as const;

let at: Awaited<ReturnType<typeof openWords>>;
beforeEach(async () => {
  at = await openWords();
});
afterEach(() => at.close());

type Account = typeof A | typeof B | typeof C;
const idOf = (account: Account): MessengerId => `telegram:${account}`;

/** A request of A's that staff have, after whoever is to sign out did, who signed in last coming last; for each account a notice waits. */
async function inTalk({ signedIn, out }: { signedIn: readonly Account[]; out: readonly Account[] }): Promise<number> {
  const residentId = await make.resident(at.db, { phone: '+79123456789' });
  for (const [n, account] of signedIn.entries())
    await make.session(at.db, { residentId, messengerId: idOf(account), openedAt: new Date(at.clock().getTime() + n) });
  const number = await at.opened(A, 'Почему так много?');
  await at.left();
  for (const account of out)
    await at.db.updateTable('sessions').set({ endedAt: at.clock() }).where('messengerId', '=', idOf(account)).execute();
  const runAt = new Date(at.clock().getTime() + 7 * 86_400_000);
  await at.db.transaction().execute(async (trx) => {
    for (const account of [A, B, C]) await postNotice(trx, { to: idOf(account), text: 'notice', runAt }, at.clock());
  });
  return number;
}

const block = (...accounts: readonly Account[]) => {
  for (const account of [A, B, C]) at.telegram.stop(account, accounts.includes(account));
};
const welcomeBack = (account: Account) => createNotices(at).welcomeBack([idOf(account)]);

/** What came to people, and what staff read of the answer. */
async function heard(): Promise<{ people: string[]; staff: string[] }> {
  const left = await at.left();
  return {
    people: left.filter((line) => /^sendMessage 70\d:/.test(line)).map((line) => line.replace(/^sendMessage |<[^>]+>/g, '')),
    staff: left.flatMap((line) => /не доставлено|правка не ушла|ответ ждёт/.exec(line)?.[0] ?? []),
  };
}

/** Whom nobody writes to any more, and whose notices were given up. */
async function shut(): Promise<{ unreachable: Account[]; without: Account[] }> {
  const sorted = (ids: readonly string[]) =>
    ids.map((id) => Number(id.split(':')[1]) as Account).toSorted((one, other) => one - other);
  const found = await at.db.selectFrom('unreachable').select('messengerId').execute();
  const failed = await at.db
    .selectFrom('outbox')
    .select('addressee')
    .where('kind', '=', 'notice')
    .where('failedAt', 'is not', null)
    .execute();
  return {
    unreachable: sorted(found.map(({ messengerId }) => messengerId)),
    without: sorted(failed.map(({ addressee }) => addressee)),
  };
}

const answer = (to: Account, words: string) => `${to}: Ответ по обращению № 1\n${words}`;
const KNOCK = `${A}: 🔔 Пришёл ответ на обращение № 1. Войдите, чтобы прочитать.`;

test.each<{
  case: string;
  signedIn: readonly Account[];
  out: readonly Account[];
  blocked: readonly Account[];
  people: readonly string[];
  staff: readonly string[];
  unreachable: readonly Account[];
}>([
  {
    case: 'the only one that is signed in has blocked the bot: it waits, and the one that asked reads so',
    signedIn: [A, B],
    out: [A],
    blocked: [B],
    people: [KNOCK],
    staff: ['ответ ждёт'],
    unreachable: [B],
  },
  {
    case: 'one has blocked the bot, and another one is signed in: it goes there',
    signedIn: [A, C, B],
    out: [A],
    blocked: [B],
    people: [answer(C, 'зима')],
    staff: [],
    unreachable: [B],
  },
  {
    case: 'the one that asked has blocked the bot, and another one is signed in: it goes there',
    signedIn: [A, B],
    out: [],
    blocked: [A],
    people: [answer(B, 'зима')],
    staff: [],
    unreachable: [A],
  },
  {
    case: 'all have blocked the bot: staff are told, once',
    signedIn: [A, B],
    out: [],
    blocked: [A, B],
    people: [],
    staff: ['не доставлено'],
    unreachable: [A, B],
  },
  {
    case: 'all have blocked the bot, and the one that asked is signed out: staff are told, once',
    signedIn: [A, B],
    out: [A],
    blocked: [A, B],
    people: [],
    staff: ['не доставлено'],
    unreachable: [A, B],
  },
])(
  '$case; and no other account is taken for the one that did',
  async ({ signedIn, out, blocked, people, staff, unreachable }) => {
    const number = await inTalk({ signedIn, out });
    block(...blocked);
    await at.answered(number, 'зима');
    expect(await heard()).toEqual({ people, staff });
    expect(await shut()).toEqual({ unreachable, without: unreachable });
  },
);

test('what waits because the only account that is signed in takes nothing comes there once it does, once, and the next answer at once', async () => {
  const number = await inTalk({ signedIn: [A, B], out: [A] });
  block(B);
  await at.answered(number, 'зима');
  await at.answered(number, 'до марта');
  expect((await heard()).people).toEqual([KNOCK]);
  block();
  await welcomeBack(A);
  expect((await heard()).people).toEqual([]);
  await Promise.all([welcomeBack(B), welcomeBack(B)]);
  expect((await heard()).people).toEqual([answer(B, 'зима'), answer(B, 'до марта')]);
  await at.answered(number, 'весна');
  expect((await heard()).people).toEqual([answer(B, 'весна')]);
});

test.each([A, B] as const)('where none took it, it comes to the first that does: %i', async (first) => {
  const number = await inTalk({ signedIn: [A, B], out: [] });
  block(A, B);
  await at.answered(number, 'зима');
  await heard();
  block(first === A ? B : A);
  await welcomeBack(first);
  expect(await heard()).toEqual({ people: [answer(first, 'зима')], staff: [] });
});

test('a correction in an account that has blocked the bot since is told, and nobody else is taken for it', async () => {
  const number = await inTalk({ signedIn: [A, B], out: [A] });
  await at.answered(number, 'зима');
  expect((await heard()).people).toEqual([answer(B, 'зима')]);
  block(B);
  await at.reword(number, -1, 'лето');
  expect(await heard()).toEqual({ people: [], staff: ['правка не ушла'] });
  expect(await shut()).toEqual({ unreachable: [B], without: [B] });
});

test('of an answer that is there in part the rest goes to no other account', async () => {
  const number = await inTalk({ signedIn: [A, B], out: [] });
  let parts = 0;
  at.telegram.interfereWith(({ method, chat }) =>
    method === 'sendMessage' && chat === A && ++parts > 1
      ? { error_code: 403, description: 'Forbidden: bot was blocked by the user' }
      : undefined,
  );
  await at.answered(number, 'слово '.repeat(1000).trim());
  const { people, staff } = await heard();
  expect(people.map((line) => Number(line.slice(0, 3)))).toEqual([A]);
  expect(staff).toEqual(['не доставлено']);
});
