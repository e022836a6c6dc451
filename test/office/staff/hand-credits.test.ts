import { expect, test } from 'vitest';
import { createHandCredits, type HandCredits } from '../../../src/office/staff/hand-credits.ts';
import type { MoneyNamed } from '../../../src/office/staff/hand-credits/held-payment.ts';
import type { MessageRef } from '../../../src/office/staff/message-part.ts';
import { asOfNow } from '../../../src/office/news/news-delivery.ts';
import { exportNew } from '../../../src/office/registries/exports.ts';
import { PAYMENTS_OUT } from '../../../src/office/money/payment-export.ts';
import { matchPayments } from '../../../src/office/money/payment-matching.ts';
import { createRetention } from '../../../src/office/retention.ts';
import { openCounter } from '../counter.ts';
import { DAY, MINUTE } from '../town.ts';
import { AT_LARGE, openMembers } from './members.ts';
import * as make from '../../kit/make.ts';

const THREAD: MessageRef = 'telegram:-1001/33';
const SUM = 1_000_50;

const PRESSES = {
  'credit-do': (desk: HandCredits) => desk.confirmCredit,
  'credit-drop': (desk: HandCredits) => desk.dropCredit,
  'credit-undo': (desk: HandCredits) => desk.takeBackCredit,
  'money-do': (desk: HandCredits) => desk.confirmEnd,
  'money-drop': (desk: HandCredits) => desk.dropEnd,
  'money-undo': (desk: HandCredits) => desk.takeBackEnd,
};

