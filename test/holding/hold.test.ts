import { expect, test } from 'vitest';
import { runs } from '../kit/runs.ts';
import { testDatabase } from '../kit/postgres.ts';
import * as make from '../kit/make.ts';
import { failureLines } from './report.ts';
import { foreseen, runActions, runSeed } from './run.ts';
import { shrink } from './shrink.ts';

const register = {
  who: 'Иван',
  does: 'registers',
  given: { login: 'ivan_17', phone: '89121000017', password: 'pw_1234567-x', knowsCode: true, resends: 0, wrongCodes: 0 },
};

test.each([2, 9])('seed %i: what PRODUCT.md says is what people read and what the records say', async (seed) => {
  const run = await runSeed(seed, runs(24));
  expect(run.failure && failureLines(seed, run)).toBeUndefined();
  expect(run.actions.length).toBeGreaterThan(18);
});

/** Without sums and names. */
function endOf(expected: string): string {
  const [, first] = /^(invoice|qr|credited|rows|read by (?!nobody)|read(?= \d)|\d+(?=: ))/.exec(expected) ?? [];
  const end = first ?? expected.split(', ').at(-1) ?? '';
  return end
    .replace(/^\d{5,}$/, 'a debt')
    .replace(/^[А-ЯЁ].*/, 'somebody')
    .trim();
}

test('the same seed is the same people doing the same', () => {
  expect(foreseen(7, 100)).toEqual(foreseen(7, 100));
  expect(foreseen(8, 100)).not.toEqual(foreseen(7, 100));
});

test('people come to every end that the model knows', () => {
  const all = Array.from({ length: 16 }, (_, seed) => foreseen(seed, 250)).flat();
  const ends = new Set(all.map(({ action, expected }) => `${action.does}: ${endOf(expected)}`));
  expect([...ends].toSorted()).toMatchInlineSnapshot(`
    [
      "accountCloses: refused 0",
      "accountOpens: refused 0",
      "adds: added",
      "adds: silenced",
      "announces: nobody",
      "announces: read by",
      "announces: read by nobody",
      "asks: opened",
      "asks: silenced",
      "asksToPay: invoice",
      "asksToPay: nothing-owed",
      "asksToPay: qr",
      "asksToPayAsGuest: invoice",
      "asksToPayAsGuest: lookup-limit",
      "asksToPayAsGuest: qr",
      "asksToPayAsGuest: unknown",
      "changesPassword: changed",
      "changesPassword: old-wrong",
      "changesPassword: password-refused",
      "changesPhone: changed",
      "changesPhone: code-wrong",
      "changesPhone: old-wrong",
      "changesPhone: phone-taken",
      "chargesCome: refused 0",
      "chargesCome: refused 1",
      "comesAgain: nothing",
      "disowns: gone",
      "disowns: reported",
      "endsAccess: ended",
      "endsSession: ended",
      "endsSession: nobody-else",
      "givesAccess: given",
      "guessesToTheBrim: not-proved",
      "handsIn: digits",
      "handsIn: high",
      "handsIn: lower",
      "handsIn: no-meters",
      "handsIn: taken",
      "handsIn: window-closed",
      "handsInAsGuest: account-closed",
      "handsInAsGuest: digits",
      "handsInAsGuest: lookup-limit",
      "handsInAsGuest: no-meters",
      "handsInAsGuest: taken",
      "handsInAsGuest: unknown",
      "handsInAsGuest: window-closed",
      "importIsUndone: already",
      "importIsUndone: undone",
      "linksByPassword: linked",
      "linksByPassword: linked-already",
      "linksByPassword: not-proved",
      "linksBySum: guest",
      "linksBySum: linked",
      "linksBySum: linked-already",
      "linksBySum: not-proved",
      "linksBySum: second-way",
      "looksAtDebt: a debt",
      "looksAtDebt: guest",
      "looksAtDebt: none",
      "looksUpNumbers: found",
      "looksUpNumbers: lookup-limit",
      "meterComes: refused 0",
      "moneyGoes: kept",
      "moneySaidAgain: nothing",
      "ownerComes: refused 0",
      "paymentsCome: read",
      "paymentsGoOut: rows",
      "pays: bank-refused",
      "pays: credited",
      "pays: refused",
      "rates: rated",
      "readingsAreAnswered: refused 0",
      "readingsGoOut: rows",
      "recovers: code-closed",
      "recovers: code-wrong",
      "recovers: password-refused",
      "recovers: recovered",
      "recovers: signed-in-already",
      "registers: code-limit",
      "registers: code-wrong",
      "registers: login-taken",
      "registers: password-refused",
      "registers: phone-taken",
      "registers: registered",
      "registers: signed-in-already",
      "reopens: reopened",
      "signsIn: code-closed",
      "signsIn: code-wrong",
      "signsIn: refused",
      "signsIn: signed-in",
      "signsIn: signed-in-already",
      "signsOut: guest",
      "signsOut: signed-out",
      "staffAnswer: read by",
      "staffAnswer: read by nobody",
      "staffClose: closed",
      "staffCredit: credited",
      "staffCredit: too-much",
      "staffDecide: ended",
      "staffEdit: read by",
      "staffHear: heard",
      "staffIssuePasswords: issued",
      "staffSilence: banned",
      "staffSilence: silenced",
      "staffTakes: taken",
      "staffTakes: taken-own",
      "staffWrite: read by",
      "switchesNews: off",
      "switchesNews: on",
      "takesAccess: linked",
      "takesAccess: linked-already",
      "takesAccess: own",
      "takesAccess: used",
      "triesWhatProvesNothing: linked",
      "triesWhatProvesNothing: not-proved",
      "twoTakeAccess: somebody",
      "twoUsePassword: somebody",
      "unlinks: unlinked",
      "waits: later",
      "withdraws: withdrawn",
    ]
  `);
});

test('what the model does not say of the records is found', async () => {
  const database = await testDatabase();
  await make.resident(database.db, { login: 'ghost', phone: '+79009009090' });
  const { failure } = await runActions([register], { database });
  expect(failure).toMatchObject({ step: 1, troubles: ['the records have, and should not: login ghost has phone 89009009090'] });
});

test('a list is made as short as it can be and still fail', async () => {
  const all = Array.from({ length: 40 }, (_, i) => i);
  const short = await shrink(all, async (part) => part.includes(11) && part.includes(30));
  expect(short).toEqual([11, 30]);
});
