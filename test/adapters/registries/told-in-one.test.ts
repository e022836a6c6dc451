import { describe, expect, onTestFinished, test } from 'vitest';
import { deliver } from '../../../src/delivery/notices/deliver.ts';
import type { NoticeSent, SpokenNotice } from '../../../src/delivery/notices/send.ts';
import { endWhatLinksGave } from '../../../src/office/accounts/given-links.ts';
import { announcePosted, withdrawPosted } from '../../../src/office/money/payment-notices.ts';
import { createNewsScans } from '../../../src/office/news/news-scans.ts';
import { createNoticeJudge } from '../../../src/office/news/notice-judge.ts';
import { withdrawAnswers } from '../../../src/office/readings/reading-answers.ts';
import { READINGS_OUT } from '../../../src/office/readings/reading-export.ts';
import { exportNew } from '../../../src/office/registries/exports.ts';
import { undoRegistryImport } from '../../../src/office/registries/undo.ts';
import { claimOutbox } from '../../../src/records/outbox.ts';
import { loadTexts } from '../../../src/texts/texts.ts';
import { CENTRE } from '../../kit/centre.ts';
import * as make from '../../kit/make.ts';
import { OFFICE_SETTINGS } from '../../kit/office-settings.ts';
import { openDesk } from './desk.ts';

/** PRODUCT.md, section 4, «Many accounts»: whatever one registry, or one act of somebody, brings of them, one notice tells. */

const MINUTE = 60_000;
const GUEST = 'telegram:9';
const numberOf = (n: number) => `00100${String(n + 1).padStart(2, '0')}`;

type Scene = Awaited<ReturnType<typeof open>>;

/** Ivan (1) has so many accounts of which nobody was told anything; what goes out is sent at once. */
async function open(count = 6) {
  const desk = await openDesk();
  onTestFinished(desk.close);
  const { db } = desk;
  let now = new Date('2026-11-21T09:00:00Z');
  const clock = () => now;
  const edges = { db, clock, settings: OFFICE_SETTINGS, centre: CENTRE };
  const texts = loadTexts({ timeZone: 'Europe/Moscow', clock });
  const accounts = Array.from({ length: count }, (_, n) => numberOf(n));
  const ivan = await make.signedIn(db, { login: 'ivan', phone: '+79123456789' }, ['telegram:1'], now);
  for (const account of accounts) {
    await make.account(db, { number: account });
    await make.link(db, { residentId: ivan, account });
  }
  const scans = createNewsScans(edges);
  const later = () => void (now = new Date(now.getTime() + MINUTE));

  return {
    db,
    clock,
    accounts,
    ivan,
    async take(lines: readonly string[]): Promise<number> {
      later();
      const { number, refused } = await desk.take(lines, { now, owners: 'any', closings: 'any' });
      expect(refused).toBe(0);
      return number ?? 0;
    },
    undo: (number: number) =>
      db
        .transaction()
        .execute((trx) =>
          undoRegistryImport(trx, number, { now, timeZone: 'Europe/Moscow', by: { who: 'command line', name: 'operator' } }),
        ),
    /** Makes the rounds of news that are due. */
    async look(): Promise<void> {
      later();
      while ((await scans.goOn()).finished.length > 0);
    },
    at: (moment: string) => void (now = new Date(moment)),
    unlink: (account: string) =>
      db
        .updateTable('links')
        .set({ endedAt: now, endedWhy: 'unlinked' })
        .where('account', '=', account)
        .where('residentId', '=', ivan)
        .where('endedAt', 'is', null)
        .execute(),
    /** Readings of a meter of each are on their way to billing. */
    async handIn(of: readonly string[], submittedBy = 'resident'): Promise<void> {
      const residentId = submittedBy === 'resident' ? ivan : null;
      await make.meter(db, ...of.map((account) => ({ account, number: '77' })));
      await make.reading(db, ...of.map((account) => ({ account, number: '77', submittedBy, residentId })));
      await exportNew({ db, clock }, READINGS_OUT, async () => undefined);
    },
    async giveAll(of: readonly string[]): Promise<void> {
      const anna = await make.signedIn(db, { login: 'anna', phone: '+79123456780' }, ['telegram:3'], now);
      const given: string[] = [];
      for (const account of of) {
        const id = await make.link(db, { residentId: anna, account });
        await db
          .updateTable('links')
          .set({ way: 'relative', givenBy: id })
          .where('account', '=', account)
          .where('residentId', '=', ivan)
          .execute();
        given.push(id);
      }
      await db.transaction().execute((trx) => endWhatLinksGave(trx, given, now));
    },
    /** What goes out now, to all. */
    async goOut(answer: () => NoticeSent = () => ({ outcome: 'sent' })): Promise<(SpokenNotice & { to: string })[]> {
      const said: (SpokenNotice & { to: string })[] = [];
      let isToWait = false;
      const room = {
        db,
        clock,
        paceClock: clock,
        texts,
        asOfNow: createNoticeJudge(edges).asOfNow,
        pace: { waitMs: () => 0, refuse: () => undefined },
        log: { info: () => undefined, warn: () => undefined },
        async send(to: string, notice: SpokenNotice) {
          said.push({ ...notice, to });
          const sent = answer();
          isToWait = sent.outcome === 'wait';
          return sent;
        },
      };
      const share = { limit: 10, resting: [], until: new Date(now.getTime() + MINUTE), night: false };
      for (;;) {
        const taken = await claimOutbox(db, share, now);
        for (const row of taken) await (await deliver(room, row)).write();
        if (taken.length === 0 || isToWait) return said;
      }
    },
  };
}

