import { whyAway } from '../../adapters/name-of-error.ts';
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
    return [fault(ABOUT, `Redis не отвечает или не пишет (${code}): ${NEXT[code] ?? 'запустите его или исправьте адрес'}`)];
  }
}

const PASSWORD = 'исправьте имя и пароль в адресе (знаки @ : / # % — кодами %40 %3A %2F %23 %25)';
const NEXT: Readonly<Record<string, string | undefined>> = {
  NOAUTH: `нужен пароль: ${PASSWORD}`,
  WRONGPASS: PASSWORD,
  READONLY: 'это копия только для чтения; укажите основной узел',
  OOM: 'память кончилась; поднимите maxmemory',
  MISCONF: 'он не может писать на диск; освободите место',
  ENOTFOUND: 'такого узла нет; исправьте адрес',
  NOPERM: 'пользователю не хватает прав',
};
