import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { plainSpaces } from '../../../src/domain/unbroken.ts';
import type { NewsKind } from '../../../src/domain/news.ts';
import {
  announceEndedLink,
  announceFormerOwner,
  announceGiverLeft,
  announceLink,
  announceLinkEndedByGiver,
  announceLinkEndedByStaff,
  announceReopenedLinks,
} from '../../../src/office/accounts/link-notices.ts';
import { createNewsScans } from '../../../src/office/news/news-scans.ts';
import { createNoticeJudge } from '../../../src/office/news/notice-judge.ts';
import { postNotice } from '../../../src/office/notices.ts';
import { tellClosed } from '../../../src/office/requests/closing.ts';
import { insertAccessOffer } from '../../../src/records/access-offers.ts';
import { insertLink, type Link, markLinkEnded } from '../../../src/records/links.ts';
import { markOutboxDone, type OutboxRow } from '../../../src/records/outbox.ts';
import type { Trx } from '../../../src/records/database.ts';
import { loadTexts } from '../../../src/texts/texts.ts';
import * as make from '../../kit/make.ts';
import { OFFICE_SETTINGS } from '../../kit/office-settings.ts';
import { MINUTE, openTown } from '../town.ts';
import { newsHands } from './news-hands.ts';

/** Between the moment when a notice was put in line and the one when it goes out, what it says may have changed: each kind is judged by that. */

const OURS = '7000500001';
const OTHER = '7000500002';
const NOVEMBER = '2026-11';

type Scene = Awaited<ReturnType<typeof openScene>>;

/** A resident (1) with two accounts of which nothing is known yet; noon of 20 November. */
async function openScene({ step } = { step: 500 }) {
  const town = await openTown();
  const settings = { ...OFFICE_SETTINGS, ...town.edges.settings };
  const scans = createNewsScans({ ...town.edges, settings }, { step, steps: 20 });
  const judge = createNoticeJudge({ ...town.edges, settings });
  const { text } = loadTexts({ timeZone: 'Europe/Moscow', clock: town.now });
  const residentId = await town.resident(1);
  const linkTo = (account: string) =>
    town.db.transaction().execute((trx) => insertLink(trx, { residentId, account, way: 'sum', linkedAt: town.now() }));
  for (const account of [OURS, OTHER]) {
    await town.account(account);
    await linkTo(account);
  }
  return {
    ...town,
    ...newsHands(town),
    residentId,
    linkTo,
    scan: async () => {
      while ((await scans.goOn()).finished.length > 0);
    },
    waiting: async () =>
      town.db
        .selectFrom('outbox')
        .selectAll()
        .where('kind', '=', 'notice')
        .where('addressee', '=', 'telegram:1')
        .where('doneAt', 'is', null)
        .orderBy('id')
        .execute(),
    /** All that waits, to one resident perhaps, was sent. */
    async arrived(to?: string) {
      const rows = await town.db.selectFrom('outbox').select(['id', 'residentId']).where('kind', '=', 'notice').execute();
      const ids = rows.filter((row) => to === undefined || row.residentId === to).map(({ id }) => id);
      await markOutboxDone(town.db, ids, town.now());
    },
    /** How a notice would be said now; undefined: not at all. */
    async said(notice: OutboxRow): Promise<string | undefined> {
      const said = await judge.asOfNow(notice);
      return said && plainSpaces(text(said.text, said.words));
    },
    paid: (account: string, sumKopecks: number, day: string) =>
      make.payment(town.db, { account, sumKopecks, day, operation: `${account}/${sumKopecks}/${day}` }),
    paidInTheBot: (account: string, sumKopecks: number) =>
      make.cardPayment(town.db, [{ account, sumKopecks }], { paidAt: new Date(town.now().getTime() - MINUTE) }),
    meter: (account: string, number: string, more: { verificationDue?: string } = {}) =>
      make.meter(town.db, { account, number, value: '12', valueDay: '2026-10-22', ...more }),
    handIn: (account: string, number: string) =>
      make.reading(town.db, { account, number, windowOpens: '2026-11-20', day: '2026-11-20', takenAt: town.now(), value: '13' }),
    unlink: (account: string) =>
      town.db
        .updateTable('links')
        .set({ endedAt: town.now(), endedWhy: 'unlinked' })
        .where('account', '=', account)
        .where('endedAt', 'is', null)
        .execute(),
    signOut: () => town.db.updateTable('sessions').set({ endedAt: town.now() }).execute(),
    dueIs: (account: string, dueKopecks: number) =>
      town.db.updateTable('charges').set({ dueKopecks }).where('account', '=', account).execute(),
    verifiedUntil: (number: string, day: string) =>
      town.db.updateTable('meters').set({ verificationDue: day }).where('number', '=', number).execute(),
  };
}