const METERS = 'ЛС;Номер счетчика;Услуга;Шкала;Показание;Дата показания';
const metersOf = (of: readonly string[], ...numbers: string[]) => [
  METERS,
  ...of.flatMap((account) => numbers.map((number) => `${account};${number};Вода;;100;01.11.2026`)),
];
const OWNERS = 'ЛС;ФИО;Адрес';
const ownedBy = (name: string, of: readonly string[]) => [
  OWNERS,
  ...of.map((account) => `${account};${name};г. Приморск-на-Миусе, ул. Портовая, д. 5, кв. 17`),
];
const closed = (how: '1' | '', of: readonly string[]) =>
  ownedBy('Иванов Иван Иванович', of).map((line, n) => `${line};${n === 0 ? 'Закрыт' : how}`);
const answersOn = (of: readonly string[], result: string) => [
  'ЛС;Номер счетчика;Показание;Дата;Результат;Причина',
  ...of.map((account) => `${account};77;12;21.10.2026;${result}`),
];
const chargesOf = (of: readonly string[], due: number) => [
  'ЛС;Период;Услуга;Входящее сальдо;Начислено;К оплате',
  ...of.map((account) => `${account};11.2026;Отопление;0;${due};${due}`),
];
const paymentsOf = (of: readonly string[], sum: number) => [
  'ЛС;Дата;Сумма;Источник;Номер операции',
  ...of.map((account) => `${account};20.11.2026;${sum};Банк;${account}`),
];
const accepted = (of: readonly string[]) => answersOn(of, 'принято;');
const refused = (of: readonly string[]) => answersOn(of, 'отклонено;нечитаемо');

type Kind = {
  bring: (at: Scene, of: readonly string[]) => Promise<unknown>;
  said: string;
  /** Where its buttons lead, to no account of theirs. */
  doors: readonly string[];
  /** By which it is not so of an account any more; that it was unlinked, where nothing is said. */
  meanwhile?: (at: Scene, account: string) => Promise<unknown>;
  /** It names no accounts. */
  isOfAll?: true;
  /** It goes to a guest, who has no accounts. */
  isOfGuest?: true;
  /** What it was is true whatever came after: without one of its accounts it is said without figures. */
  isPlainThen?: true;
};

