import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { readVersion } from '../../src/adapters/version.ts';
import { firstDay, periodOf, shiftPeriod } from '../../src/domain/period.ts';
import { checkoutUpdate, invoiceOf, paidUpdate, refundedUpdate } from '../kit/chat/invoices.ts';
import { type Person, updateOf } from '../kit/chat/people.ts';
import { ME, startBotApi, until } from '../kit/edge/bot-api.ts';
import { spawnBot, startSmsProvider } from '../kit/edge/process.ts';
import { testDatabase } from '../kit/postgres.ts';
import * as make from '../kit/make.ts';

const IVAN: Person = { name: 'Иваннакий Полубояринов', id: 70_113, phone: '79123456789' };
const CHARGE = { telegram: 'tgcharge8812', provider: 'prcharge9913' };
/** Who he is, where he lives, what he owes and pays, what his meter shows. */
const PRIVATE =
  /Полубояринов|Иваннакий|Подгорнов|Прибрежн|0098765|123456789|7741852|331[ ,.]?77|33177|1234[ ,.]?11|123411|98765[.,]?4|987654|tgcharge|prcharge|resident70113/;

test('what the bot logs at its most talkative names neither people nor accounts nor sums, whatever breaks', async () => {
  const [{ db, url, close }, telegram, sms] = await Promise.all([testDatabase(), startBotApi(), startSmsProvider()]);
  onTestFinished(async () => {
    await telegram.close();
    sms.close();
    await close();
  });
  const bot = await spawnBot({
    DATABASE_URL: url,
    TELEGRAM_API_ROOT: telegram.apiRoot,
    SMS_API_ROOT: sms.root,
    PAYMENT_PROVIDER_TOKEN: '381764678:TEST:77',
    READINGS_WINDOW: '1-31',
    PAYEE_NAME: 'АО «ВЦ»',
    PAYEE_INN: '6154999016',
    PAYEE_ACCOUNT: '40702810300100000017',
    PAYEE_BANK: 'Банк',
    PAYEE_BIC: '046099701',
    PAYEE_CORR_ACCOUNT: '30101810300000000701',
  });
  await bot.ready();
  // What the operator reads first.
  const [begun = '{}'] = /.*the bot is at work.*/.exec(bot.output()) ?? [];
  expect(JSON.parse(begun)).toEqual({
    time: expect.any(String),
    level: 'info',
    msg: 'the bot is at work',
    version: readVersion(),
    role: 'all',
    bot: `@${ME.username}`,
    group: 'none',
    sandbox: false,
    storage: 'Postgres of DATABASE_URL',
    turns: 'Postgres',
    updates: 'long polling',
    listens: expect.stringMatching(/^127\.0\.0\.1:[1-9]\d+$/),
  });
  const account = '0098765';
  const now = new Date();
  const period = firstDay(shiftPeriod(periodOf(now.toISOString()), -1));
  await make.account(db, { number: account, ownerName: 'Подгорнов П. П.', address: 'г. Т., ул. Прибрежная, д. 1, кв. 2' });
  await make.charge(db, { account, period, dueKopecks: 331_77 });
  await make.meter(db, { account, number: '7741852', service: 'Газ', digits: 7, value: '987600', valueDay: '2026-01-01' });
  const owner = { login: 'resident70113', phone: '+79123456789' };
  const residentId = await make.signedIn(db, owner, [`telegram:${IVAN.id}`], now);
  await make.link(db, { residentId, account, way: 'password', linkedAt: now });

  let update = 700;
  const ids = () => ({ update: ++update, message: update });
  const take = async (...more: Parameters<typeof telegram.push>) => {
    telegram.push(...more);
    await until('its end', () => telegram.confirmed.includes(more.at(-1)?.update_id ?? 0));
  };
  const say = (words: string) => take(updateOf(IVAN, { does: 'say', words }, ids(), 0));
  for (const command of ['/debt', '/bill', '/history', '/details', '/readings']) await say(command);
  await say('987654');
  await say('/pay');
  await say('Другая сумма');
  await say('1234,11');
  await say('Оплатить картой');
  await until('an invoice', () => telegram.calls.some(({ method }) => method === 'sendInvoice'));
  const call = telegram.calls.find(({ method }) => method === 'sendInvoice');
  const invoice = invoiceOf({ method: 'sendInvoice', payload: call?.payload ?? {}, chat: IVAN.id } as never);
  await take(checkoutUpdate(IVAN, invoice, ids().update));
  await take(paidUpdate(IVAN, invoice, CHARGE, ids(), { date: 1_700_000_000 }));
  await take(refundedUpdate(IVAN, invoice, CHARGE, ids(), 1_700_000_000));

  // Telegram refuses and quotes; the base breaks and quotes, too.
  telegram.interfereWith(({ method, payload }) =>
    method.startsWith('send')
      ? { refuse: { error_code: 400, description: `Bad Request: can't parse entities in "${String(payload.text)}"` } }
      : undefined,
  );
  await say('/debt');
  telegram.interfereWith(() => undefined);
  await sql`alter table readings add constraint broken check (value < 987655)`.execute(db);
  await sql`alter table payment_orders add constraint broken check (total_kopecks <> 123411) not valid`.execute(db);
  for (const words of ['/readings', 'Исправить', '987655']) await say(words);
  for (const words of ['/pay', 'Другая сумма', '1234,11', 'Оплатить картой']) await say(words);
  await sql`alter table card_payments add constraint broken check (total_kopecks <> 123411) not valid`.execute(db);
  await take(paidUpdate(IVAN, invoice, { telegram: `${CHARGE.telegram}2`, provider: '' }, ids(), { date: 1_700_000_000 }));

  expect(await bot.stop('SIGTERM')).toBe(0);
  expect(bot.output().match(/an update was put aside/g)?.length).toBe(3);
  expect(bot.output().match(/something could not be said/g)?.length).toBeGreaterThan(0);
  // A port that the system gives may have the figures of a sum.
  const logged = bot.output().replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1');
  expect(logged.split('\n').filter((line) => PRIVATE.test(line))).toEqual([]);
}, 300_000);