type Meanwhile = (at: Scene) => unknown;
/** What is said then has the first and has not the rest; null: nothing is said. */
type Case = [meanwhile: string, does: Meanwhile, said: string | null, not?: string];

const nothing: Meanwhile = () => undefined;

/** By kind: what brings it, and what may have come of it by the time it goes out. */
const NEWS: Readonly<Record<string, { kind: NewsKind; bring: (at: Scene) => Promise<unknown>; cases: Case[] }>> = {
  'the day to pay comes near': {
    kind: 'due-day',
    async bring(at) {
      await at.charge(OURS, NOVEMBER, 'Отопление', 100_00);
      at.at('2026-12-12T10:00:00');
    },
    cases: [
      ['nothing happened', nothing, 'К оплате за ноябрь 2026: <b>100,00 ₽</b>'],
      ['all was paid at a bank', (at) => at.paid(OURS, 100_00, '2026-12-11'), null],
      ['all was paid in the bot', (at) => at.paidInTheBot(OURS, 100_00), null],
      ['a part was paid in the bot', (at) => at.paidInTheBot(OURS, 40_00), '<b>60,00 ₽</b>', '100,00'],
      ['billing corrected the sum', (at) => at.dueIs(OURS, 300_00), '<b>300,00 ₽</b>', '100,00'],
      ['the account was charged for the next month', (at) => at.charge(OURS, '2026-12', 'Отопление', 1_00), null],
      ['it is that day', (at) => at.at('2026-12-15T20:00:00'), 'Скоро день оплаты: 15 декабря'],
      ['the day is over', (at) => at.at('2026-12-16T09:00:00'), null],
      ['signed out', (at) => at.signOut(), 'Скоро день оплаты за жильё'],
      ['signed out, and all was paid', async (at) => (await at.signOut(), at.paid(OURS, 100_00, '2026-12-11')), null],
    ],
  },
  'the day to pay comes near for several accounts': {
    kind: 'due-day',
    async bring(at) {
      await at.charge(OURS, NOVEMBER, 'Отопление', 100_00);
      await at.charge(OTHER, NOVEMBER, 'Отопление', 200_00);
      at.at('2026-12-12T10:00:00');
    },
    cases: [
      ['nothing happened', nothing, 'Всего к оплате: <b>300,00 ₽</b>'],
      ['one was paid', (at) => at.paid(OURS, 100_00, '2026-12-11'), '<b>200,00 ₽</b>', OURS],
    ],
  },
  'the window of readings has opened': {
    kind: 'readings-open',
    bring: (at) => at.meter(OURS, 'M1'),
    cases: [
      ['nothing happened', nothing, 'до 25 ноября включительно'],
      ['all was handed in', (at) => at.handIn(OURS, 'M1'), null],
      ['it is the last day', (at) => at.at('2026-11-25T20:00:00'), 'до 25 ноября включительно'],
      ['it has closed', (at) => at.at('2026-11-26T09:00:00'), null],
      ['the account was unlinked', (at) => at.unlink(OURS), null],
    ],
  },
  'the window of readings closes': {
    kind: 'readings-close',
    async bring(at) {
      await at.meter(OURS, 'M1');
      await at.meter(OTHER, 'M2');
      at.at('2026-11-24T10:00:00');
    },
    cases: [
      ['nothing happened', nothing, OTHER],
      ['one was handed in', (at) => at.handIn(OURS, 'M1'), OTHER, OURS],
      ['one account was unlinked', (at) => at.unlink(OTHER), OURS, OTHER],
      ['all was handed in', async (at) => (await at.handIn(OURS, 'M1'), at.handIn(OTHER, 'M2')), null],
      ['it is the last day', (at) => at.at('2026-11-25T20:00:00'), 'последний день — 25 ноября'],
      ['it has closed', (at) => at.at('2026-11-26T09:00:00'), null],
      ['signed out', (at) => at.signOut(), 'Приём показаний счётчиков заканчивается. Войдите'],
      ['signed out, and it has closed', async (at) => (await at.signOut(), at.at('2026-11-26T09:00:00')), null],
    ],
  },
  'a verification runs out': {
    kind: 'verification',
    async bring(at) {
      await at.meter(OURS, 'M1', { verificationDue: '2026-12-04' });
      await at.meter(OURS, 'M2', { verificationDue: '2026-12-04' });
    },
    cases: [
      ['nothing happened', nothing, '№ M1'],
      ['one was verified', (at) => at.verifiedUntil('M1', '2032-12-04'), '№ M2', 'M1'],
      [
        'both were verified',
        async (at) => (await at.verifiedUntil('M1', '2032-12-04'), at.verifiedUntil('M2', '2032-12-04')),
        null,
      ],
      ['one was replaced', (at) => at.db.deleteFrom('meters').where('number', '=', 'M2').execute(), '№ M1', 'M2'],
      [
        'billing corrected the day',
        async (at) => (await at.verifiedUntil('M1', '2026-12-09'), at.verifiedUntil('M2', '2026-12-09')),
        '9 декабря',
        '4 декабря',
      ],
      ['the account was closed', (at) => at.db.updateTable('accounts').set({ closed: true }).execute(), null],
    ],
  },
  'new charges': {
    kind: 'charges',
    async bring(at) {
      await at.charge(OURS, NOVEMBER, 'Отопление', 700_00);
      await at.registry('charges');
    },
    cases: [
      ['nothing happened', nothing, 'К оплате: <b>700,00 ₽</b> до 15 декабря'],
      ['all was paid in the bot', (at) => at.paidInTheBot(OURS, 700_00), 'Платить сейчас не нужно', 'К оплате'],
      ['a part was paid in the bot', (at) => at.paidInTheBot(OURS, 100_00), 'Осталось оплатить: <b>600,00 ₽</b>'],
      ['billing corrected the sum', (at) => at.dueIs(OURS, 900_00), 'К оплате: <b>900,00 ₽</b>', '700,00'],
      ['newer ones came', (at) => at.charge(OURS, '2026-12', 'Отопление', 1_00), null],
      ['the day to pay is over', (at) => at.at('2026-12-16T10:00:00'), 'К оплате: <b>700,00 ₽</b>.', 'до 15 декабря'],
    ],
  },
  'charges that were corrected': {
    kind: 'charges',
    async bring(at) {
      await at.charge(OURS, NOVEMBER, 'Отопление', 700_00);
      await at.registry('charges');
      await at.scan();
      await at.arrived();
      await at.dueIs(OURS, 900_00);
      await at.registry('charges');
    },
    cases: [
      ['nothing happened', nothing, 'было 700,00 ₽, стало <b>900,00 ₽</b>'],
      ['corrected once more', (at) => at.dueIs(OURS, 800_00), 'было 700,00 ₽, стало <b>800,00 ₽</b>'],
      ['put back', (at) => at.dueIs(OURS, 700_00), null],
    ],
  },
  'payments were posted': {
    kind: 'payments',
    async bring(at) {
      await at.paid(OURS, 100_00, '2026-11-18');
      await at.paid(OURS, 250_00, '2026-11-19');
      await at.registry('payments');
    },
    cases: [
      ['nothing happened', nothing, 'Платежи зачислены'],
      [
        'billing corrected a sum',
        (at) => at.db.updateTable('payments').set({ sumKopecks: 10_00 }).where('sumKopecks', '=', 100_00).execute(),
        ': 10,00 ₽',
        '100,00',
      ],
      [
        'one went to another account',
        (at) => at.db.updateTable('payments').set({ account: OTHER }).where('sumKopecks', '=', 100_00).execute(),
        '250,00 ₽',
        '100,00',
      ],
      ['both went to another account', (at) => at.db.updateTable('payments').set({ account: OTHER }).execute(), null],
      ['a later one came', (at) => at.paid(OURS, 5_00, '2026-11-20'), '250,00 ₽', ': 5,00'],
    ],
  },
};

