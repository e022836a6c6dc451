import { describe, expect, test } from 'vitest';
import { closeLinksOfFormerOwners } from '../../../src/office/accounts/links.ts';
import { endLinkInDoubt } from '../../../src/office/staff/resolutions/links.ts';
import { replaceSession } from '../../../src/records/sessions.ts';
import { markOutboxDone } from '../../../src/records/outbox.ts';
import { DAY, MINUTE, number, openTown } from '../town.ts';

const PAID = [['2026-10-10', 500_01]] as const;
const SUM = { sum: 500_01 };
const GONE = { outcome: 'gone' };

describe('a new link', () => {
  test('is announced with «Это не я» to all who have the account, in each messenger account, and to nobody else', async () => {
    const town = await openTown();
    await town.resident(1, 11);
    await town.resident(2);
    await town.resident(3);
    await town.account('0012345', PAID);
    await town.account('0099999', PAID);
    await town.link(1, '0012345', SUM);
    await town.link(3, '0099999', SUM);
    const link = await town.link(2, '0012345', SUM);
    const told = {
      text: 'notice-link-new',
      words: { account: '0012345' },
      doors: [{ label: 'button-not-me', dialog: 'not-me', ref: link }],
    };
    expect(await town.notices('telegram:1')).toEqual([told]);
    expect(await town.notices('telegram:11')).toEqual([told]);
    expect(await town.notices('telegram:2')).toEqual([]);
    expect(await town.notices('telegram:3')).toEqual([]);
  });

  test('is told without figures to who is signed out, who says «Это не я» after the sign-in', async () => {
    const town = await openTown();
    const [resident] = [await town.resident(1), await town.resident(2)];
    await town.account('0012345', PAID);
    await town.link(1, '0012345', SUM);
    await town.db.updateTable('sessions').set({ endedAt: town.now() }).where('messengerId', '=', 'telegram:1').execute();
    const link = await town.link(2, '0012345', SUM);
    expect(await town.notices('telegram:1')).toEqual([
      {
        text: 'notice-link-new-signed-out',
        words: {},
        doors: [
          { label: 'button-login', dialog: 'sign-in' },
          { label: 'button-not-me', dialog: 'not-me', ref: link },
        ],
      },
    ]);
    expect(await town.links.lookAtForeign(town.by(1), link)).toEqual({ outcome: 'guest' });
    await town.db.transaction().execute((trx) => replaceSession(trx, resident, 'telegram:1', town.now()));
    expect(await town.links.lookAtForeign(town.by(1), link)).toMatchObject({ outcome: 'found', account: '0012345' });
  });
});

