import { NO_ANSWER, whyAway } from '../../runtime/name-of-error.ts';
import { redisSentence } from '../../adapters/redis-away.ts';
import { lookAtRedis } from '../../adapters/redis-look.ts';
import type { Config } from '../../config/config.ts';
import { type Findings, fault, good, warning } from './finding.ts';

const ABOUT = 'REDIS_URL';
const OLDEST: readonly [number, number] = [6, 2];

/** Redis, where there is one: its version, what it does with full memory, whether it lets itself be written to. */
export async function lookAtRedisOf({ redisUrl }: Config): Promise<Findings> {
  if (redisUrl === undefined) return [good(ABOUT, 'не задан: начатые разговоры живут в Postgres')];
  try {
    const { version, policy } = await lookAtRedis(redisUrl);
    const [major = 0, minor = 0] = version.split('.').map(Number);
    if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]))
      return [fault(ABOUT, `это Redis ${version}, а нужен 6.2 или новее: обновите его`)];
    const evicts = policy !== '' && policy !== 'noeviction';
    return [
      good(ABOUT, `Redis ${version}, запись проходит`),
      ...(evicts
        ? [warning(ABOUT, `maxmemory-policy ${policy}: при нехватке памяти начатые разговоры пропадут; поставьте noeviction`)]
        : []),
    ];
  } catch (error) {
    const code = whyAway(error);
    return [fault(ABOUT, redisSentence(code === NO_ANSWER ? 'нет ответа' : code))];
  }
}