describe.each(Object.entries(NEWS))('%s', (_, { kind, bring, cases }) => {
  test.each(cases)('%s', async (_meanwhile, does, said, not) => {
    const at = await openScene();
    await bring(at);
    await at.scan();
    const [notice, more] = (await at.waiting()).filter(({ news }) => news === kind);
    if (!notice || more) throw new Error('not one notice');
    await does(at);
    const words = await at.said(notice);
    if (said === null) return expect(words).toBeUndefined();
    expect(words).toContain(said);
    if (not !== undefined) expect(words).not.toContain(not);
  });
});

test('charges that billing corrected before anybody was told are told once, as they are', async () => {
  const at = await openScene();
  await at.charge(OURS, NOVEMBER, 'Отопление', 700_00);
  await at.charge(OTHER, NOVEMBER, 'Отопление', 50_00);
  await at.registry('charges');
  await at.scan();
  await at.dueIs(OURS, 900_00);
  await at.registry('charges');
  await at.scan();
  const told = await Promise.all((await at.waiting()).filter(({ news }) => news === 'charges').map(at.said));
  expect(told).toHaveLength(2);
  expect(told.join('\n')).not.toMatch(/изменились|700,00/);
  expect(told.join('\n')).toMatch(/900,00/);
  expect(told.join('\n')).toMatch(/50,00/);
  // And it counts as told.
  await at.registry('charges');
  await at.scan();
  expect((await at.waiting()).filter(({ news }) => news === 'charges')).toHaveLength(2);
});

