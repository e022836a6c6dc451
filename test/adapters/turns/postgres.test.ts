import { expect, test } from 'vitest';
import { openPool } from '../../../src/adapters/postgres/pool.ts';
import { postgresTurns, sweepTurns } from '../../../src/adapters/turns/postgres.ts';
import { StoreUnavailable, TURN_TIMES } from '../../../src/adapters/turns/turns.ts';
import { testDatabase } from '../../kit/postgres.ts';
import { contractKeyring, contractOfTurns } from './contract.ts';

contractOfTurns('chat turns on Postgres', async () => {
  const { url, close } = await testDatabase();
  const own = openPool({ connectionString: url });
  const pools = [own];
  return {
    open: (times, keyring = contractKeyring(), revoke) => {
      const pool = openPool({ connectionString: url });
      pools.push(pool);
      return postgresTurns(pool, keyring, times, revoke);
    },
    address: ['postgres', url],
    dump: async () => {
      type Row = { chat: string; state: Buffer | null };
      const { rows } = await own.query<Row>('select chat, state from chat_turns');
      return Buffer.concat(rows.flatMap(({ chat, state }) => [Buffer.from(chat), state ?? Buffer.alloc(0)]));
    },
    transplant: async (from, to) => {
      const text = `update chat_turns t set state = s.state from chat_turns s where s.chat = $1 and t.chat = $2`;
      expect((await own.query(text, [from, to])).rowCount).toBe(1);
    },
    flush: async () => void (await own.query('truncate chat_turns, chat_updates')),
    stop: async () => {
      await Promise.all(pools.map((pool) => pool.end()));
      await close();
    },
  };
});

test('sweeping removes what is too old and nothing else', async () => {
  const { url, close } = await testDatabase();
  const pool = openPool({ connectionString: url });
  const turns = postgresTurns(pool, contractKeyring());
  for (const chat of ['1', '2']) {
    const turn = await turns.take(chat, '1');
    if (turn !== 'repeat') await turn.finish({ state: Buffer.from('words'), secretExpected: false });
  }
  await pool.query(`update chat_updates set at = at - interval '3 days' where chat = '1'`);
  await pool.query(`update chat_turns set state_until = state_until - interval '1 hour' where chat = '1'`);
  await sweepTurns(pool, TURN_TIMES);
  expect((await pool.query('select chat from chat_turns')).rows).toEqual([{ chat: '2' }]);
  expect((await pool.query('select chat, update_key from chat_updates')).rows).toEqual([{ chat: '2', update_key: '1' }]);
  await turns.close();
  await pool.end();
  await close();
});

test('a store that cannot be reached is a StoreUnavailable', async () => {
  const pool = openPool({ connectionString: 'postgresql://nobody@127.0.0.1:1/none' });
  const turns = postgresTurns(pool, contractKeyring());
  await expect(turns.take('1', '1')).rejects.toThrow(StoreUnavailable);
  expect(await turns.isThere()).toBe(false);
  await turns.close();
  await pool.end();
});
