import { openKeyring } from '../../../src/adapters/keyring.ts';
import { openPool } from '../../../src/adapters/postgres/pool.ts';
import { openRedis } from '../../../src/adapters/redis.ts';
import { postgresTurns } from '../../../src/adapters/turns/postgres.ts';
import { redisTurns } from '../../../src/adapters/turns/redis.ts';

/** A process that takes a chat, says so, and stays until it is killed. */
const [kind, url = '', key = '', chat = '', updateId, lockMs] = process.argv.slice(2);
const times = { lockMs: Number(lockMs) };
const turns =
  kind === 'redis'
    ? redisTurns(openRedis(url), openKeyring(key), { times })
    : postgresTurns(openPool({ connectionString: url }), openKeyring(key), times);
const turn = await turns.take(chat, String(updateId));
console.log(turn === 'repeat' ? 'repeat' : 'taken');
process.stdin.resume().on('end', () => process.exit());
