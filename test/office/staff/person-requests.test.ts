import { expect, test } from 'vitest';
import { createPersonRequests } from '../../../src/office/staff/person-requests.ts';
import { PERSON_PAPERS } from '../../../src/domain/person-data.ts';
import { CENTRE } from '../../kit/centre.ts';
import { OFFICE_SETTINGS } from '../../kit/office-settings.ts';
import * as make from '../../kit/make.ts';
import { openCabinet } from '../cabinet.ts';
import { openMembers } from './members.ts';

const ACCOUNT = '0012345';

/** Ivan and Petr have the same account; Maria is a senior, Olga is none. */
async function openDesk() {
  const at = await openCabinet();
  await at.register(1, 'ivan-77', '+79123456789', 'k7w_pq29');
  await at.register(2, 'petr-88', '+79995550011', 'k7w_pq29');
  await make.account(at.db, { number: ACCOUNT, ownerName: 'Сидорова Анна Петровна' });
  const ids = (await at.db.selectFrom('residents').select('id').orderBy('login').execute()).map(({ id }) => id);
  for (const residentId of ids) await make.link(at.db, { residentId, account: ACCOUNT });
  const members = openMembers();
  const edges = { db: at.db, clock: at.now, staff: members.edge, settings: OFFICE_SETTINGS, centre: CENTRE };
  const journal = () =>
    at.db.selectFrom('auditLog').select(['who', 'name', 'what', 'account', 'details']).orderBy('id').execute();
  const [ivan = '', petr = ''] = ids;
  return { ...at, ...members, ivan, petr, journal, personRequests: createPersonRequests(edges) };
}

test('seniors alone, at this very moment', async () => {
  const { personRequests, olga, maria, stranger, members, ivan, journal, db } = await openDesk();
  const before = (await journal()).length;
  const tries = (by: () => Parameters<typeof personRequests.find>[0]) => [
    personRequests.find(by(), ivan),
    personRequests.export(by(), { resident: ivan }, PERSON_PAPERS),
    personRequests.erase(by(), ivan, PERSON_PAPERS),
  ];
  const outcomes = async (of: Promise<{ outcome: string }>[]) => (await Promise.all(of)).map(({ outcome }) => outcome);
  expect(await outcomes(tries(olga))).toEqual(['senior-needed', 'senior-needed', 'senior-needed']);
  expect(await outcomes(tries(stranger))).toEqual(['not-staff', 'not-staff', 'not-staff']);
  members.delete('telegram:802');
  expect(await outcomes(tries(maria))).toEqual(['not-staff', 'not-staff', 'not-staff']);
  expect(await journal()).toHaveLength(before);
  expect(await db.selectFrom('residents').select('id').execute()).toHaveLength(2);
});

test.each([[[]], [['application']], [['identity']]] as const)('papers %j are not enough', async (papers) => {
  const { personRequests, maria, ivan, db } = await openDesk();
  expect(await personRequests.export(maria(), { resident: ivan }, papers)).toEqual({ outcome: 'papers-wanting' });
  expect(await personRequests.erase(maria(), ivan, papers)).toEqual({ outcome: 'papers-wanting' });
  expect(await db.selectFrom('residents').select('id').execute()).toHaveLength(2);
});

test.each(['', '99999', 'abc', '00000000-0000-4000-8000-000000000000'])('«%s» is nobody', async (ref) => {
  const { personRequests, maria } = await openDesk();
  expect(await personRequests.find(maria(), ref)).toEqual({ outcome: 'none' });
});

test('a resident is seen masked; an account with those who have it', async () => {
  const { personRequests, maria, ivan } = await openDesk();
  const person = await personRequests.find(maria(), ivan);
  expect(person).toMatchObject({ outcome: 'person', person: { resident: ivan } });
  const account = await personRequests.find(maria(), ACCOUNT);
  expect(account.outcome === 'account' && account.people).toHaveLength(2);
  expect(account.outcome === 'account' && account.kept).toContainEqual({ kind: 'account', rows: 1 });
  expect(JSON.stringify([person, account])).not.toMatch(/ivan-77|petr-88|9123456789|Сидорова/);
});

test('what is given out is of that person alone, of an account what billing has; the journal names neither phone nor login', async () => {
  const { personRequests, maria, ivan, journal } = await openDesk();
  const own = await personRequests.export(maria(), { resident: ivan }, PERSON_PAPERS);
  const said = JSON.stringify(own);
  expect(own.outcome).toBe('exported');
  expect(said).toContain('ivan-77');
  expect(said).not.toMatch(/petr-88|Сидорова|k7w_pq29/);
  const operation = maria('once');
  await personRequests.export(operation, { account: ACCOUNT as never }, PERSON_PAPERS);
  const again = await personRequests.export(operation, { account: ACCOUNT as never }, PERSON_PAPERS);
  expect(JSON.stringify(again)).toContain('Сидорова');
  const entries = (await journal()).filter(({ what }) => what === 'persons.export');
  expect(entries).toEqual([
    expect.objectContaining({
      who: 'telegram:802',
      name: 'Мария',
      details: { papers: 'application identity', accounts: ACCOUNT },
    }),
    expect.objectContaining({ account: ACCOUNT, details: { papers: 'application identity' } }),
  ]);
  expect(JSON.stringify(entries)).not.toMatch(/ivan-77|9123456789/);
});

test('erased once: the resident goes, is told, and the other one stays; the journal says who did it', async () => {
  const { personRequests, maria, ivan, petr, db, journal } = await openDesk();
  const operation = maria('erase-once');
  expect(await personRequests.erase(operation, ivan, PERSON_PAPERS)).toEqual({ outcome: 'erased' });
  expect(await personRequests.erase(operation, ivan, PERSON_PAPERS)).toEqual({ outcome: 'erased' });
  expect(await personRequests.erase(maria(), ivan, PERSON_PAPERS)).toEqual({ outcome: 'none' });
  expect(await db.selectFrom('residents').select('id').execute()).toEqual([{ id: petr }]);
  const told = await db
    .selectFrom('outbox')
    .select(['addressee', 'text'])
    .where('text', '=', 'notice-consent-withdrawn-on-paper')
    .execute();
  expect(told).toEqual([{ addressee: 'telegram:1', text: 'notice-consent-withdrawn-on-paper' }]);
  expect((await journal()).filter(({ what }) => what === 'persons.erase')).toEqual([
    expect.objectContaining({ who: 'telegram:802', details: { papers: 'application identity', accounts: ACCOUNT } }),
  ]);
});

test('a file that was handed over is taken away in ten minutes', async () => {
  const { personRequests, maria, db, now } = await openDesk();
  expect(await personRequests.handed(maria(), null)).toEqual({ outcome: 'lost' });
  expect(await personRequests.handed(maria(), 'telegram:802/7')).toEqual({ outcome: 'handed' });
  const waiting = await db.selectFrom('outbox').select(['kind', 'message', 'runAt']).where('kind', '=', 'deletion').execute();
  expect(waiting).toEqual([{ kind: 'deletion', message: 'telegram:802/7', runAt: new Date(now().getTime() + 600_000) }]);
});
