import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { NEWS_KINDS, type NewsKind } from '../../../src/domain/news.ts';
import {
  announceEndedLink,
  announceFormerOwner,
  announceJudgedLink,
  announceLink,
  announceLinkEndedByStaff,
} from '../../../src/office/accounts/link-notices.ts';
import { asOfNow } from '../../../src/office/news/news-delivery.ts';
import { tellNews } from '../../../src/office/news/news-telling.ts';
import { tellClosed } from '../../../src/office/requests/closing.ts';
import { tellAccounts, tellSessions } from '../../../src/office/identity/signing-in.ts';
import { tellResident } from '../../../src/office/tell-resident.ts';
import type { Trx } from '../../../src/records/database.ts';
import { openTown } from '../town.ts';
import * as make from '../../kit/make.ts';

/** Every notice to a resident is judged once more when it is sent: between the two, everything about him may have changed. */

const OURS = '0012345';

type Scene = Awaited<ReturnType<typeof openScene>>;

async function openScene() {
  const town = await openTown();
  const id = await town.resident(1);
  const other = await town.resident(2);
  await town.account(OURS, [['2026-10-10', 500_01]]);
  const link = await town.link(1, OURS, { sum: 500_01 });
  const theirs = await town.link(2, OURS, { sum: 500_01 });
  await town.db.deleteFrom('outbox').where('kind', '=', 'notice').execute();
  const linkOf = (of: string, residentId: string) =>
    ({ id: of, residentId, account: OURS, name: null, way: 'sum', linkedAt: town.now() }) as const;
  return { ...town, id, other, mine: linkOf(link, id), theirs: linkOf(theirs, other) };
}

type Told = {
  tell: (trx: Trx, scene: Scene) => Promise<unknown>;
  /** What is said to who is signed out by then; `same`: it is about the login itself and holds no figures. */
  signedOut: string;
  /** Only who has the account hears of it. */
  ofAccount?: true;
  news?: NewsKind;
};

const KINDS: Readonly<Record<string, Told>> = {
  'a new link to his account': {
    tell: (trx, { theirs, other, now }) => announceLink(trx, { link: theirs.id, account: OURS, residentId: other }, now()),
    signedOut: 'notice-link-new-signed-out',
    ofAccount: true,
  },
  'his link that a change of owner ended': {
    tell: (trx, { mine, now }) => announceFormerOwner(trx, [mine], now()),
    signedOut: 'notice-link-owner-changed-signed-out',
  },
  'his link that another holder ended': {
    tell: (trx, { mine, now }) => announceEndedLink(trx, mine, now()),
    signedOut: 'notice-link-ended-signed-out',
  },
  'his link that staff ended': {
    tell: (trx, { mine, now }) => announceLinkEndedByStaff(trx, mine, now()),
    signedOut: 'notice-link-ended-by-staff-signed-out',
  },
  'what staff decided about another’s link: ended': {
    tell: (trx, { theirs, now }) => announceJudgedLink(trx, theirs, 'ended', now()),
    signedOut: 'notice-link-judged-ended-signed-out',
    ofAccount: true,
  },
  'what staff decided about another’s link: kept': {
    tell: (trx, { theirs, now }) => announceJudgedLink(trx, theirs, 'kept', now()),
    signedOut: 'notice-link-judged-kept-signed-out',
    ofAccount: true,
  },
  'readings that billing took': {
    tell: (trx, { id, now }) =>
      tellResident(
        trx,
        id,
        {
          signedIn: { text: 'notice-readings-accepted', words: { account: OURS, lines: [], count: 1 }, doors: [] },
          signedOut: { text: 'notice-readings-accepted-signed-out' },
          key: 'readings',
          account: OURS,
          daytime: true,
        },
        now(),
      ),
    signedOut: 'notice-readings-accepted-signed-out',
    ofAccount: true,
  },
  'that staff closed his request': {
    tell: (trx, { id, now }) =>
      tellClosed(trx, { id, number: 7, messengerId: 'telegram:1', residentId: id, reopened: 0, firstAnsweredAt: now() }, now()),
    signedOut: 'notice-requests-signed-out',
    news: 'requests',
  },
  ...Object.fromEntries(
    NEWS_KINDS.filter((kind) => kind !== 'requests' && kind !== 'announcements').map((kind): [string, Told] => [
      `news of ${kind}`,
      {
        tell: (trx, { id, now }) =>
          tellNews(
            trx,
            {
              kind,
              news: [{ residentId: id, account: OURS, subject: 's', subjectSignedOut: 's', words: { account: OURS }, doors: [] }],
            },
            now(),
          ),
        signedOut: `notice-${kind}-signed-out`,
        ofAccount: true,
        news: kind,
      },
    ]),
  ),
  'that another account was signed in': {
    tell: (trx, { id, now }) =>
      tellSessions(trx, id, {}, { text: 'notice-signed-in-elsewhere', words: { at: now().toISOString() } }, now()),
    signedOut: 'same',
  },
  'that the password was set anew': {
    tell: (trx, { id, now }) =>
      tellAccounts(trx, id, {}, { text: 'notice-recovered', words: { at: now().toISOString() } }, now()),
    signedOut: 'same',
  },
};

