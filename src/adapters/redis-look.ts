import { randomUUID } from 'node:crypto';
import { codeInWords } from './redis-away.ts';
import { openRedis } from './redis.ts';

export type RedisFacts = {
  /** `7.2.4` */
  version: string;
  /** What it does where its memory is full: `noeviction`. */
  policy: string;
};

/** Asks a Redis what it is and writes a key that is gone a second later. Throws where it does not answer or does not let itself be written to. */
export async function lookAtRedis(url: string): Promise<RedisFacts> {
  let broken: string | undefined;
  const client = openRedis(url, (message) => {
    broken = message;
  });
  try {
    const info = await client.info();
    const named = (name: string) => new RegExp(`^${name}:(\\S+)`, 'm').exec(info)?.[1] ?? '';
    await client.set(`inkomus:doctor:${randomUUID()}`, '', 'PX', 1_000);
    return { version: named('redis_version'), policy: named('maxmemory_policy') };
  } catch (error) {
    // Its own error says only how often it was tried; the connection's says why.
    const code = codeInWords(broken ?? '');
    throw code === undefined ? error : Object.assign(new Error('Redis cannot be reached', { cause: error }), { code });
  } finally {
    client.disconnect();
  }
}