describe('linking and unlinking in turns', () => {
  async function openQuarrel() {
    const town = await openTown();
    for (const person of [1, 2, 3]) await town.resident(person);
    await town.account('0012345', PAID);
    await town.link(1, '0012345', SUM);
    /** The links that a person was told of by now, from the first notice. */
    const toldOf = async (person: number) => {
      const rows = await town.db
        .selectFrom('outbox')
        .select('key')
        .where('text', '=', 'notice-link-new')
        .where('addressee', '=', `telegram:${person}`)
        .where('runAt', '<=', town.now())
        .orderBy('id')
        .execute();
      return rows.map(({ key }) => key?.split('/')[1]);
    };
    const told = async (person: number) => (await toldOf(person)).length;
    /** The worker has sent what was due. */
    const sent = async () => {
      const due = await town.db
        .selectFrom('outbox')
        .select('id')
        .where('kind', '=', 'notice')
        .where('runAt', '<=', town.now())
        .execute();
      await markOutboxDone(
        town.db,
        due.map(({ id }) => id),
        town.now(),
      );
    };
    /** The ids of so many links, of which all but the last were given up. */
    const inTurns = async (times: number): Promise<string[]> => {
      const links = [await town.link(2, '0012345', SUM)];
      while (links.length < times) {
        await town.links.unlink(town.by(2), links.at(-1) ?? '');
        town.later(1);
        links.push(await town.link(2, '0012345', SUM));
      }
      return links;
    };
    return { ...town, told, toldOf, sent, inTurns };
  }

  test('is told once a day; who has the account since then is told, too', async () => {
    const town = await openQuarrel();
    const [, , third = ''] = await town.inTurns(3);
    expect(await town.told(1)).toBe(1);
    await town.link(3, '0012345', SUM);
    // Another resident's is another notice.
    expect([await town.told(1), await town.told(2)]).toEqual([2, 1]);
    await town.links.unlink(town.by(2), third);
    const [fourth = ''] = await town.inTurns(1);
    expect([await town.told(1), await town.told(3)]).toEqual([2, 1]);
    town.later(DAY);
    await town.links.unlink(town.by(2), fourth);
    await town.inTurns(2);
    expect([await town.told(1), await town.told(3)]).toEqual([3, 2]);
  });

  test('a day after the notice it is told, however often it happened meanwhile', async () => {
    const town = await openQuarrel();
    let [link = ''] = await town.inTurns(1);
    for (const hours of [20, 20]) {
      town.later(hours * 60 * MINUTE);
      await town.links.unlink(town.by(2), link);
      [link = ''] = await town.inTurns(1);
    }
    expect(await town.told(1)).toBe(2);
  });

  test('what was linked again within the day is told when the day is over, of all that the last one', async () => {
    const town = await openQuarrel();
    const [first = '', , third = ''] = await town.inTurns(3);
    await town.sent();
    expect(await town.toldOf(1)).toEqual([first]);
    town.later(DAY);
    expect(await town.toldOf(1)).toEqual([first, third]);
    await town.sent();
    // And that is told now: the next day begins.
    await town.links.unlink(town.by(2), third);
    const [fourth = ''] = await town.inTurns(1);
    expect(await town.toldOf(1)).toEqual([first, third]);
    town.later(DAY);
    expect(await town.toldOf(1)).toEqual([first, third, fourth]);
  });

  test('who was told that it is gone is told at once when it is linked again', async () => {
    const town = await openQuarrel();
    const [first = ''] = await town.inTurns(1);
    await town.sent();
    await town.links.unlink(town.by(2), first);
    expect(await town.links.lookAtForeign(town.by(1), first)).toEqual(GONE);
    town.later(30 * MINUTE);
    const [second = ''] = await town.inTurns(1);
    expect(await town.toldOf(1)).toEqual([second]);
    await town.sent();
    await town.links.unlink(town.by(2), second);
    // Of the notice before as well, and where it goes while the question stands.
    expect(await town.links.reportNotMe(town.by(1), first)).toEqual(GONE);
    const [third = ''] = await town.inTurns(1);
    expect(await town.toldOf(1)).toEqual([third]);
  });

  test('«Это не я» of the only notice is about the link that is there now, for the holder and for staff', async () => {
    const town = await openQuarrel();
    const [first = '', second = ''] = await town.inTurns(2);
    expect(await town.toldOf(1)).toEqual([first]);
    expect(await town.links.lookAtForeign(town.by(1), first)).toMatchObject({
      outcome: 'found',
      linkedAt: town.now().toISOString(),
    });
    expect(await town.links.reportNotMe(town.by(1), first)).toEqual({ outcome: 'reported' });
    // What staff judge is not made another by giving it up once more.
    await town.links.unlink(town.by(2), second);
    await town.inTurns(1);
    const request = await town.db.selectFrom('requests').selectAll().where('kind', '=', 'not-me').executeTakeFirstOrThrow();
    const staff = { ...town.by(9), name: 'Ольга' };
    const ended = await town.db
      .transaction()
      .execute((trx) => endLinkInDoubt(town.edges, trx, { staff, request, now: town.now() }));
    expect(ended).toMatchObject({ said: 'link-ended' });
    expect(await town.links.list(town.by(2))).toEqual({ outcome: 'listed', accounts: [] });
  });

  test('who was ended by another holder and comes again is told anew, and what staff judged before is another link', async () => {
    const town = await openQuarrel();
    await town.link(3, '0012345', { password: await town.password('0012345') });
    const [first = '', second = ''] = await town.inTurns(2);
    expect(await town.links.reportNotMe(town.by(1), second)).toEqual({ outcome: 'reported' });
    expect(await town.links.endOther(town.by(3), first)).toEqual({ outcome: 'ended' });
    const before = await town.told(1);
    await town.link(2, '0012345', { password: await town.password('0012345') });
    expect(await town.told(1)).toBe(before + 1);
    const request = await town.db.selectFrom('requests').selectAll().where('kind', '=', 'not-me').executeTakeFirstOrThrow();
    const staff = { ...town.by(9), name: 'Ольга' };
    const ended = await town.db
      .transaction()
      .execute((trx) => endLinkInDoubt(town.edges, trx, { staff, request, now: town.now() }));
    expect(ended).toMatchObject({ said: 'link-gone' });
  });
});

