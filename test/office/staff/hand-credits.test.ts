import { expect, test } from 'vitest';
import { createHandCredits } from '../../../src/office/staff/hand-credits.ts';
import type { MessageRef } from '../../../src/office/staff/message-part.ts';
import { asOfNow } from '../../../src/office/news/news-delivery.ts';
import { exportNew } from '../../../src/office/registries/exports.ts';
import { PAYMENTS_OUT } from '../../../src/office/money/payment-export.ts';
import { matchPayments } from '../../../src/office/money/payment-matching.ts';
import { createRetention } from '../../../src/office/retention.ts';
import { openCounter } from '../counter.ts';
import { DAY, MINUTE } from '../town.ts';
import { openMembers } from './members.ts';
import * as make from '../../kit/make.ts';

const THREAD: MessageRef = 'telegram:-1001/33';
const SUM = 1_000_50;

async function openSeniors() {
  const at = await openCounter();
  const staff = openMembers();
  const desk = createHandCredits({ ...at.edges, staff: staff.edge });
  const botMessages = () =>
    at.db.selectFrom('outbox').select(['text', 'words', 'doors']).where('kind', '=', 'say').orderBy('id').execute();
  const threadRef = { thread: THREAD, repliesTo: null };
  type Who = ReturnType<typeof staff.maria>;

  /** The newest button of this verb that the thread shows, pressed. */
  async function pressed(verb: string, who: Who) {
    const door = (await botMessages()).flatMap(({ doors }) => doors).findLast((each) => 'verb' in each && each.verb === verb);
    const { number = 0, rest = '0' } = door && 'verb' in door ? door : {};
    const button = { number, threadRef, credit: Number(rest) };
    if (verb === 'credit-do') return desk.confirmCredit(who, button);
    return verb === 'credit-drop' ? desk.dropCredit(who, button) : desk.takeBackCredit(who, button);
  }

  return {
    ...at,
    ...staff,
    desk,
    botMessages,
    said: async () => (await botMessages()).map(({ text }) => text),
    ask: (words: string, who = staff.maria()) => desk.credit(who, { threadRef, words }),
    confirm: (who = staff.maria()) => pressed('credit-do', who),
    drop: (who = staff.maria()) => pressed('credit-drop', who),
    takeBack: (who = staff.maria()) => pressed('credit-undo', who),
    /** Asked and confirmed at once. */
    async credit(words: string, who = staff.maria()) {
      const asked = await desk.credit(who, { threadRef, words });
      return asked.outcome === 'done' ? pressed('credit-do', staff.maria()) : asked;
    },
    refunded: (words: string) => desk.refunded(staff.maria(), { threadRef, words }),
    refuse: (words: string) => desk.refuse(staff.maria(), { threadRef, words }),
    settle: (words: string, who = staff.maria()) => desk.settle(who, { threadRef, words }),
    byHand: async () => (await at.lines()).filter(({ operation }) => operation !== 'ch_1'),
    async state() {
      return at.db.selectFrom('requests').select(['state', 'takenBy', 'waitingSince']).executeTakeFirstOrThrow();
    },
    reopen: () => at.db.updateTable('requests').set({ state: 'taken', closedAt: null, reopened: 1 }).execute(),
    journal: () =>
      at.db.selectFrom('auditLog').select(['who', 'name', 'what', 'account', 'requestNumber', 'details']).orderBy('id').execute(),
    export: () => exportNew(at.edges, PAYMENTS_OUT, async () => undefined),
    told: async (person: 1 | 9 = 1) => (await at.notices(`telegram:${person}`)).map(({ text, words }) => ({ text, ...words })),
  };
}

/** An order that was paid twice: the second payment is nobody's, and staff have its request № 1 in a thread. */
async function openPaidTwice({ currency = 'RUB' } = {}) {
  const at = await openSeniors();
  const invoice = await at.ordered(SUM);
  await at.pay(invoice);
  expect(await at.paymentIntake.credit(at.by(1), { ...at.takenFor(invoice), currency })).toMatchObject({ outcome: 'kept' });
  await at.db.updateTable('requests').set({ thread: THREAD }).execute();
  return at;
}

