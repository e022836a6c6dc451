import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { PASSWORD_PAPERS, type PasswordPaper } from '../../../src/domain/password-papers.ts';
import type { MessengerId } from '../../../src/office/caller.ts';
import { createPasswordSlips } from '../../../src/office/staff/password-slips.ts';
import { meetAtLock } from '../../kit/at-lock.ts';
import { MINUTE, number, openTown } from '../town.ts';

const PAPERS: readonly PasswordPaper[] = ['passport', 'payment-document', 'names-match'];

async function openCounter() {
  const town = await openTown();
  const members = new Set<MessengerId>(['telegram:9', 'telegram:8']);
  const isMember = async (id: MessengerId) => members.has(id);
  const slips = createPasswordSlips({ ...town.edges, staff: { isMember, isSenior: async () => false } });
  const staff = (person = 9, operation?: string) => ({ ...town.by(person, operation), name: person === 9 ? 'Ольга' : 'Пётр' });
  const account = await town.account('0012345');
  /** The account, and what papers are held against there. */
  const held = async () => {
    const opened = await slips.open(staff(), account);
    return { account, mark: opened.outcome === 'open' ? opened.mark : opened.outcome };
  };
  const issued = async (caller = staff(), papers = PAPERS) => {
    const done = await slips.issue(caller, await held(), papers);
    if (done.outcome !== 'issued') throw new Error(done.outcome);
    return done;
  };
  /** Whether a resident can link by what stands on a slip. */
  const opens = async (password: string) =>
    (await town.linking.proveByPassword(town.by(1), account, password)).outcome === 'proved';
  const journal = () => town.db.selectFrom('auditLog').selectAll().orderBy('id').execute();
  await town.resident(1);
  return { ...town, members, slips, staff, accountNumber: account, held, issued, opens, journal };
}

test('a password against papers: the journal says who, when and against which, and holds no password', async () => {
  const at = await openCounter();
  expect(await at.slips.open(at.staff(), at.accountNumber)).toEqual({
    outcome: 'open',
    account: '0012345',
    address: 'г. Приморск-на-Миусе, ул. Портовая, д. 5, кв. 17',
    owner: 'И***в И. И.',
    closed: false,
    mark: expect.any(String),
  });
  const { slip, password, until, centre } = await at.issued();
  expect({ until, name: centre.name }).toEqual({ until: '2026-12-20T09:00:00.000Z', name: 'АО ВЦ «Инкомус»' });
  expect(password).toMatch(/^[ACDEFGHJKMNPQRTUVWXY34679]{10}$/);
  expect(await at.slips.handed(at.staff(), slip, 'telegram:9/55')).toEqual({
    outcome: 'handed',
    goneAt: '2026-11-20T09:10:00.000Z',
  });
  expect(await at.opens(password)).toBe(true);

  const [looked, lookedAgain, issued, ...more] = await at.journal();
  expect(more).toEqual([]);
  expect(lookedAgain?.what).toBe('accounts.look-up');
  expect(looked).toMatchObject({ who: 'telegram:9', name: 'Ольга', what: 'accounts.look-up', account: '0012345' });
  expect(issued).toMatchObject({ who: 'telegram:9', name: 'Ольга', what: 'account-passwords.issue', account: '0012345' });
  expect(issued?.details).toEqual({ password: slip, papers: 'passport payment-document names-match', until });
  expect(issued?.at).toEqual(at.now());

  const { rows: tables } = await sql<{
    name: string;
  }>`select tablename as name from pg_tables where schemaname = 'public'`.execute(at.db);
  for (const { name } of tables) {
    const { rows } = await sql<{ all: string | null }>`select string_agg(t::text, ' ') as all from ${sql.table(name)} t`.execute(
      at.db,
    );
    expect(rows[0]?.all ?? '', name).not.toContain(password);
  }
});

test('the message goes in ten minutes, and no earlier', async () => {
  const at = await openCounter();
  const { slip } = await at.issued();
  await at.slips.handed(at.staff(), slip, 'telegram:9/55');
  const row = await at.db.selectFrom('outbox').where('kind', '=', 'deletion').selectAll().executeTakeFirstOrThrow();
  expect(row).toMatchObject({ message: 'telegram:9/55', addressee: 'telegram:9' });
  expect(row.runAt.getTime() - at.now().getTime()).toBe(10 * MINUTE);
});

test('the new password ends the one before, whoever of staff gave it out', async () => {
  const at = await openCounter();
  const first = await at.issued();
  const second = await at.issued(at.staff(8));
  expect(await at.opens(first.password)).toBe(false);
  expect(await at.opens(second.password)).toBe(true);
});

