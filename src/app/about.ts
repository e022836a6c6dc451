import type { Config } from '../config/config.ts';

/** What the operator reads when it has started; no secret, and of an address the kind alone. */
export function aboutOf(
  config: Config,
  { bot, group, port }: { bot: string; group: string | undefined; port: number | undefined },
): Readonly<Record<string, string | number | boolean>> {
  const configured = config.mode === 'bot' ? config : undefined;
  return {
    bot: `@${bot}`,
    ...(configured && config.staffChatId === undefined ? { group: 'none' } : group !== undefined && { group }),
    sandbox: configured === undefined,
    storage: configured?.databaseUrl === undefined ? `embedded Postgres in ${config.dataDir}` : 'Postgres of DATABASE_URL',
    turns: config.redisUrl === undefined ? 'Postgres' : 'Redis',
    updates: configured?.webhook ? 'webhook' : 'long polling',
    listens: `${config.host}:${port ?? config.port}`,
  };
}
