import type { DestinationStream } from 'pino';
import { createMetrics } from '../../../src/adapters/http/metrics.ts';
import { createLog } from '../../../src/adapters/log.ts';
import { type App, openApp, type Role } from '../../../src/app.ts';
import { readConfig } from '../../../src/config/config.ts';

/** What `main.ts` opens with these settings, in this process: the settings are read, the log is written, and all parts are the real ones. */
export async function openAppOf(
  settings: Record<string, string>,
  { folder, role = 'all', destination }: { folder: string; role?: Role; destination: DestinationStream },
): Promise<App> {
  const config = readConfig(settings, folder);
  const metrics = createMetrics({ version: 'tested', role });
  const onWarning = (level: string) => metrics.logLines.inc({ level });
  const log = createLog(config.logLevel, { destination, readable: false, onWarning });
  const app = await openApp(config, role, { log, metrics }, { onLost: (what) => log.fatal(what) });
  log.info(app.about, 'the bot is at work');
  return app;
}
