import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { createResolutions } from '../../../src/office/staff/resolutions.ts';
import { closeLinksOfFormerOwners } from '../../../src/office/accounts/links.ts';
import { reopenSumWay } from '../../../src/office/accounts/sum-reopenings.ts';
import { DAY, number, openTown } from '../town.ts';
import * as make from '../../kit/make.ts';

const OURS = '0012345';
const PAID = [
  ['2026-09-10', 700_00],
  ['2026-10-10', 500_01],
] as const;
const SUM = 500_01;
const NO = { outcome: 'not-proved' };

type Town = Awaited<ReturnType<typeof openTown>>;

/** The first resident has the account by password, the second one comes by the sum. */
async function openScene() {
  const town = await openTown();
  const ids = { 1: await town.resident(1), 2: await town.resident(2), 3: await town.resident(3) };
  await town.account(OURS, PAID);
  await town.account('0099999', [['2026-10-10', 300_01]]);
  await town.link(1, OURS, { password: await town.password(OURS) });
  const theirs = await town.link(2, OURS, { sum: SUM });
  const staff = { isMember: async () => true, isSenior: async () => true };
  const resolutions = createResolutions({ ...town.edges, staff, background: () => undefined } as never);
  return { ...town, ids, theirs, resolutions };
}
type Scene = Awaited<ReturnType<typeof openScene>>;

const bySum = (town: Town, person: number, sum = SUM) => town.linking.proveBySum(town.by(person), number(OURS), sum);

/** Staff press «Закрыть новое подключение» on the card of «Это не я». */
async function endByStaff(town: Scene, link = town.theirs): Promise<void> {
  await town.links.reportNotMe(town.by(1), link);
  const card = await town.db.selectFrom('requests').select('number').orderBy('number', 'desc').executeTakeFirstOrThrow();
  const threadRef = { thread: null, repliesTo: null };
  const done = await town.resolutions.press({ ...town.by(9), name: 'Анна' }, { number: card.number, threadRef }, 'end-link');
  if (done.outcome !== 'done') throw new Error(done.outcome);
}

const ENDINGS: Readonly<Record<string, (town: Scene) => Promise<unknown>>> = {
  'by staff, on «Это не я»': (town) => endByStaff(town),
  'by the holder of the password': (town) => town.links.endOther(town.by(1), town.theirs),
  'by a change of owner': (town) => town.db.transaction().execute((trx) => closeLinksOfFormerOwners(trx, [OURS], town.now())),
};

