import { expect, test } from 'vitest';
import { createHandCredits } from '../../../src/office/desk/hand-credits.ts';
import type { MessageRef } from '../../../src/office/desk/piece.ts';
import { asOfNow } from '../../../src/office/news-delivery.ts';
import { PAYMENTS_OUT } from '../../../src/office/payment-export.ts';
import { openCounter } from '../counter.ts';
import { openMembers } from './members.ts';

const THREAD: MessageRef = 'telegram:-1001/33';
const SUM = 1_000_50;

/** An order that was paid twice: the second payment is nobody's, and staff have its request № 1 in a thread. */
async function openPaidTwice({ currency = 'RUB' } = {}) {
  const at = await openCounter();
  const invoice = await at.ordered(SUM);
  await at.pay(invoice);
  expect(await at.till.credit(at.by(1), { ...at.takenFor(invoice), currency })).toMatchObject({ outcome: 'kept' });
  await at.db.updateTable('requests').set({ thread: THREAD }).execute();
  const staff = openMembers();
  const desk = createHandCredits({ ...at.edges, staff: staff.edge });
  const said = async () =>
    (await at.db.selectFrom('errands').select('saying').where('kind', '=', 'say').orderBy('id').execute()).map(
      ({ saying }) => saying?.text,
    );
  return {
    ...at,
    ...staff,
    desk,
    said,
    credit: (words: string, who = staff.maria()) => desk.credit(who, { spot: { thread: THREAD, repliesTo: null }, words }),
    refunded: (words: string) => desk.refunded(staff.maria(), { spot: { thread: THREAD, repliesTo: null }, words }),
    refuse: (words: string) => desk.refuse(staff.maria(), { spot: { thread: THREAD, repliesTo: null }, words }),
    byHand: async () => (await at.lines()).filter(({ operation }) => operation !== 'ch_1'),
    state: async () =>
      await at.db.selectFrom('requests').select(['state', 'taken_by', 'waiting_since']).executeTakeFirstOrThrow(),
    journal: () =>
      at.db.selectFrom('staff_journal').select(['who', 'name', 'what', 'account', 'request_number', 'details']).execute(),
  };
}

test('the whole of it goes to one account under its own number, into the export, the journal and the payer’s chat', async () => {
  const at = await openPaidTwice();
  expect(await at.credit('0012345 1000,50 зачесть в счёт долга')).toEqual({ outcome: 'done' });
  expect(await at.byHand()).toEqual([{ operation: 'ch_2', account: '0012345', sum_kopecks: SUM }]);
  expect(await at.state()).toEqual({ state: 'closed', taken_by: 'telegram:802', waiting_since: null });
  expect(await at.journal()).toEqual([
    {
      who: 'telegram:802',
      name: 'Мария',
      what: 'payments.credit',
      account: '0012345',
      request_number: 1,
      details: { operation: 'ch_2', reason: 'зачесть в счёт долга', sum: SUM, account: '0012345', left: 0 },
    },
  ]);
  expect(await at.notices('telegram:1')).toMatchObject([
    { text: 'notice-payment-credited', words: { sum: SUM, account: '0012345' } },
  ]);
  const out = await at.db.transaction().execute((trx) => PAYMENTS_OUT.collect(trx, 1, at.now()));
  expect(out.map((line) => line.join(';'))).toContain('0012345;20.11.2026;1000,50;Telegram;ch_2');
});

test('a payer who has signed out by the time he is told reads no sum', async () => {
  const at = await openPaidTwice();
  await at.credit('0012345 1000,50 зачесть в счёт долга');
  const row = await at.db.selectFrom('notices').selectAll().where('addressee', '=', 'telegram:1').executeTakeFirstOrThrow();
  expect((await asOfNow(at.db, row, at.now()))?.text).toBe('notice-payment-credited');
  await at.db.updateTable('sessions').set({ ended_at: at.now() }).execute();
  expect(await asOfNow(at.db, row, at.now())).toMatchObject({ text: 'notice-payment-signed-out', words: {} });
});