describe.each(Object.entries(KINDS))('%s', (_, { tell, signedOut, ofAccount, news }) => {
  /** What is said after `meanwhile`, and how many words are left in it. */
  async function saidAfter(meanwhile: (scene: Scene) => Promise<unknown>) {
    const scene = await openScene();
    await scene.db.transaction().execute((trx) => tell(trx, scene));
    const [row] = await scene.db
      .selectFrom('outbox')
      .where('kind', '=', 'notice')
      .selectAll()
      .where('addressee', '=', 'telegram:1')
      .execute();
    if (!row) throw new Error('nobody was told');
    const before = await asOfNow(scene.db, row, scene.now());
    expect(before).toMatchObject({ text: row.text, words: row.words });
    await meanwhile(scene);
    const after = await asOfNow(scene.db, row, scene.now());
    return { before: before?.text, after: after?.text, words: after?.words };
  }
  const end = ({ db, now }: Scene) =>
    db.updateTable('sessions').set({ endedAt: now() }).where('messengerId', '=', 'telegram:1').execute();

  test('signed out by then: without figures', async () => {
    const { before, after, words } = await saidAfter(end);
    expect(after).toBe(signedOut === 'same' ? before : signedOut);
    if (signedOut !== 'same') expect(words).toEqual({});
  });

  test('the sign-in ran out by then: the same', async () => {
    const { before, after } = await saidAfter(({ db }) =>
      sql`update sessions set seen_at = seen_at - interval '61 days', opened_at = opened_at - interval '61 days'`.execute(db),
    );
    expect(after).toBe(signedOut === 'same' ? before : signedOut);
  });

  test('the consent withdrawn by then: nothing, though a worker has it in hand already', async () => {
    const { after } = await saidAfter(({ db, id }) => db.deleteFrom('residents').where('id', '=', id).execute());
    expect(after).toBeUndefined();
  });

  test('somebody else proved the phone by then: no figures', async () => {
    const { before, after } = await saidAfter(({ db, id }) =>
      db.updateTable('residents').set({ phone: null }).where('id', '=', id).execute(),
    );
    expect(after).toBe(news ? undefined : signedOut === 'same' ? before : signedOut);
  });

  test('the account unlinked, or its owner changed, by then: nothing of it', async () => {
    const { before, after } = await saidAfter(({ db, id, now }) =>
      db.updateTable('links').set({ endedAt: now(), endedWhy: 'owner-changed' }).where('residentId', '=', id).execute(),
    );
    expect(after).toBe(ofAccount ? undefined : before);
  });

  test('this Telegram account is signed in to another login by then: nothing of the account', async () => {
    const { before, after } = await saidAfter(async (scene) => {
      await end(scene);
      await make.session(scene.db, {
        residentId: scene.other,
        messengerId: 'telegram:1',
        openedAt: scene.now(),
        seenAt: scene.now(),
        endedAt: null,
      });
    });
    expect(after).toBe(signedOut === 'same' ? before : undefined);
  });

  test('signed out from elsewhere by then: nothing of the account', async () => {
    const { before, after } = await saidAfter(async (scene) => {
      await end(scene);
      await scene.db
        .updateTable('confirmedMessengers')
        .set({ messengerId: 'telegram:77' })
        .where('residentId', '=', scene.id)
        .execute();
    });
    expect(after).toBe(signedOut === 'same' ? before : undefined);
  });

  test('switched off by then: no news', async () => {
    if (!news) return;
    const { after } = await saidAfter(({ db, id }) =>
      db.insertInto('mutedNews').values({ residentId: id, kind: news }).execute(),
    );
    expect(after).toBeUndefined();
  });
});

test('what waits for a resident in line goes with him', async () => {
  const scene = await openScene();
  for (const { tell } of Object.values(KINDS)) await scene.db.transaction().execute((trx) => tell(trx, scene));
  const waiting = () =>
    scene.db.selectFrom('outbox').where('kind', '=', 'notice').select('text').where('addressee', '=', 'telegram:1').execute();
  expect((await waiting()).length).toBe(Object.keys(KINDS).length);
  await scene.db.deleteFrom('residents').where('id', '=', scene.id).execute();
  expect(await waiting()).toEqual([]);
});

test('who is signed in and has to confirm a new phone is not led to the sign-in', async () => {
  const scene = await openScene();
  const { db, id, theirs, other, now } = scene;
  await db.transaction().execute((trx) => announceLink(trx, { link: theirs.id, account: OURS, residentId: other }, now()));
  await db.updateTable('residents').set({ phone: null }).where('id', '=', id).execute();
  const row = await db
    .selectFrom('outbox')
    .selectAll()
    .where('addressee', '=', 'telegram:1')
    .where('kind', '=', 'notice')
    .executeTakeFirstOrThrow();
  expect(await asOfNow(db, row, now())).toEqual({
    text: 'notice-link-new-signed-out',
    words: {},
    doors: [
      { label: 'button-change-phone', dialog: 'change-phone' },
      { label: 'button-not-me', dialog: 'not-me', ref: theirs.id },
    ],
  });
  expect(await scene.links.lookAtForeign(scene.by(1), theirs.id)).toEqual({ outcome: 'phone-to-confirm' });
});