describe('what was ended is not made again by the same proof', () => {
  describe.each(Object.entries(ENDINGS))('%s', (name, end) => {
    test('the first way is closed for this login and account, in the words of a wrong sum; the second stays open', async () => {
      const town = await openScene();
      await end(town);
      town.later(1000);
      for (const sum of [SUM, 1_01]) expect(await bySum(town, 2, sum)).toEqual(NO);
      // Round sums are asked about as ever, and prove nothing either.
      const round = await bySum(town, 2, 1_000_00);
      expect(round).not.toMatchObject({ outcome: 'proved' });
      // Other accounts are open to him.
      expect((await town.linking.proveBySum(town.by(2), number('0099999'), 300_01)).outcome).toBe('proved');
      town.later(40 * DAY);
      await town.signInAnew();
      expect(await bySum(town, 2)).toEqual(NO);
      await town.link(2, OURS, { password: await town.password(OURS) });
    });

    test('what he tries then closes the account to nobody else', async () => {
      const town = await openScene();
      await end(town);
      town.later(1000);
      for (let i = 0; i < 20; i += 1) await bySum(town, 2, 1_01 + i);
      expect(await town.evaluated()).toBe(0);
    });

    test('a proof from before does not outlive it', async () => {
      const town = await openScene();
      const second = await town.db
        .insertInto('linkProofs')
        .values({
          messengerId: 'telegram:2',
          residentId: town.ids[2],
          account: OURS,
          passwordId: null,
          expiresAt: new Date(town.now().getTime() + 600_000),
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      await end(town);
      town.later(1000);
      expect(await town.linking.confirm(town.by(2), second.id)).toEqual({ outcome: 'too-late' });
    });

    test('staff open it again, on purpose', async () => {
      const town = await openScene();
      await end(town);
      town.later(1000);
      expect(await reopenSumWay(town.edges, number(OURS), 'a test')).toBe('reopened');
      town.later(1000);
      // Older payments prove nothing after a change of owner, whoever opens it.
      expect((await bySum(town, 2)).outcome).toBe(name === 'by a change of owner' ? 'not-proved' : 'proved');
    });

    if (name === 'by a change of owner') return;

    test.each(['the same phone', 'the same Telegram account'])('a new login with %s does not help', async (common) => {
      const town = await openScene();
      await end(town);
      // The consent was withdrawn, which takes the links along, and a login was made anew.
      await town.db.deleteFrom('residents').where('id', '=', town.ids[2]).execute();
      if (common === 'the same phone') {
        await town.resident(20);
        await town.db.updateTable('residents').set({ phone: '+79000000002' }).where('login', '=', 'resident20').execute();
        expect(await bySum(town, 20)).toEqual(NO);
        await town.link(20, OURS, { password: await town.password(OURS) });
      } else {
        await town.resident(2);
        await town.db.updateTable('residents').set({ phone: '+79000000022' }).where('login', '=', 'resident2').execute();
        expect(await bySum(town, 2)).toEqual(NO);
      }
      expect((await bySum(town, 3)).outcome).toBe('proved');
    });

    test('the next card says what went before, and who it is', async () => {
      const town = await openScene();
      await end(town);
      town.later(1000);
      const again = await town.link(2, OURS, { password: await town.password(OURS) });
      await town.links.reportNotMe(town.by(1), again);
      expect((await town.cards()).at(-1)).toMatchObject({
        text: 'staff-not-me',
        words: {
          login: 're•••2',
          endedBefore: 1,
          endedAt: new Date(town.now().getTime() - 1000).toISOString(),
          endedWhy: name === 'by staff, on «Это не я»' ? 'by-staff' : 'by-other-holder',
        },
      });
    });
  });

  test('who unlinked the account himself may link it again by the sum', async () => {
    const town = await openScene();
    await town.links.unlink(town.by(2), town.theirs);
    expect((await bySum(town, 2)).outcome).toBe('proved');
  });

  test('the button on the card of wrong sums lets nobody in whose link was ended', async () => {
    const town = await openScene();
    await town.links.endOther(town.by(1), town.theirs);
    for (let i = 0; i < 5; i += 1) await bySum(town, 3, 1_01 + i);
    const { number: card } = await town.db
      .selectFrom('requests')
      .select('number')
      .where('kind', '=', 'limit-by-account')
      .executeTakeFirstOrThrow();
    const threadRef = { thread: null, repliesTo: null };
    town.later(1000);
    const pressed = await town.resolutions.press({ ...town.by(9), name: 'Анна' }, { number: card, threadRef }, 'reopen-linking');
    expect(pressed).toEqual({ outcome: 'done' });
    town.later(2 * DAY);
    expect(await bySum(town, 2)).toEqual(NO);
    expect((await bySum(town, 3)).outcome).toBe('proved');
  });
});

describe('after a change of owner', () => {
  async function afterChange() {
    const town = await openScene();
    await town.db.transaction().execute((trx) => closeLinksOfFormerOwners(trx, [OURS], town.now()));
    return town;
  }

  test('older payments prove nothing to anybody, nor those of the day itself; later ones do', async () => {
    const town = await afterChange();
    const pay = async (day: string, sumKopecks: number) =>
      make.payment(town.db, { account: OURS, day, sumKopecks, operation: `later-${day}` });
    // Moscow's day of the change is 20 November.
    await pay('2026-11-20', 99_01);
    for (const person of [2, 3]) for (const sum of [SUM, 99_01]) expect(await bySum(town, person, sum)).toEqual(NO);
    await pay('2026-11-21', 811_13);
    town.later(2 * DAY);
    // Of the month of the change, only what was paid after it.
    expect((await bySum(town, 3, 811_13)).outcome).toBe('proved');
    expect(await bySum(town, 3, 811_13 + 99_01)).toEqual(NO);
    // To the former owner, whose link ended by it, the first way stays closed all the same.
    expect(await bySum(town, 2, 811_13)).toEqual(NO);
  });

  test('a round sum is not followed by a month before it', async () => {
    const town = await afterChange();
    await make.payment(town.db, { account: OURS, day: '2026-11-25', sumKopecks: 500_00, operation: 'r' });
    expect((await bySum(town, 3, 500_00)).outcome).toBe('second-way');
  });

  test('a sum under way from before it proves nothing', async () => {
    const town = await openTown();
    await town.resident(1);
    await town.account(OURS, [
      ['2026-08-10', 700_00],
      ['2026-09-10', 333_33],
      ['2026-10-10', 500_00],
    ]);
    const asked = await bySum(town, 1, 500_00);
    if (asked.outcome !== 'earlier-month') throw new Error(asked.outcome);
    await town.db.transaction().execute((trx) => closeLinksOfFormerOwners(trx, [OURS], town.now()));
    expect(await town.linking.proveBySum(town.by(1), number(OURS), 333_33, asked.attempt)).toEqual(NO);
  });

  test('it is so also for changes that an earlier release took in', async () => {
    const town = await openScene();
    await sql`update links set ended_at = ${town.now()}, ended_why = 'owner-changed' where account = ${OURS}`.execute(town.db);
    town.later(1000);
    expect(await bySum(town, 2)).toEqual(NO);
  });
});
