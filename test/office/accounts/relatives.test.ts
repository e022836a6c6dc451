import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { openKeyring } from '../../../src/adapters/keyring.ts';
import { closeLinksOfFormerOwners } from '../../../src/office/accounts/links.ts';
import { createRelatives, endAccessGivenBy } from '../../../src/office/accounts/relatives.ts';
import { createResolutions } from '../../../src/office/staff/resolutions.ts';
import { openSession } from '../../../src/office/identity/signing-in.ts';
import { createRetention } from '../../../src/office/retention.ts';
import { DAY, MINUTE, number, openTown } from '../town.ts';

const OURS = '0012345';
const SUM = 1_234_56;

/** The first resident has the account by the sum, the second and the third have nothing; the ninth is a guest. */
async function openScene() {
  const town = await openTown();
  const ids = { 1: await town.resident(1), 2: await town.resident(2), 3: await town.resident(3) };
  await town.account(OURS, [['2026-10-12', SUM]]);
  const mine = await town.link(1, OURS, { sum: SUM });
  const relatives = createRelatives(town.edges);
  return {
    ...town,
    ids,
    mine,
    relatives,
    async offer(person = 1, link = mine): Promise<string> {
      const offered = await relatives.offer(town.by(person), link);
      if (offered.outcome !== 'offered') throw new Error(offered.outcome);
      return offered.token;
    },
    async take(person: number, ref: string): Promise<string> {
      const opened = await relatives.open(town.by(person), ref);
      return opened.outcome === 'found' ? (await relatives.take(town.by(person), opened.offer)).outcome : opened.outcome;
    },
    live: () =>
      town.db
        .selectFrom('links')
        .innerJoin('residents', 'residents.id', 'links.residentId')
        .select(['login', 'way'])
        .where('endedAt', 'is', null)
        .orderBy('login')
        .execute(),
    told: async (person: number) => (await town.notices(`telegram:${person}`)).map(({ text }) => text),
  };
}
type Scene = Awaited<ReturnType<typeof openScene>>;

/** The link that the second resident has been given. */
async function given(at: Scene, person: number): Promise<string> {
  const listed = await at.links.list(at.by(person));
  if (listed.outcome !== 'listed') throw new Error(listed.outcome);
  return listed.accounts[0]?.link ?? 'none';
}

test('a relative has the account by a login of their own; the giver hears who, the others as of any new link; journaled', async () => {
  const at = await openScene();
  await at.link(3, OURS, { sum: SUM });
  const token = await at.offer();
  expect(await at.relatives.open(at.by(2), token)).toMatchObject({
    outcome: 'found',
    account: OURS,
    address: 'г. Приморск-на-Миусе, ул. Портовая, д. 5, кв. •••',
  });
  expect(await at.take(2, token)).toBe('linked');
  expect(await at.live()).toEqual([
    { login: 'resident1', way: 'sum' },
    { login: 'resident2', way: 'relative' },
    { login: 'resident3', way: 'sum' },
  ]);
  expect((await at.told(1)).at(-1)).toBe('notice-link-given');
  expect((await at.notices('telegram:1')).at(-1)?.words).toMatchObject({ login: 're•••2' });
  expect((await at.told(3)).at(-1)).toBe('notice-link-new');
  expect(await at.told(2)).toEqual([]);
  const journal = await at.db.selectFrom('auditLog').select(['who', 'what', 'account', 'residentId']).orderBy('id').execute();
  // Without a messenger id of theirs: it could never be taken out again.
  expect(journal).toEqual([
    { who: 'resident', what: 'relatives.offer', account: OURS, residentId: at.ids[1] },
    { who: 'resident', what: 'relatives.take', account: OURS, residentId: at.ids[2] },
  ]);
  // What the messenger's link carries is in no table.
  for (const table of ['accessOffers', 'idempotencyKeys', 'outbox', 'auditLog'] as const)
    expect(JSON.stringify(await at.db.selectFrom(table).selectAll().execute())).not.toContain(token);
});