test('whose account it is is shown and asked about: nothing moves before «Зачислить»', async () => {
  const at = await openPaidTwice();
  expect(await at.ask('ЛС 0012345 1 000,50 ₽ зачесть в счёт долга')).toEqual({ outcome: 'done' });
  expect(await at.byHand()).toEqual([]);
  expect(await at.told()).toEqual([]);
  const [asked] = await at.botMessages();
  expect(asked).toMatchObject({
    text: 'desk-money-credit-sure',
    words: {
      name: 'Мария',
      sum: SUM,
      account: '0012345',
      address: 'г. Приморск-на-Миусе, ул. Портовая, д. 5, кв. 17',
      owner: 'И***в И. И.',
      closed: 'no',
      reason: 'зачесть в счёт долга',
    },
    doors: [
      { label: 'button-credit-do', verb: 'credit-do' },
      { label: 'button-cancel', verb: 'credit-drop' },
    ],
  });
});

test('confirmed, the whole of it goes to one account under its own number, into the export, the journal and the payer’s chat', async () => {
  const at = await openPaidTwice();
  expect(await at.credit('0012345 1000,50 зачесть в счёт долга')).toEqual({ outcome: 'done' });
  expect(await at.byHand()).toEqual([{ operation: 'ch_2', account: '0012345', sumKopecks: SUM }]);
  expect(await at.state()).toEqual({ state: 'closed', takenBy: 'telegram:802', waitingSince: null });
  expect(await at.journal()).toEqual([
    expect.objectContaining({ what: 'payments.credit-asked', account: '0012345' }),
    {
      who: 'telegram:802',
      name: 'Мария',
      what: 'payments.credit',
      account: '0012345',
      requestNumber: 1,
      details: { operation: 'ch_2', reason: 'зачесть в счёт долга', sum: SUM, account: '0012345', left: 0 },
    },
  ]);
  expect(await at.told()).toMatchObject([{ text: 'notice-payment-credited', sum: SUM, account: '0012345' }]);
  const out = await at.db.transaction().execute((trx) => PAYMENTS_OUT.collect(trx, 1, at.now()));
  expect(out.map((line) => line.join(';'))).toContain('0012345;20.11.2026;1000,50;Telegram;ch_2');
});

test('its time in billing’s books begins when it is credited, however long ago it was paid', async () => {
  const at = await openPaidTwice();
  at.later(40 * DAY);
  await at.credit('0012345 1000,50 зачесть в счёт долга');
  await at.db.transaction().execute((trx) => matchPayments(trx, { now: at.now(), lateAfterDays: 5 }));
  const late = await at.db.selectFrom('requests').select('words').where('kind', '=', 'payment-late').execute();
  expect(late.map(({ words }) => words)).toMatchObject([{ operation: 'ch_1' }]);
  const shown = await at.debts.show(at.by(1));
  const [own] = shown.outcome === 'shown' ? shown.debts : [];
  expect(own).toMatchObject({ underWayKopecks: SUM });
  expect(own?.strayed.map(({ state }) => state)).toEqual(['overdue']);
});

const DECISIONS = {
  'notice-payment-credited': async () => {
    const at = await openPaidTwice();
    await at.credit('0012345 1000,50 зачесть в счёт долга');
    return at;
  },
  'notice-payment-credit-undone': async () => {
    const at = await openPaidTwice();
    await at.credit('0012345 1000,50 опечатка в номере');
    await at.db.updateTable('outbox').where('kind', '=', 'notice').set({ doneAt: at.now(), words: '{}', doors: '[]' }).execute();
    await at.takeBack();
    return at;
  },
  'notice-payment-returned': async () => {
    const at = await openPaidTwice();
    await at.refunded('возвращён на карту');
    return at;
  },
  'notice-payment-refused': async () => {
    const at = await openPaidTwice();
    await at.refuse('оплачено верно');
    return at;
  },
  'notice-payment-settled': async () => {
    const at = await openStrayed('late');
    await at.settle('учтён за октябрь');
    return at;
  },
};

test.each(Object.entries(DECISIONS))('%s: a payer who has signed out by the time he is told reads no sum', async (text, open) => {
  const at = await open();
  const row = await at.db
    .selectFrom('outbox')
    .where('kind', '=', 'notice')
    .selectAll()
    .where('text', '=', text)
    .executeTakeFirstOrThrow();
  expect((await asOfNow(at.db, row, at.now()))?.text).toBe(text);
  await at.db.updateTable('sessions').set({ endedAt: at.now() }).execute();
  expect(await asOfNow(at.db, row, at.now())).toMatchObject({ text: 'notice-payment-signed-out', words: {} });
});