test('it may be shared out, never more than there is, by two seniors at once neither', async () => {
  const at = await openPaidTwice();
  const both = await Promise.all([at.credit('0012345 600 первая половина'), at.credit('0022222 600 другая половина')]);
  expect(both.map(({ outcome }) => outcome).toSorted()).toEqual(['done', 'refused']);
  expect(await at.credit('0012345 400,51 на копейку больше')).toEqual({ outcome: 'refused', why: 'too-much' });
  expect(await at.refunded('вернули')).toEqual({ outcome: 'refused', why: 'partly-credited' });
  expect(await at.credit('0022222 400,50 остаток')).toEqual({ outcome: 'done' });
  const lines = await at.byHand();
  expect(lines.map(({ operation }) => operation)).toEqual(['ch_2-1', 'ch_2-2']);
  expect(lines.reduce((sum, line) => sum + line.sum_kopecks, 0)).toBe(SUM);
  expect(await at.credit('0022222 0,01 ещё')).toEqual({ outcome: 'refused', why: 'closed' });
});

test('the same update come again moves nothing', async () => {
  const at = await openPaidTwice();
  const staff = at.maria('once');
  await Promise.all([at.credit('0012345 300 часть', staff), at.credit('0012345 300 часть', staff)]);
  expect(await at.credit('0012345 300 часть', staff)).toEqual({ outcome: 'done' });
  expect(await at.byHand()).toEqual([{ operation: 'ch_2-1', account: '0012345', sum_kopecks: 300_00 }]);
  expect(await at.journal()).toHaveLength(1);
});

test('a member, a former senior and a stranger move nothing; only the first is told', async () => {
  const at = await openPaidTwice();
  expect(await at.credit('0012345 100 причина', at.olga())).toEqual({ outcome: 'refused', why: 'not-senior' });
  at.members.delete('telegram:802');
  expect(await at.credit('0012345 100 причина')).toEqual({ outcome: 'not-staff' });
  expect(await at.credit('0012345 100 причина', at.stranger())).toEqual({ outcome: 'not-staff' });
  expect(await at.byHand()).toEqual([]);
  expect(await at.said()).toEqual(['desk-money-not-senior']);
  expect(await at.journal()).toEqual([]);
});

test('elsewhere, at large, for no account, without a reason, or in other money nothing moves', async () => {
  const at = await openPaidTwice();
  const spot = (thread: MessageRef | null) => ({ spot: { thread, repliesTo: null }, words: '0012345 100 причина' });
  expect(await at.desk.credit(at.maria(), spot('telegram:-1001/34'))).toEqual({ outcome: 'nowhere' });
  expect(await at.desk.credit(at.maria(), spot(null))).toEqual({ outcome: 'nowhere' });
  expect(await at.credit('0012345 100')).toEqual({ outcome: 'refused', why: 'credit-unclear' });
  expect(await at.credit('0099999 100 причина')).toEqual({ outcome: 'refused', why: 'no-account' });
  expect(await at.refuse('')).toEqual({ outcome: 'refused', why: 'reason-missing' });
  await at.db.updateTable('requests').set({ kind: 'payment-late' }).execute();
  expect(await at.credit('0012345 100 причина')).toEqual({ outcome: 'refused', why: 'elsewhere' });
  expect(await at.byHand()).toEqual([]);

  const foreign = await openPaidTwice({ currency: 'USD' });
  expect(await foreign.credit('0012345 100 причина')).toEqual({ outcome: 'refused', why: 'foreign-currency' });
});

test('what was given back is credited to nobody any more, even when the request is opened again', async () => {
  const at = await openPaidTwice();
  expect(await at.refunded('возврат 15')).toEqual({ outcome: 'done' });
  expect(await at.notices('telegram:1')).toMatchObject([{ text: 'notice-payment-returned', words: { sum: SUM } }]);
  await at.db.updateTable('requests').set({ state: 'taken', closed_at: null, reopened: 1 }).execute();
  expect(await at.credit('0012345 1000,50 всё же')).toEqual({ outcome: 'refused', why: 'returned' });
  expect(await at.byHand()).toEqual([]);
});

test('a refusal says to the payer why, and may be thought over', async () => {
  const at = await openPaidTwice();
  expect(await at.refuse('нет заявления')).toEqual({ outcome: 'done' });
  expect(await at.notices('telegram:1')).toMatchObject([
    { text: 'notice-payment-refused', words: { sum: SUM, reason: 'нет заявления' } },
  ]);
  await at.db.updateTable('requests').set({ state: 'taken', closed_at: null, reopened: 1 }).execute();
  expect(await at.credit('0012345 1000,50 заявление принесли')).toEqual({ outcome: 'done' });
});