test('two of staff at once: both get a slip, and one password is good', async () => {
  const at = await openCounter();
  const issued = await Promise.all([at.issued(at.staff(9)), at.issued(at.staff(8)), at.issued(at.staff(9))]);
  const good = await Promise.all(issued.map(({ password }) => at.opens(password)));
  expect(good.filter(Boolean)).toHaveLength(1);
});

test('a repeat issues nothing and shows nothing', async () => {
  const at = await openCounter();
  const { slip, password } = await at.issued(at.staff(9, 'press'));
  await at.slips.handed(at.staff(9), slip, 'telegram:9/55');
  expect(await at.slips.issue(at.staff(9, 'press'), await at.held(), PAPERS)).toEqual({ outcome: 'handed-before' });
  expect(await at.opens(password)).toBe(true);
  expect(await at.db.selectFrom('accountPasswords').select('id').execute()).toHaveLength(1);
});

test('a process that died before the slip was known to arrive: the repeat makes its password void', async () => {
  const at = await openCounter();
  const { password } = await at.issued(at.staff(9, 'press'));
  expect(await at.slips.issue(at.staff(9, 'press'), await at.held(), PAPERS)).toEqual({ outcome: 'lost' });
  expect(await at.opens(password)).toBe(false);
  const ended = await at.db.selectFrom('accountPasswords').select('endedWhy').execute();
  expect(ended).toEqual([{ endedWhy: 'not-handed' }]);
  expect((await at.journal()).at(-1)).toMatchObject({ what: 'account-passwords.take-back', name: 'Ольга' });
});

test('a slip that did not arrive opens nothing', async () => {
  const at = await openCounter();
  const { slip, password } = await at.issued();
  expect(await at.slips.handed(at.staff(), slip, null)).toEqual({ outcome: 'lost' });
  expect(await at.opens(password)).toBe(false);
  expect(await at.db.selectFrom('outbox').where('kind', '=', 'deletion').selectAll().execute()).toEqual([]);
});

test('papers that are wanting, an account that is not there, who is no member: nothing is issued', async () => {
  const at = await openCounter();
  const held = { account: at.accountNumber, mark: 'none' };
  for (const papers of [
    [],
    ['passport', 'payment-document'],
    ['payment-document', 'names-match'],
    ['military-id', 'names-match'],
  ])
    expect(await at.slips.issue(at.staff(), held, papers as PasswordPaper[])).toEqual({ outcome: 'papers-wanting' });
  const unknown = { account: number('99999'), mark: 'none' };
  expect(await at.slips.issue(at.staff(), unknown, PASSWORD_PAPERS)).toEqual({ outcome: 'unknown-account' });
  at.members.clear();
  expect(await at.slips.issue(at.staff(), held, PAPERS)).toEqual({ outcome: 'not-staff' });
  expect(await at.slips.open(at.staff(), at.accountNumber)).toEqual({ outcome: 'not-staff' });
  expect(await at.db.selectFrom('accountPasswords').select('id').execute()).toEqual([]);
  expect(await at.journal()).toEqual([]);
});

test.each([
  ['owner', { ownerName: 'Петрова Анна Ивановна' }],
  ['address', { address: 'г. Приморск-на-Миусе, ул. Портовая, д. 5, кв. 18' }],
])('papers that were held against another %s give out nothing, nor does the repeat; held anew they do', async (_, change) => {
  const at = await openCounter();
  const before = await at.held();
  await at.db.updateTable('accounts').set(change).where('number', '=', at.accountNumber).execute();
  const issued = () => at.slips.issue(at.staff(9, 'press'), before, PAPERS);
  expect([await issued(), await issued()]).toEqual([{ outcome: 'account-changed' }, { outcome: 'account-changed' }]);
  expect(await at.db.selectFrom('accountPasswords').select('id').execute()).toEqual([]);
  expect((await at.slips.issue(at.staff(), await at.held(), PAPERS)).outcome).toBe('issued');
});

test('a registry that is changing the owner at this moment is waited for', async () => {
  const at = await openCounter();
  const before = await at.held();
  const [pressed] = await meetAtLock(
    at.db,
    (trx) => trx.updateTable('accounts').set({ ownerName: 'Петрова А. И.' }).where('number', '=', at.accountNumber).execute(),
    () => at.slips.issue(at.staff(), before, PAPERS),
    async () => undefined,
  );
  expect(pressed).toEqual({ outcome: 'account-changed' });
});