const relink: NonNullable<Kind['meanwhile']> = ({ db, ivan }, account) => make.link(db, { residentId: ivan, account });
const withdrawReading: NonNullable<Kind['meanwhile']> = ({ db }, account) =>
  db.transaction().execute(async (trx) => {
    const readings = await trx.selectFrom('readings').select('id').where('account', '=', account).execute();
    await withdrawAnswers(
      trx,
      readings.map(({ id }) => id),
    );
  });

const KINDS: Readonly<Record<string, Kind>> = {
  'their owner is another one': {
    bring: (at, of) => at.take(ownedBy('Сидоров Пётр', of)),
    said: 'сменился владелец',
    doors: ['linking'],
    meanwhile: relink,
  },
  'their owner was no other one after all': {
    async bring(at, of) {
      const number = await at.take(ownedBy('Сидоров Пётр', of));
      await at.goOut();
      expect(await at.undo(number)).toMatchObject({ outcome: 'undone' });
    },
    said: 'Снова в вашем кабинете лицевые счета',
    doors: ['accounts'],
  },
  'who gave access to them has them no more': {
    bring: (at, of) => at.giveAll(of),
    said: 'У того, кто дал вам доступ, их больше нет',
    doors: ['linking'],
    meanwhile: relink,
  },
  'they are closed': {
    bring: (at, of) => at.take(closed('1', of)),
    said: 'Закрыты лицевые счета',
    doors: ['accounts', 'request'],
    meanwhile: ({ db }, account) => db.updateTable('accounts').set({ closed: false }).where('number', '=', account).execute(),
  },
  'they are open again': {
    async bring(at, of) {
      await at.take(closed('1', of));
      await at.goOut();
      await at.take(closed('', of));
    },
    said: 'Снова открыты лицевые счета',
    doors: ['accounts'],
  },
  'their meters were replaced': {
    async bring(at, of) {
      await at.handIn(of);
      await at.take(metersOf(of, '88'));
    },
    said: 'Счётчики заменены или сняты',
    doors: ['readings'],
  },
  'their meters were not replaced after all': {
    async bring(at, of) {
      await at.handIn(of);
      await at.take(metersOf(of, '88'));
      await at.goOut();
      await at.take(metersOf(of, '77', '88'));
    },
    said: 'Снова числятся счётчики',
    doors: ['my-readings'],
  },
  'billing took their readings': {
    async bring(at, of) {
      await at.handIn(of);
      await at.take(accepted(of));
    },
    said: 'Показания учтены в расчёте',
    doors: ['my-readings'],
    meanwhile: withdrawReading,
  },
  'billing refused their readings': {
    async bring(at, of) {
      await at.handIn(of);
      await at.take(refused(of));
    },
    said: '1 показание (нечитаемо)',
    doors: ['readings', 'my-readings'],
  },
  'billing took readings of a guest': {
    async bring(at, of) {
      await at.handIn(of, GUEST);
      await at.take(accepted(of));
    },
    said: 'Показания учтены в расчёте',
    doors: [],
    meanwhile: withdrawReading,
    isOfGuest: true,
  },
  'billing refused readings of a guest': {
    async bring(at, of) {
      await at.handIn(of, GUEST);
      await at.take(refused(of));
    },
    said: 'Показания в расчёт не взяли',
    doors: ['readings/other'],
    meanwhile: withdrawReading,
    isOfGuest: true,
  },
  'payments of a guest are with billing': {
    bring: ({ db, clock }, of) =>
      db.transaction().execute((trx) =>
        announcePosted(
          trx,
          of.map((account) => ({ operation: account, account, sumKopecks: 100_00, messengerId: GUEST, asGuest: true })),
          clock(),
        ),
      ),
    said: 'Ваши платежи учтены в расчётах',
    doors: [],
    meanwhile: ({ db }, account) => db.transaction().execute((trx) => withdrawPosted(trx, [account])),
    isOfGuest: true,
  },
  'new charges': {
    async bring(at, of) {
      await at.take(chargesOf(of, 700));
      await at.look();
    },
    said: 'Новые начисления',
    doors: ['debt', 'pay-card', 'pay-qr'],
  },
  'charges were corrected': {
    async bring(at, of) {
      await at.take(chargesOf(of, 700));
      await at.look();
      await at.goOut();
      await at.take(chargesOf(of, 900));
      await at.look();
    },
    said: 'изменились',
    doors: ['debt', 'pay-card', 'pay-qr'],
  },
  'payments were posted': {
    async bring(at, of) {
      await at.take(paymentsOf(of, 100));
      await at.look();
    },
    said: 'Платежи зачислены',
    doors: ['debt'],
  },
  'payments were corrected': {
    async bring(at, of) {
      await at.take(paymentsOf(of, 100));
      await at.look();
      await at.goOut();
      await at.take(paymentsOf(of, 200));
      await at.look();
    },
    said: 'зачислено больше',
    doors: ['debt', 'request'],
    isPlainThen: true,
  },
  'the day to pay comes near': {
    async bring(at, of) {
      await at.take(chargesOf(of, 700));
      await at.look();
      await at.goOut();
      at.at('2026-12-13T09:00:00Z');
      await at.look();
    },
    said: 'Скоро день оплаты',
    doors: ['debt', 'pay-card', 'pay-qr'],
  },
  'readings are taken': {
    async bring(at, of) {
      for (const account of of) await make.meter(at.db, { account, number: '77' });
      await at.look();
    },
    said: 'Открыт приём показаний',
    doors: ['readings'],
    isOfAll: true,
  },
  'readings are taken until tomorrow': {
    async bring(at, of) {
      for (const account of of) await make.meter(at.db, { account, number: '77' });
      at.at('2026-11-24T09:00:00Z');
      await at.look();
    },
    said: 'последний день',
    doors: ['readings'],
  },
  'verifications run out': {
    async bring(at, of) {
      at.at('2026-11-27T09:00:00Z');
      for (const account of of) await make.meter(at.db, { account, number: '77', verificationDue: '2027-01-23' });
      await at.look();
    },
    said: 'Заканчивается срок поверки',
    doors: ['request'],
  },
};