async function openSeniors() {
  const at = await openCounter();
  const staff = openMembers();
  const desk = createHandCredits({ ...at.edges, staff: staff.edge });
  const botMessages = () =>
    at.db.selectFrom('outbox').select(['text', 'words', 'doors']).where('kind', '=', 'say').orderBy('id').execute();
  const threadRef = { thread: THREAD, repliesTo: null };
  type Who = ReturnType<typeof staff.maria>;

  /** The newest button of this verb that the thread shows, pressed. */
  async function pressed(verb: keyof typeof PRESSES, who: Who) {
    const door = (await botMessages()).flatMap(({ doors }) => doors).findLast((each) => 'verb' in each && each.verb === verb);
    const { number = 0, rest = '0' } = door && 'verb' in door ? door : {};
    const [, credit = '', seen] = /^(\d+)(?:-(.*))?$/.exec(rest) ?? [];
    // The newest question may stand in another thread.
    const at = verb.startsWith('money') ? AT_LARGE : threadRef;
    return PRESSES[verb](desk)(who, { number, threadRef: at, credit: Number(credit), seen });
  }

  /** Asked, and confirmed where it was. */
  async function sure(asked: MoneyNamed) {
    return asked.outcome === 'done' || asked.outcome === 'asked-at' ? pressed('money-do', staff.maria()) : asked;
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
    askRefunded: (words: string, who = staff.maria()) => desk.refunded(who, { threadRef, words }),
    askRefundedAtLarge: (words: string, who = staff.maria()) => desk.refunded(who, { threadRef: AT_LARGE, words }),
    askSettle: (words: string, who = staff.maria()) => desk.settle(who, { threadRef, words }),
    refunded: async (words: string, who = staff.maria()) => sure(await desk.refunded(who, { threadRef, words })),
    refuse: (words: string) => desk.refuse(staff.maria(), { threadRef, words }),
    settle: async (words: string, who = staff.maria()) => sure(await desk.settle(who, { threadRef, words })),
    confirmEnd: (who = staff.maria()) => pressed('money-do', who),
    dropEnd: (who = staff.maria()) => pressed('money-drop', who),
    takeBackEnd: (who = staff.maria()) => pressed('money-undo', who),
    /** What the payer was told has arrived. */
    deliver: () =>
      at.db.updateTable('outbox').where('kind', '=', 'notice').set({ doneAt: at.now(), words: '{}', doors: '[]' }).execute(),
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
  'notice-payment-given-back': async () => {
    const at = await openPaidTwice();
    await at.credit('0012345 1000,50 зачесть');
    await at.refunded('возвращён на карту');
    return at;
  },
  'notice-payment-return-undone': async () => {
    const at = await openPaidTwice();
    await at.refunded('не тот платёж');
    await at.deliver();
    await at.takeBackEnd();
    return at;
  },
  'notice-payment-settle-undone': async () => {
    const at = await openStrayed('late');
    await at.settle('не тот платёж');
    await at.deliver();
    await at.takeBackEnd();
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
  // The freed number and place are nobody's escalation.
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

test('with nothing left, nothing is refused or credited: staff read so, the payer nothing', async () => {
  const at = await openPaidTwice();
  await at.credit('0012345 1000,50 зачесть');
  await at.reopen();
  const before = await at.told();
  expect(await at.refuse('ошиблись и отказали')).toEqual({ outcome: 'refused', why: 'all-credited' });
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

/** A payment that a guest made for the neighbour's account by mistake: credited by itself, it has no thread. */
async function openMistaken() {
  const at = await openSeniors();
  await at.pay(await at.ordered(500_00));
  expect(await at.db.selectFrom('requests').select('id').execute()).toEqual([]);
  return at;
}

const underWay = async (at: Awaited<ReturnType<typeof openSeniors>>) => {
  const shown = await at.debts.show(at.by(1));
  return shown.outcome === 'shown' ? shown.debts.map(({ underWayKopecks }) => underWayKopecks) : shown.outcome;
};

test('/refunded says what the payment is and what becomes of it, and asks: nothing moves before «Отметить возврат»', async () => {
  const at = await openPaidTwice();
  expect(await at.askRefunded('возврат 15')).toEqual({ outcome: 'done' });
  expect(await at.told()).toEqual([]);
  expect(await at.botMessages()).toMatchObject([
    {
      text: 'desk-money-refund-sure',
      words: {
        name: 'Мария',
        sum: SUM,
        operation: 'ch_2',
        at: '2026-11-20T09:00:00.000Z',
        reason: 'возврат 15',
        credited: 'none',
        billing: 'none',
        lines: [
          {
            text: 'desk-money-line',
            words: { account: '0012345', sum: SUM, address: 'г. Приморск-на-Миусе, ул. Портовая, д. 5, кв. 17' },
          },
        ],
      },
      doors: [
        { label: 'button-refund-do', verb: 'money-do' },
        { label: 'button-cancel', verb: 'money-drop' },
      ],
    },
  ]);
  expect(await at.confirmEnd()).toEqual({ outcome: 'done' });
  expect(await at.told()).toMatchObject([{ text: 'notice-payment-returned', sum: SUM }]);
  expect((await at.state()).state).toBe('closed');
  expect((await at.journal()).map(({ what, details }) => ({ what, ...details }))).toEqual([
    { what: 'payments.refunded-asked', operation: 'ch_2', sum: SUM },
    { what: 'payments.refunded', operation: 'ch_2', sum: SUM, reason: 'возврат 15' },
  ]);
});

test.each(['refunded', 'settle'] as const)(
  '/%s: «Отмена», another question, half an hour, a day, a second press, who is no senior: nothing moves',
  async (verb) => {
    const at = verb === 'refunded' ? await openPaidTwice() : await openStrayed('late');
    const ask = verb === 'refunded' ? at.askRefunded : at.askSettle;
    expect(await ask('причина', at.olga())).toEqual({ outcome: 'refused', why: 'not-senior' });
    expect(await ask('причина', at.stranger())).toEqual({ outcome: 'not-staff' });
    expect(await ask('')).toEqual({ outcome: 'refused', why: 'reason-missing' });

    await ask('первая причина');
    const [first] = await at.db.selectFrom('handCredits').select('id').execute();
    expect(await at.confirmEnd(at.olga())).toEqual({ outcome: 'not-senior' });
    expect(await at.dropEnd(at.olga())).toEqual({ outcome: 'not-senior' });
    expect(await at.confirmEnd(at.stranger())).toEqual({ outcome: 'not-staff' });
    expect(await at.dropEnd()).toEqual({ outcome: 'dropped' });
    expect(await at.dropEnd()).toEqual({ outcome: 'gone' });
    expect(await at.confirmEnd()).toEqual({ outcome: 'gone' });

    for (const pause of [30 * MINUTE + 1, DAY]) {
      await ask('вторая причина');
      at.later(pause);
      expect(await at.confirmEnd()).toEqual({ outcome: 'late' });
    }
    expect(await at.told()).toEqual([]);

    await ask('третья причина');
    const second = await at.db
      .selectFrom('handCredits')
      .select('id')
      .where('state', 'in', ['refund-asked', 'settle-asked'])
      .execute();
    await ask('четвёртая причина');
    const old = { number: 1, threadRef: AT_LARGE, seen: undefined };
    for (const credit of [first?.id ?? 0, second[0]?.id ?? 0, 999, Number.NaN])
      expect(await at.desk.confirmEnd(at.maria(), { ...old, credit })).toEqual({ outcome: 'gone' });
    expect(
      await at.db.selectFrom('handCredits').select('id').where('state', 'in', ['refund-asked', 'settle-asked']).execute(),
    ).toHaveLength(1);

    // Of two who press at once one has done it, and the same update that comes again does no more.
    const both = await Promise.all([at.confirmEnd(at.maria('once')), at.confirmEnd(at.maria('another'))]);
    expect(both.map(({ outcome }) => outcome).toSorted()).toEqual(['done', 'gone']);
    expect(await at.confirmEnd(at.maria('once'))).toEqual(both[0]);
    expect(await at.told()).toHaveLength(1);
    expect((await at.journal()).filter(({ what }) => what === `payments.${verb}`)).toHaveLength(1);
    expect(await ask('ещё раз')).toEqual({ outcome: 'refused', why: verb === 'refunded' ? 'returned' : 'settled' });
  },
);

test('another senior may press what one asked; a button of another request, or of a credit, does nothing', async () => {
  const at = await openPaidTwice();
  await at.askRefunded('возврат 15');
  const { id } = await at.db.selectFrom('handCredits').select('id').executeTakeFirstOrThrow();
  const button = { number: 1, threadRef: AT_LARGE, credit: id };
  expect(await at.desk.confirmCredit(at.maria(), button)).toEqual({ outcome: 'gone' });
  expect(await at.desk.dropCredit(at.maria(), button)).toEqual({ outcome: 'gone' });
  expect(await at.desk.takeBackCredit(at.maria(), button)).toEqual({ outcome: 'gone' });
  expect(await at.desk.takeBackEnd(at.maria(), button)).toEqual({ outcome: 'gone' });
  expect(await at.desk.confirmEnd(at.maria(), { ...button, number: 2 })).toEqual({ outcome: 'gone' });
  // Made up: it says nothing of what was shown.
  expect(await at.desk.confirmEnd(at.maria(), button)).toEqual({ outcome: 'refused' });
  expect(await at.told()).toEqual([]);
  const vera = { ...at.maria(), messengerId: 'telegram:802' as const, name: 'Вера' };
  expect(await at.confirmEnd(vera)).toEqual({ outcome: 'done' });
  expect((await at.journal()).at(-1)).toMatchObject({ what: 'payments.refunded', name: 'Вера' });
});

test('what changed between question and press is asked about anew', async () => {
  const at = await openPaidTwice();
  await at.credit('0012345 1000,50 зачесть');
  await at.askRefunded('возвращён на карту');
  await at.export();
  expect(await at.confirmEnd()).toEqual({ outcome: 'refused' });
  expect((await at.said()).at(-1)).toBe('desk-money-changed');
  expect(await at.askRefunded('возвращён на карту')).toEqual({ outcome: 'done' });
  expect((await at.botMessages()).at(-1)?.words).toMatchObject({ credited: 'all', billing: 'exported', export: 1 });
  expect(await at.confirmEnd()).toEqual({ outcome: 'done' });
  expect((await at.said()).at(-1)).toBe('desk-money-refunded-exported');

  const back = await openPaidTwice();
  await back.credit('0012345 300 часть');
  await back.askRefunded('вернули всё');
  expect((await back.botMessages()).at(-1)?.words).toMatchObject({ credited: 'part', left: SUM - 300_00 });
  await back.takeBack();
  expect(await back.confirmEnd()).toEqual({ outcome: 'refused' });
  expect((await back.said()).at(-1)).toBe('desk-money-changed');

  // The messenger said meanwhile that it went back.
  const quicker = await openPaidTwice();
  await quicker.askRefunded('возврат 15');
  await quicker.paymentIntake.refund(quicker.by(1), { chargeId: 'tg-2', totalKopecks: SUM });
  expect(await quicker.confirmEnd()).toEqual({ outcome: 'refused' });
  expect(await quicker.said()).toContain('desk-money-returned');
  expect(await quicker.told()).toEqual([]);

  const strayed = await openStrayed('late');
  await strayed.askSettle('учтён за октябрь');
  const row = { account: '0022222', day: '2026-11-21', sumKopecks: 500_00, source: 'Telegram', operation: 'ch_1' };
  await make.payment(strayed.db, row);
  await strayed.db.transaction().execute((trx) => matchPayments(trx, { now: strayed.now() }));
  expect(await strayed.confirmEnd()).toEqual({ outcome: 'refused' });
  expect(await strayed.said()).toContain('desk-money-changed');
  expect(await strayed.debt()).toEqual({ underWay: 0, strayed: ['elsewhere'] });
});

test('a question of one kind takes the place of one of the other in the same thread', async () => {
  const at = await openPaidTwice();
  await at.ask('0012345 1000,50 зачесть');
  await at.askRefunded('возврат 15');
  expect(await at.confirm()).toEqual({ outcome: 'gone' });
  await at.ask('0012345 1000,50 зачесть');
  expect(await at.confirmEnd()).toEqual({ outcome: 'gone' });
  expect(await at.confirm()).toEqual({ outcome: 'done' });
});

test('a payment that was credited by hand and given back at the provider does not go to billing any more', async () => {
  const at = await openPaidTwice();
  await at.credit('0012345 1000,50 зачесть');
  await at.deliver();
  // Its thread was closed by the credit.
  expect(await at.refunded('возвращён на карту')).toEqual({ outcome: 'done' });
  expect((await at.said()).at(-1)).toBe('desk-money-refunded-credited');
  expect(await at.told()).toContainEqual(expect.objectContaining({ text: 'notice-payment-given-back', sum: SUM }));
  expect(await underWay(at)).toEqual([SUM, 0]);
  expect(await at.export()).toMatchObject({ rows: 1 });
  expect(await at.takeBack()).toEqual({ outcome: 'refused' });
  expect((await at.said()).at(-1)).toBe('desk-money-returned');

  // Taken back, it is credited as before, and goes out.
  await at.deliver();
  expect(await at.takeBackEnd(at.olga())).toEqual({ outcome: 'not-senior' });
  expect(await at.takeBackEnd()).toEqual({ outcome: 'done' });
  expect(await at.takeBackEnd()).toEqual({ outcome: 'gone' });
  expect(await underWay(at)).toEqual([2 * SUM, 0]);
  expect(await at.export()).toMatchObject({ rows: 1 });
  expect(await at.told()).toContainEqual({ text: 'notice-payment-return-undone', sum: SUM, credited: 'all' });
  expect((await at.journal()).at(-1)).toMatchObject({
    what: 'payments.refunded-undone',
    details: { operation: 'ch_2', sum: SUM },
  });
  // Nothing is left to be decided.
  expect((await at.state()).state).toBe('closed');
});

test('a part that was credited goes with the rest of it', async () => {
  const at = await openPaidTwice();
  await at.credit('0012345 300 часть');
  expect(await at.refunded('вернули всё')).toEqual({ outcome: 'done' });
  expect(await at.told()).toContainEqual(expect.objectContaining({ text: 'notice-payment-given-back', sum: SUM }));
  expect(await at.export()).toMatchObject({ rows: 1 });
  expect(await at.takeBackEnd()).toEqual({ outcome: 'done' });
  expect((await at.state()).state).toBe('taken');
  expect(await at.credit('0022222 700,50 остаток')).toEqual({ outcome: 'done' });
  expect(await at.export()).toMatchObject({ rows: 2 });
});

test('what was marked by mistake is taken back: the money is nobody’s again, and waits for staff', async () => {
  const at = await openPaidTwice();
  await at.refunded('не тот платёж');
  // The payer has read nothing yet, and reads nothing.
  expect(await at.takeBackEnd()).toEqual({ outcome: 'done' });
  expect(await at.told()).toEqual([]);
  expect(await at.state()).toEqual({ state: 'taken', takenBy: 'telegram:802', waitingSince: at.now() });
  expect(await at.credit('0012345 1000,50 зачесть')).toEqual({ outcome: 'done' });

  const told = await openPaidTwice();
  await told.refunded('не тот платёж');
  await told.deliver();
  told.later(31 * DAY);
  await createRetention({ db: told.db, clock: told.now }).deleteExpired();
  expect(await told.takeBackEnd()).toEqual({ outcome: 'done' });
  expect(await told.told()).toEqual([{ text: 'notice-payment-return-undone', sum: SUM, credited: 'none' }]);
});

test('a payment that was credited by itself is named by its operation, anywhere: asked about in a thread of its own', async () => {
  const at = await openMistaken();
  expect(await at.askRefundedAtLarge('возвращён, чек 15')).toEqual({ outcome: 'nowhere' });
  expect(await at.askRefundedAtLarge('ch_7 возвращён, чек 15')).toEqual({ outcome: 'nowhere' });
  expect(await at.askRefundedAtLarge('ch_1 возвращён', at.olga())).toEqual({ outcome: 'refused-at-large', why: 'not-senior' });
  expect(await at.askRefundedAtLarge('ch_1 возвращён', at.stranger())).toEqual({ outcome: 'not-staff' });
  expect(await at.askRefundedAtLarge('ch_1')).toEqual({ outcome: 'refused-at-large', why: 'reason-missing' });
  expect(await at.db.selectFrom('requests').select('id').execute()).toEqual([]);

  expect(await at.askRefundedAtLarge('№ ch_1 возвращён, чек 15')).toEqual({ outcome: 'asked-at', number: 1 });
  // Asked once more, it is asked in the same thread.
  expect(await at.askRefundedAtLarge('ch_1 возвращён, чек 15')).toEqual({ outcome: 'asked-at', number: 1 });
  expect(await at.db.selectFrom('requests').select(['kind', 'words']).execute()).toMatchObject([
    { kind: 'payment-return', words: { operation: 'ch_1', sum: 500_00, repeats: 0 } },
  ]);
  expect(await underWay(at)).toEqual([500_00, 0]);
  expect(await at.confirmEnd()).toEqual({ outcome: 'done' });
  expect(await underWay(at)).toEqual([0, 0]);
  expect(await at.told()).toMatchObject([{ text: 'notice-payment-given-back', sum: 500_00 }]);
  expect((await at.journal()).at(-1)).toMatchObject({
    what: 'payments.refunded',
    account: '0012345',
    requestNumber: 1,
    details: { operation: 'ch_1', sum: 500_00, reason: 'возвращён, чек 15' },
  });
  expect(await at.export()).toMatchObject({ number: null, rows: 0 });
  expect(await at.askRefundedAtLarge('ch_1 ещё раз')).toEqual({ outcome: 'refused-at-large', why: 'returned' });

  expect(await at.takeBackEnd()).toEqual({ outcome: 'done' });
  expect(await underWay(at)).toEqual([500_00, 0]);
  expect((await at.state()).state).toBe('closed');
  expect(await at.export()).toMatchObject({ rows: 1 });
});

test('ten at once open one thread and ask one question', async () => {
  const at = await openMistaken();
  const asked = await Promise.all(Array.from({ length: 10 }, () => at.askRefundedAtLarge('ch_1 возвращён')));
  expect(new Set(asked.map((each) => JSON.stringify(each)))).toEqual(new Set(['{"outcome":"asked-at","number":1}']));
  const open = await at.db.selectFrom('handCredits').select('id').where('state', '=', 'refund-asked').execute();
  expect(open).toHaveLength(1);
});

test('of what billing has already, the senior is told to take it off there', async () => {
  const exported = await openMistaken();
  await exported.export();
  await exported.askRefundedAtLarge('ch_1 возвращён');
  expect((await exported.botMessages()).at(-1)?.words).toMatchObject({ credited: 'all', billing: 'exported', export: 1 });
  expect(await exported.confirmEnd()).toEqual({ outcome: 'done' });
  expect((await exported.botMessages()).at(-1)).toMatchObject({ text: 'desk-money-refunded-exported', words: { export: 1 } });
  expect(await underWay(exported)).toEqual([0, 0]);
  expect(await exported.takeBackEnd()).toEqual({ outcome: 'done' });
  expect((await exported.botMessages()).at(-1)?.words).toMatchObject({ credited: 'all', billing: 'exported' });
  expect(await underWay(exported)).toEqual([500_00, 0]);
  expect(await exported.export()).toMatchObject({ number: null, rows: 0 });

  const posted = await openMistaken();
  const row = { account: '0012345', day: '2026-11-21', sumKopecks: 500_00, source: 'Telegram', operation: 'ch_1' };
  await make.payment(posted.db, row);
  await posted.db.transaction().execute((trx) => matchPayments(trx, { now: posted.now() }));
  await posted.askRefundedAtLarge('ch_1 возвращён');
  expect((await posted.botMessages()).at(-1)?.words).toMatchObject({ billing: 'posted' });
  expect(await posted.confirmEnd()).toEqual({ outcome: 'done' });
  expect((await posted.said()).at(-1)).toBe('desk-money-refunded-posted');

  // Billing took it back: there is nothing to be taken off.
  const reversed = await openStrayed('reversed');
  await reversed.askRefunded('вернули в кассе');
  expect((await reversed.botMessages()).at(-1)?.words).toMatchObject({ billing: 'none' });
});

test('in the thread of a payment that does not come, and by the number of one of its lines: the payment is meant', async () => {
  const late = await openStrayed('late');
  expect(await late.refunded('деньги вернули')).toEqual({ outcome: 'done' });
  expect((await late.state()).state).toBe('closed');
  expect(await late.debt()).toEqual({ underWay: 0, strayed: [] });
  // Its escalation is there again.
  expect(await late.takeBackEnd()).toEqual({ outcome: 'done' });
  expect((await late.state()).state).toBe('taken');
  expect(await late.debt()).toEqual({ underWay: 500_00, strayed: ['late'] });

  const both = await openSeniors();
  await both.pay(await both.ordered(300_00, 200_00));
  expect(await both.askRefundedAtLarge('ch_1-2 вернули')).toEqual({ outcome: 'asked-at', number: 1 });
  expect((await both.botMessages()).at(-1)?.words).toMatchObject({
    sum: 500_00,
    operation: 'ch_1',
    lines: [{ words: { account: '0012345', sum: 300_00 } }, { words: { account: '0022222', sum: 200_00 } }],
  });
  expect(await both.confirmEnd()).toEqual({ outcome: 'done' });
  expect(await underWay(both)).toEqual([0, 0]);
});

test('a payment that is named in the thread of another is asked about in its own', async () => {
  const at = await openPaidTwice();
  expect(await at.askRefunded('ch_1 возвращён')).toEqual({ outcome: 'asked-at', number: 2 });
  expect(await at.confirmEnd()).toEqual({ outcome: 'done' });
  const back = await at.db.selectFrom('cardPayments').select('operation').where('refundedAt', 'is not', null).execute();
  expect(back).toEqual([{ operation: 'ch_1' }]);
  const states = await at.db.selectFrom('requests').select('state').orderBy('number').execute();
  expect(states).toEqual([{ state: 'new' }, { state: 'closed' }]);
  // Of one that was not credited the thread is there.
  expect(await at.askRefundedAtLarge('ch_2 возвращён')).toEqual({ outcome: 'asked-at', number: 1 });
});

test('what was settled by mistake is taken back, as long as no registry has brought it since', async () => {
  const at = await openStrayed('late');
  await at.settle('не тот платёж');
  await at.deliver();
  expect(await at.takeBackEnd(at.olga())).toEqual({ outcome: 'not-senior' });
  expect(await at.takeBackEnd()).toEqual({ outcome: 'done' });
  expect(await at.takeBackEnd()).toEqual({ outcome: 'gone' });
  expect(await at.debt()).toEqual({ underWay: 500_00, strayed: ['late'] });
  expect((await at.state()).state).toBe('taken');
  expect(await at.told()).toContainEqual(
    expect.objectContaining({ text: 'notice-payment-settle-undone', sum: 500_00, account: '0012345' }),
  );
  expect((await at.journal()).at(-1)).toMatchObject({ what: 'payments.settle-undone', account: '0012345' });
  expect(await at.export()).toMatchObject({ rows: 1 });

  const unheard = await openStrayed('late');
  await unheard.settle('не тот платёж');
  expect(await unheard.takeBackEnd()).toEqual({ outcome: 'done' });
  expect(await unheard.told()).toEqual([]);

  const come = await openStrayed('late');
  await come.settle('учтён за октябрь');
  come.later(DAY);
  const row = { account: '0012345', day: '2026-11-21', sumKopecks: 500_00, source: 'Telegram', operation: 'ch_1' };
  await make.payment(come.db, row);
  await come.db.transaction().execute((trx) => matchPayments(trx, { now: come.now() }));
  expect(await come.takeBackEnd()).toEqual({ outcome: 'refused' });
  expect((await come.said()).at(-1)).toBe('desk-money-posted-since');

  // What was given back meanwhile is under way no more, whatever is taken back.
  const returned = await openStrayed('late');
  await returned.settle('не тот платёж');
  await returned.deliver();
  await returned.paymentIntake.refund(returned.by(1), { chargeId: 'tg-1', totalKopecks: 500_00 });
  const told = await returned.told();
  expect(await returned.takeBackEnd()).toEqual({ outcome: 'refused' });
  expect((await returned.said()).at(-1)).toBe('desk-money-returned');
  expect(await returned.told()).toEqual(told);
  expect(await returned.debt()).toEqual({ underWay: 0, strayed: [] });
});