describe('what opens nothing', () => {
  const CASES: readonly [
    why: string,
    expected: string,
    ref: (at: Scene, token: string) => Promise<string> | string,
    person?: number,
  ][] = [
    ['made up', 'forged', () => 'A'.repeat(38)],
    ['cut short', 'forged', (_, token) => token.slice(0, -1)],
    ['one letter another', 'forged', (_, token) => token.slice(0, -1) + (token.endsWith('A') ? 'B' : 'A')],
    ['the seal of another', 'forged', async (at, token) => token.slice(0, 22) + (await at.offer()).slice(22)],
    ['the bare id', 'forged', async (at) => (await at.db.selectFrom('accessOffers').select('id').executeTakeFirstOrThrow()).id],
    ['empty', 'forged', () => ''],
    ['late', 'late', (at, token) => (at.later(DAY), at.signInAnew().then(() => token))],
    ['in the last minute', 'linked', (at, token) => (at.later(DAY - MINUTE), at.signInAnew().then(() => token))],
    ['used by another', 'used', async (at, token) => (await at.take(3, token), token)],
    ['used by oneself', 'linked-already', async (at, token) => (await at.take(2, token), token)],
    ['one’s own', 'own', (_, token) => token, 1],
    ['taken back', 'withdrawn', async (at, token) => (await at.relatives.withdraw(at.by(1), at.mine), token)],
    ['replaced by a newer one', 'withdrawn', async (at, token) => (await at.offer(), token)],
    ['of a giver who has unlinked', 'withdrawn', async (at, token) => (await at.links.unlink(at.by(1), at.mine), token)],
    ['opened by a guest', 'guest', (_, token) => token, 9],
    ['of an account that is there', 'linked-already', async (at, token) => (await at.link(2, OURS, { sum: SUM }), token)],
  ];
  test.each(CASES)('%s: %s', async (_why, expected, ref, person = 2) => {
    const at = await openScene();
    const token = await at.offer();
    expect(await at.take(person, await ref(at, token))).toBe(expected);
  });

  test('of two at once one has it', async () => {
    const at = await openScene();
    const token = await at.offer();
    const [two, three] = await Promise.all([at.relatives.open(at.by(2), token), at.relatives.open(at.by(3), token)]);
    if (two.outcome !== 'found' || three.outcome !== 'found') throw new Error('not found');
    const taken = await Promise.all([2, 3].map((person) => at.relatives.take(at.by(person), two.offer)));
    expect(taken.filter(({ outcome }) => outcome === 'linked')).toHaveLength(1);
    expect(await at.live()).toHaveLength(2);
  });

  test('an id that somebody else has opened is good for nobody else', async () => {
    const at = await openScene();
    const opened = await at.relatives.open(at.by(2), await at.offer());
    if (opened.outcome !== 'found') throw new Error(opened.outcome);
    expect(await at.relatives.take(at.by(3), opened.offer)).toEqual({ outcome: 'opened-since' });
    expect(await at.relatives.take(at.by(9), opened.offer)).toEqual({ outcome: 'guest' });
    expect(await at.relatives.take(at.by(2), opened.offer)).toMatchObject({ outcome: 'linked' });
  });

  test('opened by two: the first reads that another has opened it since, and that it was used, once it is', async () => {
    const at = await openScene();
    const token = await at.offer();
    const first = await at.relatives.open(at.by(2), token);
    const second = await at.relatives.open(at.by(3), token);
    if (first.outcome !== 'found' || second.outcome !== 'found') throw new Error('not found');
    expect(await at.relatives.take(at.by(2), first.offer)).toEqual({ outcome: 'opened-since' });
    expect(await at.relatives.take(at.by(3), second.offer)).toMatchObject({ outcome: 'linked' });
    expect(await at.relatives.take(at.by(2), first.offer)).toEqual({ outcome: 'used' });
    // It counts as no guess.
    for (let tried = 0; tried < 12; tried += 1) await at.relatives.take(at.by(2), first.offer);
    expect(await at.relatives.open(at.by(2), token)).toEqual({ outcome: 'used' });
  });

  test('ten wrong ones a day, then none, whatever is opened', async () => {
    const at = await openScene();
    const token = await at.offer();
    for (let tries = 0; tries < 10; tries += 1) expect(await at.take(2, 'A'.repeat(38))).toBe('forged');
    expect(await at.take(2, token)).toBe('limit');
    // A stranger's tries are nobody else's.
    expect(await at.take(3, token)).toBe('linked');
  });
});