test('«Отмена», another command, half an hour, a second press, a press by who is no senior: nothing moves', async () => {
  const at = await openPaidTwice();
  await at.ask('0012345 100 причина');
  expect(await at.confirm(at.olga())).toEqual({ outcome: 'not-senior' });
  expect(await at.drop(at.olga())).toEqual({ outcome: 'not-senior' });
  expect(await at.confirm(at.stranger())).toEqual({ outcome: 'not-staff' });
  expect(await at.drop()).toEqual({ outcome: 'dropped' });
  expect(await at.confirm()).toEqual({ outcome: 'gone' });

  await at.ask('0012345 100 причина');
  at.later(30 * MINUTE + 1);
  expect(await at.confirm()).toEqual({ outcome: 'late' });

  await at.ask('0012345 100 причина');
  await at.ask('0012345 200 другая сумма');
  const first = await at.db
    .selectFrom('handCredits')
    .select('id')
    .where('sumKopecks', '=', 100_00)
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow();
  const threadRef = { thread: THREAD, repliesTo: null };
  expect(await at.desk.confirmCredit(at.maria(), { number: 1, threadRef, credit: first.id })).toEqual({ outcome: 'gone' });
  expect(await at.desk.confirmCredit(at.maria(), { number: 2, threadRef, credit: first.id })).toEqual({ outcome: 'gone' });
  expect(await at.desk.confirmCredit(at.maria(), { number: 1, threadRef, credit: 999 })).toEqual({ outcome: 'gone' });
  expect(await at.byHand()).toEqual([]);
  expect(await at.confirm()).toEqual({ outcome: 'done' });
  expect(await at.confirm()).toEqual({ outcome: 'gone' });
  expect(await at.byHand()).toEqual([{ operation: 'ch_2-1', account: '0012345', sumKopecks: 200_00 }]);
});

test('it may be shared out, never more than there is, by two seniors at once neither', async () => {
  const at = await openPaidTwice();
  await at.ask('0012345 600 первая половина');
  const both = await Promise.all([at.confirm(), at.confirm()]);
  expect(both.map(({ outcome }) => outcome).toSorted()).toEqual(['done', 'gone']);
  expect(await at.credit('0022222 400,51 на копейку больше')).toEqual({ outcome: 'refused', why: 'too-much' });
  expect(await at.refunded('вернули')).toEqual({ outcome: 'refused', why: 'partly-credited' });
  expect(await at.credit('0022222 400,50 остаток')).toEqual({ outcome: 'done' });
  const lines = await at.byHand();
  expect(lines.map(({ operation }) => operation)).toEqual(['ch_2-1', 'ch_2-2']);
  expect(lines.reduce((sum, line) => sum + line.sumKopecks, 0)).toBe(SUM);
  expect(await at.credit('0022222 0,01 ещё')).toEqual({ outcome: 'refused', why: 'closed' });
});

test('what was asked for while more was left is refused when it is confirmed', async () => {
  const at = await openPaidTwice();
  await at.ask('0012345 1000 почти всё');
  const asked = await at.db.selectFrom('handCredits').select('id').executeTakeFirstOrThrow();
  // As if another topic of the same payment had been quicker.
  await at.db.updateTable('handCredits').set({ state: 'asked' }).execute();
  await at.credit('0022222 600 часть');
  await at.db.updateTable('handCredits').set({ state: 'asked' }).where('id', '=', asked.id).execute();
  const button = { number: 1, threadRef: { thread: THREAD, repliesTo: null }, credit: asked.id };
  expect(await at.desk.confirmCredit(at.maria(), button)).toEqual({ outcome: 'refused' });
  expect((await at.said()).at(-1)).toBe('desk-money-too-much');
  expect(await at.byHand()).toHaveLength(1);
});

