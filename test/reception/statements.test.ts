import { expect, test } from 'vitest';
import { testDatabase } from '../kit/postgres.ts';
import { countStatements } from '../kit/statements.ts';

test('an update asks Postgres so often, however many accounts its author has', async () => {
  const { url, close } = await testDatabase();
  const counted = await countStatements(url);
  await close();
  const table = (by: string) =>
    Object.fromEntries(counted.filter((each) => each.by === by).map(({ update, statements }) => [update, statements]));
  const usual = {
    // With the cards of the accounts.
    '/menu': 5,
    '/debt': 6,
    '[Почему столько?]': 8,
    '/bill': 15,
    '[По сумме последних платежей]': 3,
    'a typed answer': 5,
  };
  expect(table('one account')).toEqual(usual);
  // `/bill` asks for which of several.
  expect(table('four accounts')).toEqual({ ...usual, '/bill': 2 });
  // Debts of more months than usual: those are read for all accounts at once.
  expect(table('four accounts, debts of many months')).toEqual({
    ...usual,
    '/menu': 6,
    '/debt': 7,
    '[Почему столько?]': 9,
    '/bill': 2,
  });
  // Postgres as the store of turns: one statement to take the chat, one to finish.
  expect(new Set(counted.map(({ ofTurns }) => ofTurns))).toEqual(new Set([2]));
});