test('after a rotation of SECRET_KEY links of before it are good; without the key that made them they are forged', async () => {
  const at = await openScene();
  const [older, newer] = [randomBytes(32).toString('hex'), randomBytes(32).toString('hex')];
  const deskWith = (...keys: readonly string[]) => createRelatives({ ...at.edges, keyring: openKeyring(keys.join(',')) });
  const offered = await deskWith(older).offer(at.by(1), at.mine);
  if (offered.outcome !== 'offered') throw new Error(offered.outcome);
  const { token } = offered;
  expect(await deskWith(newer).open(at.by(3), token)).toEqual({ outcome: 'forged' });
  const rotated = deskWith(newer, older);
  const opened = await rotated.open(at.by(2), token);
  expect(opened).toMatchObject({ outcome: 'found', account: OURS });
  if (opened.outcome === 'found') expect(await rotated.take(at.by(2), opened.offer)).toMatchObject({ outcome: 'linked' });
});

test('five links a day; five relatives at a time; a relative gives nothing on, and sees nobody', async () => {
  const at = await openScene();
  for (const person of [11, 12, 13, 14, 15]) {
    await at.resident(person);
    expect(await at.take(person, await at.offer())).toBe('linked');
  }
  expect(await at.relatives.offer(at.by(1), at.mine)).toEqual({ outcome: 'enough', most: 5 });
  const listed = await at.relatives.list(at.by(1), at.mine);
  expect(listed).toMatchObject({ outcome: 'listed', mayGive: true, openUntil: null });
  if (listed.outcome !== 'listed') return;
  expect(listed.given.map(({ login }) => login).toSorted()).toEqual(['re•••1', 're•••2', 're•••3', 're•••4', 're•••5']);
  expect(await at.relatives.end(at.by(1), await given(at, 11))).toMatchObject({ outcome: 'ended' });
  expect(await at.relatives.offer(at.by(1), at.mine)).toMatchObject({ outcome: 'limit' });

  const theirs = await given(at, 12);
  expect(await at.relatives.list(at.by(12), theirs)).toMatchObject({ mayGive: false, given: [] });
  expect(await at.relatives.offer(at.by(12), theirs)).toEqual({ outcome: 'not-allowed' });
  expect(await at.links.others(at.by(12), theirs)).toEqual({ outcome: 'not-allowed' });
});

