import { startNotices } from '../../../src/adapters/notices/worker.ts';
import { openDb, openPool } from '../../../src/adapters/postgres/pool.ts';

/** A process that sends notices and is meant to be killed. */
const url = process.env.URL_OF_DATABASE ?? '';
startNotices({
  db: openDb(openPool({ connectionString: url })),
  url,
  clock: () => new Date(Number(process.env.STARTED) + performance.now()),
  timeZone: 'Europe/Moscow',
  texts: { has: () => true, text: (name) => name },
  log: { info: (_, message) => console.log(message), warn: (fields, message) => console.error(message, fields) },
  send: async (to) => {
    await fetch(`${process.env.URL_OF_TELEGRAM}/${to}`);
    return { outcome: 'sent' };
  },
});
