import type { Config } from '../config/config.ts';

/** What the operator reads when it has started; no secret, and of an address the kind alone. */
export function aboutOf(
  config: Config,
  { bot, group, port }: { bot: string; group: string | undefined; port: number | undefined },
): Readonly<Record<string, string | number | boolean>> {
  const telegram = config.mode === 'telegram' ? config : undefined;
  return {
    bot: `@${bot}`,
    ...(telegram && config.staffChatId === undefined ? { group: 'none' } : group !== undefined && { group }),
    sandbox: telegram === undefined,
    storage: telegram?.databaseUrl === undefined ? `embedded Postgres in ${config.dataDir}` : 'Postgres of DATABASE_URL',
    turns: config.redisUrl === undefined ? 'Postgres' : 'Redis',
    updates: telegram?.webhook ? 'webhook' : 'long polling',
    listens: `${config.host}:${port ?? config.port}`,
  };
}
