import { expect, onTestFinished, test } from 'vitest';
import { deleteRateLimitHit, insertRateLimitHit, listRateLimitHits } from '../../src/records/rate-limit-hits.ts';
import { testDatabase } from '../kit/postgres.ts';

test('the hit that was none after all is the newest one of its subject, under whichever key that was counted', async () => {
  const { db, close } = await testDatabase();
  onTestFinished(close);
  const at = (hour: number) => new Date(Date.UTC(2026, 10, 20, hour));
  // The second key is the older one.
  const anna = ['anna-2', 'anna-1'];
  await db.transaction().execute(async (trx) => {
    await insertRateLimitHit(trx, 'password-failure', ['anna-1'], at(1));
    await insertRateLimitHit(trx, 'password-failure', anna, at(2));
    await insertRateLimitHit(trx, 'password-failure', anna, at(3));
    await insertRateLimitHit(trx, 'password-failure', ['boris-2'], at(4));
    await insertRateLimitHit(trx, 'code-failure', anna, at(5));
  });
  const left = async (): Promise<number[]> =>
    (await listRateLimitHits(db, 'password-failure', anna, at(0), 10)).map((hit) => hit.getUTCHours());
  const takeBack = () => db.transaction().execute((trx) => deleteRateLimitHit(trx, 'password-failure', anna));

  await takeBack();
  expect(await left()).toEqual([2, 1]);
  await takeBack();
  expect(await left()).toEqual([1]);
  for (let times = 0; times < 2; times += 1) await takeBack();
  expect(await left()).toEqual([]);
  const others = await db.selectFrom('rateLimitHits').select('subject').orderBy('id').execute();
  expect(others).toEqual([{ subject: 'boris-2' }, { subject: 'anna-2' }]);
});