test('who has read the former sum reads the correction, who has not the new one, and nobody is passed over', async () => {
  const at = await openScene({ step: 1 });
  const other = await at.resident(2);
  await at.db
    .transaction()
    .execute((trx) => insertLink(trx, { residentId: other, account: OURS, way: 'sum', linkedAt: at.now() }));
  await at.charge(OURS, NOVEMBER, 'Отопление', 700_00);
  await at.registry('charges');
  await at.scan();
  // The round comes to this one last.
  const heard = other > at.residentId ? other : at.residentId;
  await at.arrived(heard);
  await at.dueIs(OURS, 900_00);
  await at.registry('charges');
  await at.scan();
  const rows = await at.db
    .selectFrom('outbox')
    .selectAll()
    .where('news', '=', 'charges')
    .where('doneAt', 'is', null)
    .orderBy('residentId')
    .execute();
  expect(rows.map(({ text, residentId }) => [text, residentId === heard])).toEqual([
    ['notice-charges', false],
    ['notice-charges-corrected', true],
  ]);
});

type Told = (trx: Trx, at: Scene, link: Link) => Promise<unknown>;

describe.each<[string, Told]>([
  ['another holder ended the access', (trx, at, link) => announceEndedLink(trx, link, at.now())],
  ['the owner changed', (trx, at, link) => announceFormerOwner(trx, [link], at.now())],
  ['staff ended the access', (trx, at, link) => announceLinkEndedByStaff(trx, link, at.now())],
  ['the giver took the access back', (trx, at, link) => announceLinkEndedByGiver(trx, link, at.now())],
  ['the giver left', (trx, at, link) => announceGiverLeft(trx, [link], at.now())],
])('%s', (_, tell) => {
  test.each([
    ['the account is linked again: not said any more', true],
    ['it is not: said', false],
  ])('%s', async (_name, again) => {
    const at = await openScene();
    const link = await at.db
      .selectFrom('links')
      .select(['id', 'residentId', 'account', 'name', 'way', 'linkedAt'])
      .where('account', '=', OURS)
      .executeTakeFirstOrThrow();
    await at.unlink(OURS);
    await at.db.transaction().execute((trx) => tell(trx, at, link));
    const [notice] = await at.waiting();
    if (!notice) throw new Error('nobody was told');
    if (again) await at.linkTo(OURS);
    expect((await at.said(notice)) === undefined).toBe(again);
  });
});