test('the same update come again moves nothing', async () => {
  const at = await openPaidTwice();
  await at.ask('0012345 300 часть', at.maria('asked once'));
  await at.ask('0012345 300 часть', at.maria('asked once'));
  expect(await at.db.selectFrom('handCredits').select('id').execute()).toHaveLength(1);
  await Promise.all([at.confirm(at.maria('once')), at.confirm(at.maria('once'))]);
  expect(await at.confirm(at.maria('once'))).toEqual({ outcome: 'done' });
  expect(await at.byHand()).toEqual([{ operation: 'ch_2-1', account: '0012345', sumKopecks: 300_00 }]);
  expect((await at.journal()).filter(({ what }) => what === 'payments.credit')).toHaveLength(1);
});

test('a member, a former senior and a stranger move nothing; only the first is told', async () => {
  const at = await openPaidTwice();
  expect(await at.ask('0012345 100 причина', at.olga())).toEqual({ outcome: 'refused', why: 'not-senior' });
  at.members.delete('telegram:802');
  expect(await at.ask('0012345 100 причина')).toEqual({ outcome: 'not-staff' });
  expect(await at.ask('0012345 100 причина', at.stranger())).toEqual({ outcome: 'not-staff' });
  expect(await at.byHand()).toEqual([]);
  expect(await at.said()).toEqual(['desk-money-not-senior']);
  expect(await at.journal()).toEqual([]);
});

test('elsewhere, at large, for no account, without a reason, or in other money nothing moves, and which part is wrong is said', async () => {
  const at = await openPaidTwice();
  const threadRef = (thread: MessageRef | null) => ({ threadRef: { thread, repliesTo: null }, words: '0012345 100 причина' });
  expect(await at.desk.credit(at.maria(), threadRef('telegram:-1001/34'))).toEqual({ outcome: 'nowhere' });
  expect(await at.desk.credit(at.maria(), threadRef(null))).toEqual({ outcome: 'nowhere' });
  for (const [words, why] of [
    ['', 'credit-nothing'],
    ['123 100 причина', 'credit-account'],
    ['0012345', 'credit-sum'],
    ['0012345 сто причина', 'credit-sum'],
    ['0012345 0 причина', 'credit-zero'],
    ['0012345 -5 причина', 'credit-negative'],
    ['0012345 100', 'credit-reason'],
    ['0099999 100 причина', 'no-account'],
  ] as const)
    expect(await at.ask(words), words).toEqual({ outcome: 'refused', why });
  expect(await at.refuse('')).toEqual({ outcome: 'refused', why: 'reason-missing' });
  await at.db.updateTable('requests').set({ kind: 'payment-late' }).execute();
  expect(await at.ask('0012345 100 причина')).toEqual({ outcome: 'refused', why: 'elsewhere' });
  expect(await at.byHand()).toEqual([]);

  const foreign = await openPaidTwice({ currency: 'USD' });
  expect(await foreign.ask('0012345 100 причина')).toEqual({ outcome: 'refused', why: 'foreign-currency' });
});

test('until it is exported a credit can be taken back: the money is nobody’s again, and its topic is open', async () => {
  const at = await openPaidTwice();
  await at.credit('0012345 1000,50 опечатка в номере');
  await at.db.updateTable('outbox').where('kind', '=', 'notice').set({ doneAt: at.now(), words: '{}', doors: '[]' }).execute();
  expect(await at.takeBack(at.olga())).toEqual({ outcome: 'not-senior' });
  expect(await at.takeBack()).toEqual({ outcome: 'done' });
  expect(await at.takeBack()).toEqual({ outcome: 'gone' });
  expect(await at.byHand()).toEqual([]);
  expect(await at.state()).toEqual({ state: 'taken', takenBy: 'telegram:802', waitingSince: at.now() });
  expect((await at.journal()).at(-1)).toMatchObject({
    what: 'payments.credit-undone',
    details: { sum: SUM, account: '0012345' },
  });

  // Credited to the right one, under the same number, and told again.
  expect(await at.credit('0022222 1000,50 на верный счёт')).toEqual({ outcome: 'done' });
  expect(await at.byHand()).toEqual([{ operation: 'ch_2', account: '0022222', sumKopecks: SUM }]);
  expect(await at.told()).toMatchObject([
    { text: 'notice-payment-credited' },
    { text: 'notice-payment-credit-undone', sum: SUM, account: '0012345' },
    { text: 'notice-payment-credited', account: '0022222' },
  ]);
});