describe('«Это не я»', () => {
  test('tells staff which account, once an hour, and ends nothing by itself', async () => {
    const town = await openTown();
    for (const person of [1, 2]) await town.resident(person);
    await town.account('0012345', PAID);
    await town.link(1, '0012345', SUM);
    const link = await town.link(2, '0012345', SUM);
    expect(await town.links.lookAtForeign(town.by(1), link)).toEqual({
      outcome: 'found',
      account: '0012345',
      linkedAt: town.now().toISOString(),
      mayEnd: false,
    });
    expect(await town.links.reportNotMe(town.by(1), link)).toEqual({ outcome: 'reported' });
    expect(await town.links.reportNotMe(town.by(1), link)).toEqual({ outcome: 'reported' });
    const words = { account: '0012345', way: 'sum', linkedAt: town.now().toISOString(), login: 're•••2' };
    expect(await town.escalations()).toEqual([{ kind: 'not-me', account: '0012345', words }]);
    expect(await town.cards()).toHaveLength(1);
    expect(await town.links.endOther(town.by(1), link)).toEqual({ outcome: 'not-allowed' });
    expect(await town.links.list(town.by(2))).toMatchObject({ accounts: [{ account: '0012345' }] });
  });

  test('is only for who has the account, of another’s live link', async () => {
    const town = await openTown();
    for (const person of [1, 2, 3]) await town.resident(person);
    await town.account('0012345', PAID);
    await town.account('0099999', PAID);
    await town.link(1, '0012345', SUM);
    await town.link(3, '0099999', SUM);
    const link = await town.link(2, '0012345', SUM);
    expect(await town.links.lookAtForeign(town.by(9), link)).toEqual({ outcome: 'guest' });
    for (const [person, ref] of [
      [3, link],
      [2, link],
      [9, link],
      [1, 'no-link'],
      [1, ''],
    ] as const) {
      expect(await town.links.reportNotMe(town.by(person), ref)).toEqual(GONE);
      expect(await town.links.endOther(town.by(person), ref)).toEqual(GONE);
    }
    await town.links.unlink(town.by(2), link);
    expect(await town.links.lookAtForeign(town.by(1), link)).toEqual(GONE);
    expect(await town.links.reportNotMe(town.by(1), link)).toEqual(GONE);
    expect(await town.escalations()).toEqual([]);
  });
});

describe('who linked by password', () => {
  test('sees the other links and ends them; the other is told', async () => {
    const town = await openTown();
    for (const person of [1, 2, 3]) await town.resident(person);
    await town.account('0012345', PAID);
    const other = await town.link(2, '0012345', SUM);
    const own = await town.link(1, '0012345', { password: await town.password('0012345') });
    expect(await town.links.list(town.by(1))).toMatchObject({ accounts: [{ mayEndOthers: true }] });
    expect(await town.links.others(town.by(1), own)).toEqual({
      outcome: 'listed',
      others: [{ link: other, way: 'sum', linkedAt: town.now().toISOString() }],
    });
    const twice = await Promise.all([1, 2].map(() => town.links.endOther(town.by(1), other)));
    expect(twice.map((each) => each.outcome).sort()).toEqual(['ended', 'gone']);
    expect(await town.links.list(town.by(2))).toEqual({ outcome: 'listed', accounts: [] });
    expect((await town.notices('telegram:2')).map((each) => each.text)).toEqual(['notice-link-new', 'notice-link-ended']);
    expect(await town.links.others(town.by(1), own)).toEqual({ outcome: 'listed', others: [] });
  });

  test('and nobody else', async () => {
    const town = await openTown();
    for (const person of [1, 2]) await town.resident(person);
    await town.account('0012345', PAID);
    const own = await town.link(1, '0012345', SUM);
    await town.link(2, '0012345', { password: await town.password('0012345') });
    expect(await town.links.others(town.by(1), own)).toEqual({ outcome: 'not-allowed' });
    expect(await town.links.others(town.by(2), own)).toEqual(GONE);
  });
});