/** What is no news and says how something is. */
const STATES: Readonly<Record<string, { tell: Told; meanwhile: Meanwhile }>> = {
  'the link is open again, and it has ended once more': {
    tell: (trx, at, link) => announceReopenedLinks(trx, [link], at.now()),
    meanwhile: (at) => at.unlink(OURS),
  },
  'somebody linked it again within the day, and has given it up once more': {
    tell: async (trx, at) => {
      const residentId = await make.resident(trx, {});
      const anew = async () => {
        const link = (await insertLink(trx, { residentId, account: OURS, way: 'sum', linkedAt: at.now() })) ?? 'none';
        await announceLink(trx, { link, account: OURS, residentId }, at.now());
        return link;
      };
      await markLinkEnded(trx, await anew(), 'unlinked', at.now());
      const told = await trx.selectFrom('outbox').select('id').where('text', '=', 'notice-link-new').execute();
      await markOutboxDone(
        trx,
        told.map(({ id }) => id),
        at.now(),
      );
      await anew();
    },
    meanwhile: (at) =>
      at.db
        .updateTable('links')
        .set({ endedAt: at.now(), endedWhy: 'unlinked' })
        .where('residentId', '<>', at.residentId)
        .execute(),
  },
  'the account is closed, and it is open again': {
    tell: async (trx, at) => {
      await sql`update accounts set closed = true where number = ${OURS}`.execute(trx);
      await postNotice(
        trx,
        { to: 'telegram:1', text: 'notice-account-closed', words: { account: OURS }, key: `account-closed/${OURS}/l/t` },
        at.now(),
      );
    },
    meanwhile: (at) => at.db.updateTable('accounts').set({ closed: false }).execute(),
  },
  'the request is closed, and it is open again': {
    tell: async (trx, at) => {
      const { id, number } = await make.request(trx, {
        residentId: at.residentId,
        messengerId: 'telegram:1',
        state: 'closed',
        closedAt: at.now(),
      });
      const request = {
        id,
        number,
        messengerId: 'telegram:1',
        residentId: at.residentId,
        reopened: 0,
        firstAnsweredAt: at.now(),
      };
      await tellClosed(trx, request, at.now());
    },
    meanwhile: (at) => at.db.updateTable('requests').set({ state: 'taken', closedAt: null, reopened: 1 }).execute(),
  },
  'a code was sent again, and its time is over': {
    tell: (trx, at) => postNotice(trx, { to: 'telegram:1', text: 'notice-code-resent', key: 'code-resent/1' }, at.now()),
    meanwhile: (at) => at.later(11 * MINUTE),
  },
  'an access is kept for whoever signs in, and its time is over': {
    tell: async (trx, at, link) => {
      const expiresAt = new Date(at.now().getTime() + MINUTE);
      const id = await insertAccessOffer(trx, { linkId: link.id, madeAt: at.now(), expiresAt });
      const words = { until: expiresAt.toISOString() };
      await postNotice(trx, { to: 'telegram:1', text: 'notice-access-kept', words, key: `access-kept/${id}/t` }, at.now());
    },
    meanwhile: (at) => at.later(2 * MINUTE),
  },
};

test.each(Object.entries(STATES))('%s: not said any more', async (_, { tell, meanwhile }) => {
  const at = await openScene();
  const link = await at.db
    .selectFrom('links')
    .select(['id', 'residentId', 'account', 'name', 'way', 'linkedAt'])
    .where('account', '=', OURS)
    .executeTakeFirstOrThrow();
  await at.db.transaction().execute((trx) => tell(trx, at, link));
  const [notice] = await at.waiting();
  if (!notice) throw new Error('nobody was told');
  expect(await at.said(notice)).toBeDefined();
  await meanwhile(at);
  expect(await at.said(notice)).toBeUndefined();
});

/** The release before told many accounts by one notice, which may wait while the new one begins. */
test.each(['link-giver-left', 'account-closed', 'account-reopened'])(
  'a notice about many of the release before is said as it stands: %s',
  async (event) => {
    const at = await openScene();
    const lines = [OURS, OTHER].map((account) => ({ text: 'notice-account-line', words: { account } }));
    const words = { lines, accountCount: 2, more: 0, links: '', accounts: [OURS, OTHER].join(',') };
    const notice = (key: string) => ({ to: 'telegram:1', text: `notice-${event}-many`, words, key }) as const;
    await at.db.transaction().execute(async (trx) => {
      await postNotice(trx, notice(`${event}/many/${at.residentId}/2026-11-20T09:00:00.000Z`), at.now());
      await postNotice(trx, notice(`${event}/many/${at.residentId}/2026-11-20T09:01:00.000Z`), at.now());
    });
    const waiting = await at.waiting();
    expect(waiting).toHaveLength(2);
    for (const each of waiting) expect(await at.said(each)).toContain(OTHER);
  },
);