test('a credit that is taken back when the notice of it is long forgotten is told to be undone', async () => {
  const at = await openPaidTwice();
  await at.credit('0012345 1000,50 опечатка в номере');
  await at.db.updateTable('outbox').where('kind', '=', 'notice').set({ doneAt: at.now(), words: '{}', doors: '[]' }).execute();
  at.later(31 * DAY);
  await createRetention({ db: at.db, clock: at.now }).deleteExpired();
  expect(await at.told()).toEqual([]);
  expect(await at.takeBack()).toEqual({ outcome: 'done' });
  expect(await at.told()).toMatchObject([{ text: 'notice-payment-credit-undone', sum: SUM, account: '0012345' }]);
});

test('a payer who was not told of the credit yet is told neither of it nor of its taking back', async () => {
  const at = await openPaidTwice();
  await at.credit('0012345 300 опечатка');
  await at.credit('0022222 200 верно');
  await at.db
    .updateTable('outbox')
    .where('kind', '=', 'notice')
    .set({ doneAt: at.now(), words: '{}', doors: '[]' })
    .where('key', 'like', '%ch_2-2%')
    .execute();
  const [first] = await at.db.selectFrom('handCredits').select('id').where('state', '=', 'done').orderBy('id').execute();
  const button = { number: 1, threadRef: { thread: THREAD, repliesTo: null }, credit: first?.id ?? 0 };
  expect(await at.desk.takeBackCredit(at.maria(), button)).toEqual({ outcome: 'done' });
  expect((await at.told()).map(({ text }) => text)).toEqual(['notice-payment-credited']);
  // The freed number and place are nobody's trouble.
  expect(await at.credit('0012345 800,50 остаток')).toEqual({ outcome: 'done' });
  expect((await at.byHand()).reduce((sum, line) => sum + line.sumKopecks, 0)).toBe(SUM);
});

test('what billing has, or is about to have, is not taken back', async () => {
  const exported = await openPaidTwice();
  await exported.credit('0012345 1000,50 зачесть');
  await exported.export();
  expect(await exported.takeBack()).toEqual({ outcome: 'refused' });
  expect(await exported.said()).toContain('desk-money-exported');

  const posted = await openPaidTwice();
  await posted.credit('0012345 1000,50 зачесть');
  const row = { account: '0012345', day: '2026-11-21', sumKopecks: SUM, source: 'Telegram', operation: 'ch_2' };
  await make.payment(posted.db, row);
  await posted.db.transaction().execute((trx) => matchPayments(trx, { now: posted.now() }));
  expect(await posted.takeBack()).toEqual({ outcome: 'refused' });
  expect(await posted.said()).toContain('desk-money-in-billing');
  expect(await posted.byHand()).toHaveLength(1);
});

test('what was given back is credited to nobody any more, even when the request is opened again', async () => {
  const at = await openPaidTwice();
  expect(await at.refunded('возврат 15')).toEqual({ outcome: 'done' });
  expect(await at.told()).toMatchObject([{ text: 'notice-payment-returned', sum: SUM }]);
  await at.reopen();
  expect(await at.ask('0012345 1000,50 всё же')).toEqual({ outcome: 'refused', why: 'returned' });
  expect(await at.byHand()).toEqual([]);
});

test('a refusal says to the payer why, and may be thought over', async () => {
  const at = await openPaidTwice();
  expect(await at.refuse('нет заявления')).toEqual({ outcome: 'done' });
  expect(await at.told()).toMatchObject([{ text: 'notice-payment-refused', sum: SUM, part: 'no', reason: 'нет заявления' }]);
  await at.reopen();
  expect(await at.credit('0012345 1000,50 заявление принесли')).toEqual({ outcome: 'done' });
});

test('with nothing left, nothing is refused, returned or credited: staff read so, the payer nothing', async () => {
  const at = await openPaidTwice();
  await at.credit('0012345 1000,50 зачесть');
  await at.reopen();
  const before = await at.told();
  expect(await at.refuse('ошиблись и отказали')).toEqual({ outcome: 'refused', why: 'all-credited' });
  expect(await at.refunded('вернули всё')).toEqual({ outcome: 'refused', why: 'all-credited' });
  expect(await at.ask('0012345 1 ещё')).toEqual({ outcome: 'refused', why: 'all-credited' });
  expect(await at.told()).toEqual(before);
  expect((await at.state()).state).toBe('taken');
});

