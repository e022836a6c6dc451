import { noticeLine } from '../../../src/delivery/notices/line.ts';
import { startOutbox } from '../../../src/delivery/outbox.ts';
import { openDb, openPool } from '../../../src/adapters/postgres/pool.ts';

/** A process that sends notices and is meant to be killed. */
const url = process.env.URL_OF_DATABASE ?? '';
const db = openDb(openPool({ connectionString: url }));
const clock = () => new Date(Number(process.env.STARTED) + performance.now());
const texts = { has: () => true, text: (name: string) => name };
const log = {
  info: (_: unknown, message: string) => console.log(message),
  warn: (fields: unknown, message: string) => console.error(message, fields),
};
const send = async (to: string) => {
  await fetch(`${process.env.URL_OF_TELEGRAM}/${to}`);
  return { outcome: 'sent' } as const;
};

startOutbox({
  lines: (pace) => [noticeLine({ db, clock, paceClock: clock, pace, texts, log, send }, 'Europe/Moscow')],
  url,
  paceClock: clock,
  groupSends: { keep: async () => {}, list: async () => [] },
  log,
});