/** The accounts that a message names, each as often as it does. */
const named = ({ marked }: SpokenNotice) => marked.match(/\b00100\d\d\b/g) ?? [];
const leadsTo = ({ doors }: SpokenNotice) =>
  doors.map((door) => ('dialog' in door ? [door.dialog, ...(door.ref === undefined ? [] : [door.ref])].join('/') : door.verb));

describe.each(Object.entries(KINDS))('%s', (_, { bring, said, doors, meanwhile, isOfAll, isOfGuest, isPlainThen }) => {
  const to = isOfGuest ? GUEST : 'telegram:1';
  const goOut = async (at: Scene) => (await at.goOut()).filter((notice) => notice.to === to);

  test('of all six: one message, a line an account', async () => {
    const at = await open();
    await bring(at, at.accounts);
    const [notice, ...others] = await goOut(at);
    if (!notice) throw new Error('nobody was told');
    expect(others).toEqual([]);
    expect(notice.marked).toContain(said);
    if (!isOfAll) expect(named(notice).toSorted()).toEqual(at.accounts);
    expect(leadsTo(notice)).toEqual(doors);
  });

  test('of four of six: one message as well, but to a guest', async () => {
    const at = await open();
    const four = at.accounts.slice(1, 5);
    await bring(at, four);
    const told = await goOut(at);
    expect(told).toHaveLength(isOfGuest ? 4 : 1);
    if (!isOfAll) expect(told.flatMap(named).toSorted()).toEqual(four);
  });

  test('of all four that there are: no more than a message each', async () => {
    const at = await open(4);
    await bring(at, at.accounts);
    const told = await goOut(at);
    expect(told.length).toBeLessThanOrEqual(4);
    if (!isOfAll) expect(told.flatMap(named).toSorted()).toEqual(at.accounts);
  });

  test('of one it is not so any more when it goes out: the other five are told', async () => {
    const at = await open();
    await bring(at, at.accounts);
    const [gone = '', ...rest] = at.accounts;
    await (meanwhile?.(at, gone) ?? at.unlink(gone));
    const [notice, ...others] = await goOut(at);
    if (!notice) throw new Error('nobody was told');
    expect(others).toEqual([]);
    if (isPlainThen) expect(notice.marked).toContain('В кабинете новые сведения о платежах');
    else if (!isOfAll) expect(named(notice).toSorted()).toEqual(rest);
  });

  test('signed out by then: one message, and no account in it', async () => {
    if (isOfGuest) return;
    const at = await open();
    await bring(at, at.accounts);
    await at.db.updateTable('sessions').set({ endedAt: at.clock() }).execute();
    const [notice, ...others] = await goOut(at);
    if (!notice) throw new Error('nobody was told');
    expect(others).toEqual([]);
    expect(named(notice)).toEqual([]);
    expect(leadsTo(notice)[0]).toBe('sign-in');
  });
});