test('what is left of a payment is refused as the rest of it', async () => {
  const at = await openPaidTwice();
  await at.credit('0012345 1000 часть');
  expect(await at.refuse('остаток вернули')).toEqual({ outcome: 'done' });
  expect((await at.told()).at(-1)).toMatchObject({ text: 'notice-payment-refused', sum: 50, part: 'yes' });
});

/** A payment of 500,00 ₽ that a registry has on another account, or that none has brought for six days; its topic is № 1. */
async function openStrayed(how: 'elsewhere' | 'moved' | 'late' | 'reversed') {
  const at = await openSeniors();
  await at.pay(await at.ordered(500_00));
  const row = { day: '2026-11-21', source: 'Telegram', operation: 'ch_1' };
  if (how === 'elsewhere') await make.payment(at.db, { ...row, account: '0022222', sumKopecks: 500_00 });
  if (how === 'moved') {
    await make.payment(at.db, { ...row, account: '0012345', sumKopecks: 500_00 });
    await at.db.transaction().execute((trx) => matchPayments(trx, { now: at.now() }));
    await at.db.updateTable('payments').set({ account: '0022222' }).where('operation', '=', 'ch_1').execute();
  }
  if (how === 'reversed')
    await make.payment(at.db, ...[500_00, -500_00].map((sumKopecks) => ({ ...row, account: '0012345', sumKopecks })));
  at.later(6 * DAY);
  await at.payments.tellLate();
  await at.db.updateTable('requests').set({ thread: THREAD }).execute();
  const debt = async () => {
    const shown = await at.debts.show(at.by(1));
    if (shown.outcome !== 'shown') throw new Error(shown.outcome);
    const [first] = shown.debts;
    return { underWay: first?.underWayKopecks, strayed: first?.strayed.map(({ state }) => state) };
  };
  return { ...at, debt };
}

test.each([
  { how: 'elsewhere' as const, before: { underWay: 0, strayed: ['elsewhere'] } },
  { how: 'moved' as const, before: { underWay: 0, strayed: ['elsewhere'] } },
  { how: 'late' as const, before: { underWay: 500_00, strayed: ['late'] } },
])('/settle ends what is $how: journaled, told to the payer, exported no more', async ({ how, before }) => {
  const at = await openStrayed(how);
  expect(await at.debt()).toEqual(before);
  expect(await at.settle('учтён за октябрь', at.olga())).toEqual({ outcome: 'refused', why: 'not-senior' });
  expect(await at.settle('')).toEqual({ outcome: 'refused', why: 'reason-missing' });
  expect(await at.ask('0012345 1 причина')).toEqual({ outcome: 'refused', why: 'elsewhere' });
  expect(await at.settle('учтён за октябрь')).toEqual({ outcome: 'done' });
  expect(await at.debt()).toEqual({ underWay: 0, strayed: [] });
  expect((await at.state()).state).toBe('closed');
  expect(await at.told()).toMatchObject([
    {
      text: 'notice-payment-settled',
      sum: 500_00,
      account: '0012345',
      at: '2026-11-20T09:00:00.000Z',
      reason: 'учтён за октябрь',
    },
  ]);
  expect((await at.journal()).at(-1)).toMatchObject({ what: 'payments.settle', account: '0012345' });
  expect(await at.export()).toMatchObject({ number: null, rows: 0 });
  expect(await at.settle('ещё раз')).toEqual({ outcome: 'refused', why: 'settled' });
  // Nothing more is told of it, however long it stays away.
  at.later(60 * DAY);
  await at.payments.tellLate();
  expect(await at.escalations()).toHaveLength(1);
});

test('a payment that billing took back can be settled, too; one that has come as it should cannot', async () => {
  const at = await openStrayed('reversed');
  expect(await at.settle('возвращён плательщику в кассе')).toEqual({ outcome: 'done' });

  const late = await openStrayed('late');
  const row = { account: '0012345', day: '2026-11-21', sumKopecks: 500_00, source: 'Telegram', operation: 'ch_1' };
  await make.payment(late.db, row);
  await late.db.transaction().execute((trx) => matchPayments(trx, { now: late.now() }));
  expect(await late.settle('учтён иначе')).toEqual({ outcome: 'refused', why: 'posted' });
  expect(await late.told()).toEqual([]);
});