describe('the list of accounts', () => {
  test('has the accounts in the order of linking, with own names', async () => {
    const town = await openTown();
    await town.resident(1);
    await town.account('0000002', PAID);
    await town.account('0000001', PAID, { closed: true, address: 'ул. Дачная, д. 7' });
    const flat = await town.link(1, '0000002', SUM);
    town.later(1000);
    const dacha = await town.link(1, '0000001', SUM);
    expect(await town.links.rename(town.by(1), dacha, 'Дача')).toEqual({ outcome: 'renamed' });
    expect(await town.links.list(town.by(1))).toMatchObject({
      accounts: [
        { link: flat, account: '0000002', name: null, closed: false, way: 'sum', mayEndOthers: false },
        { link: dacha, account: '0000001', name: 'Дача', closed: true, address: 'ул. Дачная, д. 7' },
      ],
    });
    await town.links.rename(town.by(1), dacha, null);
    expect(await town.links.list(town.by(1))).toMatchObject({ accounts: [{}, { name: null }] });
  });

  test('is changed by its own resident alone', async () => {
    const town = await openTown();
    for (const person of [1, 2]) await town.resident(person);
    await town.account('0012345', PAID);
    const link = await town.link(1, '0012345', SUM);
    expect(await town.links.list(town.by(9))).toEqual({ outcome: 'guest' });
    for (const person of [2, 9]) {
      expect(await town.links.rename(town.by(person), link, 'Моя')).toEqual(GONE);
      expect(await town.links.unlink(town.by(person), link)).toEqual(GONE);
    }
    expect(await town.links.list(town.by(1))).toMatchObject({ accounts: [{ name: null }] });
  });

  test('unlinked is gone, and may be linked again', async () => {
    const town = await openTown();
    await town.resident(1);
    await town.account('0012345', PAID);
    const link = await town.link(1, '0012345', SUM);
    expect(await town.links.unlink(town.by(1, 'same'), link)).toEqual({ outcome: 'unlinked' });
    expect(await town.links.unlink(town.by(1, 'same'), link)).toEqual({ outcome: 'unlinked' });
    expect(await town.links.unlink(town.by(1), link)).toEqual(GONE);
    expect(await town.links.list(town.by(1))).toEqual({ outcome: 'listed', accounts: [] });
    expect(await town.link(1, '0012345', SUM)).not.toBe(link);
  });

  test('goes with a resident who goes', async () => {
    const town = await openTown();
    const id = await town.resident(1);
    await town.account('0012345', PAID);
    await town.link(1, '0012345', SUM);
    await town.db.deleteFrom('residents').where('id', '=', id).execute();
    expect(await town.db.selectFrom('links').select('id').execute()).toEqual([]);
    expect(await town.db.selectFrom('linkProofs').select('id').execute()).toEqual([]);
  });
});

test('a new owner in the registry ends older links, passwords and proofs; later links stay', async () => {
  const town = await openTown();
  for (const person of [1, 2, 3]) await town.resident(person);
  await town.account('0012345', PAID);
  await town.account('0099999', PAID);
  await town.link(1, '0012345', SUM);
  await town.link(1, '0099999', SUM);
  town.later(DAY);
  // Not ten minutes old: they would end by themselves.
  const proved = await town.linking.proveBySum(town.by(2), number('0012345'), 500_01);
  const password = await town.password('0012345');
  await town.db.transaction().execute((trx) => closeLinksOfFormerOwners(trx, ['0012345'], town.now()));
  expect(await town.links.list(town.by(1))).toMatchObject({ accounts: [{ account: '0099999' }] });
  expect(await town.notices('telegram:1')).toEqual([
    {
      text: 'notice-link-owner-changed',
      words: { account: '0012345' },
      doors: [{ label: 'button-link', dialog: 'linking' }],
    },
  ]);
  expect(await town.linking.confirm(town.by(2), proved.outcome === 'proved' ? proved.proof : '')).toEqual({
    outcome: 'too-late',
  });
  expect(await town.linking.proveByPassword(town.by(2), number('0012345'), password)).toEqual({ outcome: 'not-proved' });
  expect(await town.linking.proveBySum(town.by(3), number('0012345'), 500_01)).toEqual({ outcome: 'not-proved' });
  await town.link(3, '0012345', { password: await town.password('0012345') });
  await town.db.transaction().execute((trx) => closeLinksOfFormerOwners(trx, [], town.now()));
  expect(await town.links.list(town.by(3))).toMatchObject({ accounts: [{ account: '0012345' }] });
});
