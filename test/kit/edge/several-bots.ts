import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { openAppOf } from './open-app.ts';

/** A program that opens a bot for each of its arguments, which are settings that come on top of the environment's; SIGTERM closes all. */
const apps = await Promise.all(
  process.argv.slice(2).map(async (way) => {
    const folder = await mkdtemp(join(process.cwd(), 'bot-'));
    const settings = {
      ...(process.env as Record<string, string>),
      ...(JSON.parse(way) as Record<string, string>),
      DATA_DIR: folder,
    };
    return openAppOf(settings, { folder, destination: process.stdout });
  }),
);
process.on('SIGTERM', () => void Promise.all(apps.map((app) => app.close())).then(() => process.exit(0)));
process.stdout.write('all are at work\n');
