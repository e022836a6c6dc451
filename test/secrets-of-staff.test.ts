import { describe, expect, onTestFinished, test } from 'vitest';
import { type Person, updateOf } from './kit/chat/people.ts';
import { startBotApi, until } from './kit/edge/bot-api.ts';
import { openBot } from './kit/edge/open-bot.ts';
import { spawnBot } from './kit/edge/process.ts';
import { testDatabase } from './kit/postgres.ts';
import { redisIsMissing, testRedis } from './kit/redis.ts';
import { dumpPostgres, dumpRedis, holds, openSealedInPostgres, openSealedInRedis } from './kit/stored.ts';
import * as make from './kit/make.ts';

const OLGA: Person = { name: 'Ольгалия', id: 70_113, phone: '79123456789' };
const KEY = 'ab'.repeat(32);
const OWNER = 'Пересветов-Заречный Иван Иванович';

describe.skipIf(await redisIsMissing())('a password that staff give out in the chat', () => {
  test('is on the slip and nowhere else; the slip goes out of the chat although the process was killed meanwhile', async () => {
    const [{ db, url, close }, redis, telegram] = await Promise.all([
      testDatabase(),
      testRedis(),
      startBotApi({ staff: [OLGA.id] }),
    ]);
    onTestFinished(async () => {
      await telegram.close();
      await redis.stop();
      await close();
    });
    await make.account(db, { number: '0012345', ownerName: OWNER, address: 'ул. Мира, д. 1, кв. 2' });
    const settings = {
      SECRET_KEY: KEY,
      DATABASE_URL: url,
      REDIS_URL: redis.url,
      TELEGRAM_API_ROOT: telegram.apiRoot,
      STAFF_CHAT_ID: '-1001',
    };
    const first = await spawnBot(settings);
    await first.ready();

    let update = 500;
    const says = async (words: string, answer: string) => {
      const before = telegram.said(OLGA.id).length;
      update += 1;
      telegram.push(updateOf(OLGA, { does: 'say', words }, { update, message: update }, 0));
      await until(`«${answer}»`, () => telegram.said(OLGA.id).slice(before).join('\n').includes(answer));
      await until('its end', () => telegram.confirmed.includes(update));
    };
    await says('Выдать пароль', 'Напишите номер');
    await says('0012345', 'Отметьте документы');
    for (const paper of ['Паспорт', 'Платёжный документ', 'ФИО и адрес совпадают']) await says(paper, 'Отметьте документы');
    const unsealed: string[] = [];
    const unseal = async () =>
      unsealed.push(...(await openSealedInRedis(redis.url, KEY)), ...(await openSealedInPostgres(db, KEY)));
    await unseal();
    // The dialog's answers so far.
    expect(unsealed.join('\n')).toContain('0012345');
    await says('Выдать', 'Выдача записана в журнал');
    await unseal();
    const slip = telegram.calls.find(({ method }) => method === 'sendDocument');
    const password = /Пароль: <code>(\w{10})<\/code>/.exec(String(slip?.payload.caption))?.[1] ?? '';
    expect(password).toHaveLength(10);

    await first.stop('SIGKILL');
    const named = await db.selectFrom('outbox').where('kind', '=', 'deletion').select(['message', 'doneAt']).execute();
    expect(named).toMatchObject([{ doneAt: null }]);
    await db
      .updateTable('outbox')
      .where('kind', '=', 'deletion')
      .set({ runAt: new Date(0) })
      .execute();
    const second = await openBot(settings);
    const deletions = () => telegram.calls.filter(({ method }) => method === 'deleteMessage').map(({ payload }) => payload);
    await until('the slip is deleted', () => deletions().length > 0);
    expect(deletions().map(({ chat_id, message_id }) => `telegram:${chat_id}/${message_id}`)).toEqual([named[0]?.message]);
    await second.close();

    const stored = await dumpPostgres(db);
    expect(stored).toContain('account-passwords.issue');
    const logs = first.output() + second.output();
    expect(holds(stored, password), 'in Postgres').toBe(false);
    expect(holds(await dumpRedis(redis.url), password), 'in Redis').toBe(false);
    await unseal();
    expect(holds(unsealed.join('\n'), password), 'under a seal').toBe(false);
    expect(holds(logs, password), 'in the log').toBe(false);
    for (const word of ['0012345', 'Пересветов', 'Мира', OLGA.name, String(OLGA.id)]) expect(logs).not.toContain(word);
    expect(telegram.said(OLGA.id).join('\n')).not.toContain('Пересветов');
  }, 300_000);
});