describe('ending', () => {
  test('by the giver alone; told, and closed to the sum for that login; a new link of the giver opens it again', async () => {
    const at = await openScene();
    await at.take(2, await at.offer());
    const theirs = await given(at, 2);
    for (const person of [2, 3, 9]) expect((await at.relatives.end(at.by(person), theirs)).outcome).not.toBe('ended');
    expect(await at.relatives.end(at.by(1), at.mine)).toEqual({ outcome: 'gone' });
    expect(await at.relatives.end(at.by(1), 'made-up')).toEqual({ outcome: 'gone' });
    expect(await at.relatives.end(at.by(1), theirs)).toEqual({ outcome: 'ended', account: OURS });
    expect(await at.told(2)).toEqual(['notice-link-ended-by-giver']);
    expect(await at.live()).toHaveLength(1);
    expect(await at.linking.proveBySum(at.by(2), number(OURS), SUM)).toEqual({ outcome: 'not-proved' });
    // To another login the sum is open as ever.
    expect(await at.linking.proveBySum(at.by(3), number(OURS), SUM)).toMatchObject({ outcome: 'proved' });
    expect(await at.take(2, await at.offer())).toBe('linked');
  });

  const LEAVING: Readonly<Record<string, (at: Scene) => Promise<unknown>>> = {
    'the giver unlinks': (at) => at.links.unlink(at.by(1), at.mine),
    'the holder of the password ends the giver’s link': async (at) => {
      await at.link(3, OURS, { password: await at.password(OURS) });
      await at.links.endOther(at.by(3), at.mine);
    },
    'staff end the giver’s link': async (at) => {
      await at.link(3, OURS, { sum: SUM });
      await at.links.reportNotMe(at.by(3), at.mine);
      const staff = { isMember: async () => true, isSenior: async () => true };
      const resolutions = createResolutions({ ...at.edges, staff, background: () => undefined } as never);
      const card = await at.db.selectFrom('requests').select('number').orderBy('number', 'desc').executeTakeFirstOrThrow();
      const threadRef = { thread: null, repliesTo: null };
      await resolutions.press({ ...at.by(8), name: 'Анна' }, { number: card.number, threadRef }, 'end-link');
    },
    'the giver withdraws the consent': (at) =>
      at.db.transaction().execute(async (trx) => {
        await endAccessGivenBy(trx, { residentId: at.ids[1], messengerIds: ['telegram:1'], now: at.now() });
        await trx.deleteFrom('residents').where('id', '=', at.ids[1]).execute();
      }),
    'the owner changes': (at) => at.db.transaction().execute((trx) => closeLinksOfFormerOwners(trx, [OURS], at.now())),
  };
  test.each(Object.entries(LEAVING))(
    '%s: what was given ends, is told, and so does a link that nobody has used',
    async (name, leave) => {
      const at = await openScene();
      await at.take(2, await at.offer());
      const unused = await at.offer();
      await leave(at);
      expect((await at.live()).map(({ login }) => login)).not.toContain('resident2');
      expect((await at.told(2)).at(-1)).toBe(
        name === 'the owner changes' ? 'notice-link-owner-changed' : 'notice-link-giver-left',
      );
      await at.resident(4);
      expect(await at.take(4, unused)).toMatch(/^(withdrawn|forged|late)$/);
    },
  );
});

test('a guest who opens it is offered the access at the sign-in, in this messenger account alone, and once it is used no more', async () => {
  const at = await openScene();
  const token = await at.offer();
  expect(await at.take(9, token)).toBe('guest');
  const signIn = (messenger: number) =>
    at.db.transaction().execute((trx) => openSession(trx, at.ids[2], `telegram:${messenger}`, at.now()));
  await signIn(8);
  expect(await at.told(8)).toEqual([]);
  await signIn(9);
  const [notice] = (await at.notices('telegram:9')).filter(({ text }) => text === 'notice-access-kept');
  const [door] = notice?.doors ?? [];
  expect(door).toMatchObject({ dialog: 'take-access' });
  const ref = door && 'ref' in door ? door.ref : '';
  expect(ref).not.toContain(token);
  expect(await at.take(3, ref)).toBe('forged');
  expect(await at.take(9, ref)).toBe('linked');
  at.later(MINUTE);
  await signIn(9);
  expect((await at.told(9)).filter((text) => text === 'notice-access-kept')).toHaveLength(1);
});

test('what is over is forgotten after two days, and nothing breaks that was given by it', async () => {
  const at = await openScene();
  await at.take(2, await at.offer());
  at.later(4 * DAY);
  await createRetention(at.edges).deleteExpired();
  expect(await at.db.selectFrom('accessOffers').selectAll().execute()).toEqual([]);
  expect(await at.live()).toHaveLength(2);
});

test('who follows a link that is long over is told so, and it counts as no guess', async () => {
  const at = await openScene();
  const token = await at.offer();
  at.later(8 * DAY);
  await createRetention(at.edges).deleteExpired();
  expect(await at.db.selectFrom('accessOffers').selectAll().execute()).toEqual([]);
  for (let tried = 0; tried < 12; tried += 1) expect(await at.take(3, token)).toBe('late');
  expect(await at.take(3, 'A'.repeat(38))).toBe('forged');
});
