import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { openRedis } from '../../../src/adapters/redis.ts';
import { redisTurns } from '../../../src/adapters/turns/redis.ts';
import { registered, SHORT_CONSENT } from '../../dialogs/cabinet.ts';
import { play } from '../../kit/chat/play.ts';
import { openWorld } from '../../kit/chat/world.ts';
import { redisIsMissing, testRedis } from '../../kit/redis.ts';
import * as make from '../../kit/make.ts';

const FORM = '# после: identity/registration/happy до «{код}»';
const WRONG_CODE = 'Иван: {код2}';
const STRANGER = (password: string) => `Мария: /login
Мария: petr
Мария: ${password}`;

describe.skipIf(await redisIsMissing({ own: true }))('Redis is lost', () => {
  test('flushed or killed, it changes no limit: tries of a code, of a password, of a sum, SMS, questions about logins', async () => {
    const redis = await testRedis({ own: true });
    const world = await openWorld({ ...SHORT_CONSENT, turns: (keyring) => redisTurns(openRedis(redis.url), keyring) });
    const petr = { id: 900, login: 'petr', phone: '89995550011', password: 'k7w_pq29' };
    await registered(world, petr);
    await make.account(world.db, { number: '0012345' });
    await make.payment(world.db, { account: '0012345', sumKopecks: 500_01 });
    const guess = async (sum: number) => {
      const account = '0012345' as Parameters<typeof world.office.linking.proveBySum>[1];
      const caller = { messengerId: 'telegram:900', idempotencyKey: `guess-${sum}` } as const;
      return (await world.office.linking.proveBySum(caller, account, sum)).outcome;
    };
    /** Each part is played by a new stage, whose people press buttons of that part only. */
    let part = 0;
    const goOn = (script: string) => play(world, script, { updatesFrom: 1000 * ++part });

    await goOn(`${FORM}\n${WRONG_CODE}\n${WRONG_CODE}`);
    for (const i of [1, 2, 3]) await goOn(STRANGER(`wrong_${i}`));
    for (let sum = 101; sum < 104; sum++) expect(await guess(sum)).toBe('not-proved');

    await redis.flush();
    world.pass(60_000);
    const afterFlush = await goOn(`${FORM}\n${WRONG_CODE}`);
    expect(afterFlush).toContain('Осталось 2 попытки.');
    for (const i of [4, 5]) await goOn(STRANGER(`wrong_${i}`));
    for (let sum = 104; sum < 106; sum++) expect(await guess(sum)).toBe('not-proved');

    await redis.kill();
    await redis.restart();
    await untilThere(() => world.turns.take('1', '1'));
    // The sixth of the strangers is not even judged, right as it is.
    expect(await goOn(STRANGER(petr.password))).toContain('Войти не получилось');
    world.pass(60_000);
    const afterKill = await goOn(`${FORM}\n${WRONG_CODE}\n${WRONG_CODE}\n${FORM}`);
    expect(afterKill.match(/Код введён неверно слишком много раз/g)).toHaveLength(2);
    expect(world.sms.filter(({ phone }) => phone === '+79123456789')).toHaveLength(3);
    // Nor is the sixth sum.
    expect(await guess(500_01)).toBe('not-proved');
    const { rows } = await sql<{
      asked: number;
    }>`select count(*)::int as asked from rate_limit_hits where kind = 'login-question'`.execute(world.db);
    expect(rows).toEqual([{ asked: 4 }]);
    expect(world.failures).toEqual([]);
    await world.close();
    await redis.stop();
  }, 300_000);
});

/** A client finds its way back to a server that was started again within a second or two. */
async function untilThere(ask: () => Promise<'repeat' | { abandon: () => Promise<void> }>): Promise<void> {
  for (let i = 0; i < 50; i++) {
    try {
      const turn = await ask();
      if (turn !== 'repeat') await turn.abandon();
      return;
    } catch {
      await sleep(100);
    }
  }
  throw new Error('Redis did not come back');
}