test('of twelve the first ten are named, and how many there are besides', async () => {
  const at = await open(12);
  await at.take(ownedBy('Сидоров Пётр', at.accounts));
  const [notice, ...others] = await at.goOut();
  expect(others).toEqual([]);
  expect(notice?.marked).toContain('сменился владелец: 12.');
  expect(notice && named(notice)).toEqual(at.accounts.slice(0, 10));
  expect(notice?.marked).toContain('и ещё 2 счёта');
});

test('of meters with zones each has its own below it', async () => {
  const at = await open();
  const zones = ['день', 'ночь'].flatMap((scale) =>
    at.accounts.map((account) => ({
      account,
      number: '77',
      service: 'Электроснабжение',
      scale,
      value: '12',
      residentId: at.ivan,
    })),
  );
  await make.reading(at.db, ...zones);
  await at.take(metersOf(at.accounts, '88'));
  const [notice, ...others] = await at.goOut();
  expect(others).toEqual([]);
  expect(notice?.marked.match(/^— .*12/gm)).toHaveLength(12);
});

test('all that a message tells waits with it, and is told without the one that was refused', async () => {
  const at = await open();
  await at.take(ownedBy('Сидоров Пётр', at.accounts));
  const ends = () =>
    at.db.selectFrom('outbox').select(['lockedUntil', 'doneAt', 'failedAt']).where('kind', '=', 'notice').orderBy('id').execute();
  const free = { lockedUntil: null, doneAt: null, failedAt: null };
  expect(await at.goOut(() => ({ outcome: 'wait', seconds: 1 }))).toHaveLength(1);
  expect(await ends()).toEqual(Array.from({ length: 6 }, () => free));
  // One that is refused is given up alone: the others are told without it.
  let sent = 0;
  const told = await at.goOut(() => (sent++ === 0 ? { outcome: 'refused', reason: 'too long' } : { outcome: 'sent' }));
  expect(told.map(named)).toEqual([at.accounts, at.accounts.slice(1)]);
  expect((await ends()).map(({ failedAt }) => failedAt !== null)).toEqual([true, false, false, false, false, false]);
});

test('one that could not be sent is tried again whole', async () => {
  const at = await open();
  await at.take(ownedBy('Сидоров Пётр', at.accounts));
  const fails = (): NoticeSent => {
    throw new Error('no network');
  };
  expect(await at.goOut(fails)).toHaveLength(1);
  const held = await at.db.selectFrom('outbox').select('id').where('lockedUntil', 'is not', null).execute();
  expect(held).toEqual([]);
  at.at('2026-11-21T10:00:00Z');
  const again = await at.goOut();
  expect(again.map(named)).toEqual([at.accounts]);
});
