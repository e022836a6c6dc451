import { Api } from 'grammy';
import { createSendNotice } from '../../../src/channels/telegram/send-notice.ts';
import { openStaffGroup } from '../../../src/channels/telegram/staff-group.ts';
import { deliver } from '../../../src/delivery/notices/deliver.ts';
import { outboxSource } from '../../../src/delivery/source.ts';
import { startLoneOutbox, telegramPace } from '../../kit/lone-outbox.ts';
import type { OutboxRow } from '../../../src/records/outbox.ts';
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
const api = new Api(process.env.TOKEN ?? '', { apiRoot: process.env.URL_OF_TELEGRAM ?? '' });
const send = createSendNotice(api, openStaffGroup(undefined), () => Promise.reject(new Error('nothing is drawn')));

const pace = telegramPace();
const room = { db, clock, paceClock: clock, pace, texts, log, send, asOfNow: async (notice: OutboxRow) => notice };
startLoneOutbox({
  source: outboxSource({ db, clock, timeZone: 'Europe/Moscow' }, async (row) => ({ messages: 1, go: () => deliver(room, row) })),
  pace,
  url,
  paceClock: clock,
  log,
});
