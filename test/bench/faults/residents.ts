import { setTimeout as sleep } from 'node:timers/promises';
import type { Update } from 'grammy/types';
import type { Db } from '../../../src/records/database.ts';
import { checkoutUpdate, type Invoice, invoiceOf, paidUpdate } from '../../kit/chat/invoices.ts';
import { type Person, updateOf } from '../../kit/chat/people.ts';
import { type BotApi, until } from '../../kit/edge/bot-api.ts';
import { STAFF_CHAT, type Stage } from './stage.ts';
import { firstDay, periodOf, shiftPeriod } from '../../../src/domain/period.ts';
import * as make from '../../kit/make.ts';

/** Longer than any promise: what is not there by then is lost. */
const GIVE_UP_MS = 150_000;
/** As a person does who is asked to say it again. */
const AGAIN_MS = 1_500;
const OUTAGE = /кабинет не может ответить/;
const BROKEN = /сломалось/;

let updates = 1_000;
const ids = () => ({ update: (updates += 1), message: updates });
const said = (person: Person, words: string): Update => updateOf(person, { does: 'say', words }, ids(), 0);

const idOf = (guest: number) => 8_000 + guest;
/** The chat of the guest who has everything before him when a fault begins. */
export const FIRST_TO_GO_ON = idOf(2);

export type Guest = {
  person: Person;
  /** Goes on until the request is sent, or so many steps are done. */
  goOn: (until?: number) => Promise<void>;
  /** When which answer came that was the right one. */
  right: number[];
  /** How often the bot said that staff know of a breakage. */
  sorry: () => number;
  words: string;
};

/** A person without a login who writes to the centre: four messages, of which the last one has an effect. */
export function guest({ telegram, postgres }: Stage, number: number): Guest {
  const person: Person = { name: `Гость ${number}`, id: idOf(number), phone: '' };
  const words = `Платёж не виден, пишет гость ${number}.`;
  const steps: readonly (readonly [says: string, answer: RegExp])[] = [
    ['/request', /О чём хотите написать/],
    ['Оплата', /Опишите вопрос/],
    [words, /Добавили/],
    ['Отправить', /Обращение № .*отправлено/],
  ];
  const right: number[] = [];
  let done = 0;
  let sorry = 0;
  let heard = 0;

  const isSent = async () => {
    const row = postgres.db().selectFrom('requests').select('id').where('messengerId', '=', `telegram:${person.id}`);
    return (await row.executeTakeFirst().catch(() => undefined)) !== undefined;
  };

  async function answer(): Promise<string> {
    await until(`an answer to ${person.name}`, () => telegram.said(person.id).length > heard, GIVE_UP_MS);
    heard += 1;
    return telegram.said(person.id)[heard - 1] ?? '';
  }

  async function goOn(last = steps.length): Promise<void> {
    for (let again = false; done < last; ) {
      const [says, expected] = steps[done] ?? ['', /^$/];
      if (again) await sleep(AGAIN_MS);
      telegram.push(said(person, says));
      again = true;
      for (;;) {
        const words = await answer();
        if (expected.test(words)) {
          right.push(performance.now());
          done += 1;
          again = false;
          break;
        }
        if (OUTAGE.test(words)) break;
        if (BROKEN.test(words)) {
          sorry += 1;
          break;
        }
        // What was said before may come twice.
        if (steps.slice(0, done).some(([, earlier]) => earlier.test(words))) continue;
        // The dialog is lost: from the beginning, unless it had come to its end unheard.
        done = (await isSent()) ? steps.length : 0;
        break;
      }
    }
  }

  return { person, goOn, right, sorry: () => sorry, words };
}

const PAYER: Person = { name: 'Плательщик', id: 7_700, phone: '79123456789' };
const CHARGE = { telegram: 'tg-charge-1', provider: 'pr-charge-1' };

/** A resident who has said yes to an invoice: only the money is still to come. */
export async function payer({ telegram, db }: { telegram: BotApi; db: Db }) {
  const account = '0098765';
  const now = new Date();
  await make.account(db, { number: account });
  await make.charge(db, { account, period: firstDay(shiftPeriod(periodOf(now.toISOString()), -1)), dueKopecks: 3_317_70 });
  const residentId = await make.signedIn(db, { login: 'payer', phone: `+${PAYER.phone}` }, [`telegram:${PAYER.id}`], now);
  await make.link(db, { residentId, account, way: 'password', linkedAt: now });
  const say = async (words: string) => {
    const update = said(PAYER, words);
    telegram.push(update);
    await until('its end', () => telegram.confirmed.includes(update.update_id), 60_000);
  };
  for (const words of ['/pay', 'Другая сумма', '1234,11', 'Оплатить картой']) await say(words);
  const call = () => telegram.calls.find(({ method }) => method === 'sendInvoice');
  await until('an invoice', () => call() !== undefined);
  const invoice: Invoice = invoiceOf({ method: 'sendInvoice', payload: call()?.payload ?? {}, chat: PAYER.id } as never);
  const checkout = checkoutUpdate(PAYER, invoice, ids().update);
  telegram.push(checkout);
  await until('yes to the money', () => telegram.calls.some(({ method }) => method === 'answerPreCheckoutQuery'));

  return {
    /** The money was taken: Telegram says so twice. */
    pay() {
      const paid = paidUpdate(PAYER, invoice, CHARGE, ids(), { date: Math.floor(Date.now() / 1000) });
      telegram.push(paid);
    },
    payments: (seen: Db = db) => seen.selectFrom('cardPayments').select(['id', 'notCredited']).execute(),
  };
}

/** How often these words reached the staff group. */
export function timesAtStaff({ telegram }: Stage, words: string): number[] {
  return telegram.calls
    .filter(
      ({ method, payload }) =>
        method.startsWith('send') && payload.chat_id === STAFF_CHAT && String(payload.text).includes(words),
    )
    .map(({ at }) => at);
}
