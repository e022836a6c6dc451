import { expect, onTestFinished, test } from 'vitest';
import type { CallersTurn } from '../../src/office/caller.ts';
import { fenced, idempotent } from '../../src/office/idempotent.ts';
import { deleteOldRevokedTurns, insertRevokedTurn } from '../../src/records/revoked-turns.ts';
import { testDatabase } from '../kit/postgres.ts';

const MESSENGER = 'telegram:7';
const clock = () => new Date();

async function openStage() {
  const { db, close } = await testDatabase();
  onTestFinished(close);
  const callerIn = (token: string | undefined, operation: string, isHeld: CallersTurn['isHeld'] = () => true) =>
    ({ messengerId: MESSENGER, idempotencyKey: operation, turn: token === undefined ? undefined : { token, isHeld } }) as const;
  return { db, callerIn };
}

test('a turn that was revoked writes nothing more; others, and who asks in no turn, do', async () => {
  const { db, callerIn } = await openStage();
  await insertRevokedTurn(db, '7/t1');
  await insertRevokedTurn(db, '7/t1');
  let done = 0;
  const work = async () => ++done;
  await expect(idempotent({ db, clock }, callerIn('7/t1', '1:0'), 'verb', work)).rejects.toThrow(/another process has the chat/);
  expect(await idempotent({ db, clock }, callerIn('7/t2', '1:0'), 'verb', work)).toBe(1);
  expect(await idempotent({ db, clock }, callerIn(undefined, '2:0'), 'verb', work)).toBe(2);
  // The repeat hears the first answer, and nothing of it to the one that was revoked.
  expect(await idempotent({ db, clock }, callerIn('7/t3', '1:0'), 'verb', work)).toBe(1);
  await expect(idempotent({ db, clock }, callerIn('7/t1', '1:0'), 'verb', work)).rejects.toThrow(/another process has the chat/);
});

test.each([
  ['at once', () => false],
  ['when it has asked', async () => false],
])('nor does one whose process knows %s that it is lost, though nobody revoked it', async (_, isHeld) => {
  const { db, callerIn } = await openStage();
  let done = 0;
  const work = async () => ++done;
  await expect(idempotent({ db, clock }, callerIn('7/t1', '1:0', isHeld), 'verb', work)).rejects.toThrow(/another process has/);
  expect(done).toBe(0);
  expect(
    await idempotent(
      { db, clock },
      callerIn('7/t1', '1:0', async () => true),
      'verb',
      work,
    ),
  ).toBe(1);
});

test('what is judged anew each time is fenced, too', async () => {
  const { db, callerIn } = await openStage();
  await insertRevokedTurn(db, '7/t1');
  let done = 0;
  const work = async () => ++done;
  await expect(fenced({ db }, callerIn('7/t1', '1:0'), work)).rejects.toThrow(/another process has the chat/);
  await expect(
    fenced(
      { db },
      callerIn('7/t2', '1:0', () => false),
      work,
    ),
  ).rejects.toThrow(/another process has the chat/);
  expect(done).toBe(0);
  expect(await fenced({ db }, callerIn('7/t2', '1:0'), work)).toBe(1);
  expect(await fenced({ db }, callerIn('7/t2', '1:0'), work)).toBe(2);
  expect(await fenced({ db }, callerIn(undefined, '1:0'), work)).toBe(3);
});

test('a turn is revoked once what it is writing is written: what comes after sees it', async () => {
  const { db, callerIn } = await openStage();
  const order: string[] = [];
  let letGo = () => {};
  const held = new Promise<void>((resolve) => (letGo = resolve));
  let began = () => {};
  const begun = new Promise<void>((resolve) => (began = resolve));
  const writing = idempotent({ db, clock }, callerIn('7/t1', '1:0'), 'verb', async () => {
    began();
    await held;
    order.push('written');
    return 'done';
  });
  await begun;
  const revoking = insertRevokedTurn(db, '7/t1').then(() => order.push('revoked'));
  letGo();
  await Promise.all([writing, revoking]);
  expect(order).toEqual(['written', 'revoked']);
});

test('revoked turns are forgotten long after any process could wake', async () => {
  const { db } = await openStage();
  await insertRevokedTurn(db, '7/t1');
  await deleteOldRevokedTurns(db, new Date(Date.now() - 60_000));
  expect(await db.selectFrom('revokedTurns').select('token').execute()).toHaveLength(1);
  await deleteOldRevokedTurns(db, new Date(Date.now() + 60_000));
  expect(await db.selectFrom('revokedTurns').select('token').execute()).toEqual([]);
});
