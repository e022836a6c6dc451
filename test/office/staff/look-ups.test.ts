import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { Query } from '../../../src/domain/account-query.ts';
import { MINUTE_MS } from '../../../src/domain/durations.ts';
import type { MessengerId } from '../../../src/office/caller.ts';
import { createLookUps } from '../../../src/office/staff/look-ups.ts';
import { listAuditEntries } from '../../../src/records/audit-log.ts';
import { insertSumFailure } from '../../../src/records/sum-failures.ts';
import * as make from '../../kit/make.ts';
import { OFFICE_SETTINGS } from '../../kit/office-settings.ts';
import { number, openTown } from '../town.ts';

async function openDesk() {
  const town = await openTown();
  const members = new Set<MessengerId>(['telegram:9']);
  const isMember = async (id: MessengerId) => members.has(id);
  const linkTo = (ref: string) => `https://t.me/c/${ref}`;
  const staffGroup = { isMember, isSenior: async () => false, linkTo };
  const lookUps = createLookUps({ ...town.edges, settings: OFFICE_SETTINGS, staff: staffGroup });
  const staff = (operation?: string) => ({ ...town.by(9, operation), name: 'Ольга' });
  const journal = () => town.db.selectFrom('auditLog').selectAll().orderBy('id').execute();
  return { ...town, members, lookUps, staff, journal, find: (words: string) => lookUps.find(staff(), Query.parse(words)) };
}

test('an account: what billing knows, who has it, how it can be linked; each look is in the journal', async () => {
  const at = await openDesk();
  await at.account('0012345', [['2026-10-10', 500_01]]);
  await at.charge('0012345', '2026-10', 'Отопление', 1_000_50);
  await at.resident(1, 2);
  await at.resident(3);
  await at.link(1, '0012345', { sum: 500_01 });
  await at.link(3, '0012345', { sum: 500_01 });
  await at.password('0012345');

  const found = await at.find('0012345');
  expect(found).toMatchObject({
    outcome: 'account',
    seen: {
      owner: 'И***в И. И.',
      debt: { period: '2026-10', totalKopecks: 1_000_50 },
      holders: 2,
      sessions: 3,
      sumWayClosed: false,
      passwordUntil: '2026-12-20T09:00:00.000Z',
      requests: 0,
    },
  });
  expect(found.outcome === 'account' && found.seen.events.map(({ kind }) => kind).sort()).toEqual([
    'linked',
    'linked',
    'password-issued',
    'payment',
  ]);
  expect(JSON.stringify(found)).not.toContain('Иванов');
  expect((await at.journal()).at(-1)).toMatchObject({
    who: 'telegram:9',
    name: 'Ольга',
    what: 'accounts.look-up',
    account: '0012345',
    details: { found: true },
  });
});

test('a resident by the phone: masked; the journal names the resident and not the phone', async () => {
  const at = await openDesk();
  await at.account('0012345', [['2026-10-10', 500_01]]);
  const id = await at.resident(1);
  await at.link(1, '0012345', { sum: 500_01 });
  await at.account('0022222', [['2026-10-10', 500_02]]);
  await at.link(1, '0022222', { sum: 500_02 });
  const found = await at.find('8 (900) 000-00-01');
  expect(found).toMatchObject({
    outcome: 'resident',
    seen: {
      phone: '8900•••••01',
      login: 're•••1',
      sessions: 1,
      unreachable: false,
      accounts: [{ account: '0012345' }, { account: '0022222' }],
    },
  });
  expect(await at.journal()).toMatchObject([
    { what: 'residents.look-up', residentId: id, details: { found: true, accounts: '0012345 0022222' } },
  ]);
  for (const account of ['0012345', '0022222'])
    expect(await listAuditEntries(at.db, { account }, 10)).toMatchObject({ found: 1 });
  expect(await listAuditEntries(at.db, { account: '001234' }, 10)).toMatchObject({ found: 0 });
  expect(JSON.stringify(await at.journal())).not.toContain('9000000001');
});

test('what is not there is in the journal too, a phone masked', async () => {
  const at = await openDesk();
  expect(await at.find('77777')).toEqual({ outcome: 'nothing' });
  expect(await at.find('89123456789')).toEqual({ outcome: 'nothing' });
  expect((await at.journal()).map(({ what, account, details }) => ({ what, account, details }))).toEqual([
    { what: 'accounts.look-up', account: '77777', details: { found: false } },
    { what: 'residents.look-up', account: null, details: { found: false, phone: '8912•••••89' } },
  ]);
});

test('eleven digits may be an account as well as a phone: the account comes first', async () => {
  const at = await openDesk();
  await at.account('89000000001');
  await at.resident(1);
  expect(await at.find('89000000001')).toMatchObject({ outcome: 'account', seen: { account: '89000000001' } });
});

test('a login of figures only is found where no account has the number; an account with it comes first', async () => {
  const at = await openDesk();
  const id = await make.resident(at.db, { login: '20011985', phone: null });
  expect(await at.find('20011985')).toMatchObject({ outcome: 'resident', seen: { resident: id } });
  await at.account('20011985');
  expect(await at.find('20011985')).toMatchObject({ outcome: 'account', seen: { account: '20011985' } });
});

describe('accounts are found by their address', () => {
  async function openStreet() {
    const at = await openDesk();
    let last = 10_000;
    const house = async (place: string, flats: number) => {
      const rows = Array.from({ length: flats }, (_, i) => ({
        number: `${++last}`,
        address: `г. Приморск, ${place}, кв. ${i + 1}`,
      }));
      for (const row of rows) await make.account(at.db, row);
    };
    const found = async (words: string) => {
      const seen = await at.find(words);
      if (seen.outcome !== 'found') return seen.outcome;
      const { accounts, moreAccounts } = seen.seen;
      return [accounts.map(({ address }) => address.replace(/^г\. Приморск, ул\. Портовая, /, '')), moreAccounts];
    };
    return { ...at, house, found };
  }

  test('the house that is meant, in the order of its flats, with how many there are besides', async () => {
    const at = await openStreet();
    for (const n of [1, 2, 3, 10, 11, 12, 13, 14, 15, 16, 17, 18]) await at.house(`ул. Портовая, д. ${n}`, 5);
    await at.house('ул. Портовая, д. 1, корп. 5', 2);
    await at.house('ул. Портовая, д. 5', 12);
    const flats = (...numbers: number[]) => numbers.map((n) => `д. 5, кв. ${n}`);
    expect(await at.found('Портовая 5')).toEqual([flats(1, 2, 3, 4, 5, 6, 7, 8, 9, 10), 4]);
    expect(await at.found('портовая 5, кв 11')).toEqual([flats(11), 0]);
    expect(await at.found('портовая 5-11')).toEqual([flats(11), 0]);
    expect(await at.found('Портовая 55')).toBe('nothing');
    const [named, more] = (await at.found('портовая')) as [string[], number];
    expect([named.slice(0, 2), named.length, more]).toEqual([['д. 1, кв. 1', 'д. 1, кв. 2'], 10, 64]);
  });

  test('where no house has the number, whatever has it; a house is found however far behind it stands', async () => {
    const at = await openStreet();
    await at.house('ул. Портовая, д. 1', 2);
    expect(await at.found('Портовая 2')).toEqual([['д. 1, кв. 2'], 0]);
    await at.db
      .insertInto('accounts')
      .columns(['number', 'ownerName', 'address'])
      .expression(
        sql`select 100000 + n, 'Иванов', 'г. Приморск, ул. Портовая, д. 1' || (n / 50) || ', кв. 9' || (n % 50) from generate_series(0, 1999) n`,
      )
      .execute();
    await at.house('ул. Портовая, д. 9', 1);
    expect(await at.found('Портовая 9')).toEqual([['д. 9, кв. 1'], 0]);
  });

  test('of more than ten requests the newest are shown, and that there are others is said', async () => {
    const at = await openStreet();
    for (let n = 0; n < 11; n += 1) {
      const { id } = await make.request(at.db, { openedAt: at.now() });
      await make.requestMessage(at.db, { requestId: id, side: 'resident', source: `telegram:1/${n}`, words: 'счётчик' });
      at.later(MINUTE_MS);
    }
    const seen = await at.find('счетчик');
    expect(seen.outcome === 'found' && [seen.seen.requests.length, seen.seen.moreRequests]).toEqual([10, true]);
  });
});

test('wrong sums close the way, and staff open it again, once', async () => {
  const at = await openDesk();
  const account = await at.account('0012345', [['2026-10-10', 500_01]]);
  const seen = async () => {
    const found = await at.find('0012345');
    if (found.outcome !== 'account') throw new Error(found.outcome);
    return { closed: found.seen.sumWayClosed, wrong: found.seen.wrongSums };
  };
  await at.db.transaction().execute(async (trx) => {
    for (let i = 0; i < 5; i += 1) await insertSumFailure(trx, { account, person: `p${i}`, evaluated: true, at: at.now() });
  });
  expect(await seen()).toEqual({ closed: true, wrong: 5 });
  at.later(1);
  expect(await at.lookUps.reopenSumWay(at.staff('press'), account)).toEqual({ outcome: 'reopened' });
  expect(await at.lookUps.reopenSumWay(at.staff('press'), account)).toEqual({ outcome: 'reopened' });
  expect(await seen()).toEqual({ closed: false, wrong: 0 });
  expect((await at.journal()).filter(({ what }) => what === 'linking.reopen')).toHaveLength(1);
  expect(await at.lookUps.reopenSumWay(at.staff(), number('99999'))).toEqual({ outcome: 'unknown-account' });
});

test('who is no member sees nothing, does nothing, and leaves no trace in the journal', async () => {
  const at = await openDesk();
  const account = await at.account('0012345');
  at.members.clear();
  expect(await at.find('0012345')).toEqual({ outcome: 'not-staff' });
  expect(await at.lookUps.requests(at.staff(), account)).toEqual({ outcome: 'not-staff' });
  expect(await at.lookUps.reopenSumWay(at.staff(), account)).toEqual({ outcome: 'not-staff' });
  expect(await at.journal()).toEqual([]);
});

describe('requests are found by words', () => {
  async function openRequests() {
    const at = await openDesk();
    const write = async (
      called: string,
      ...messages: { side?: 'resident' | 'staff' | 'note'; words: string; withdrawn?: true }[]
    ) => {
      const openedAt = at.now();
      const { id, number: given } = await make.request(at.db, { called, openedAt });
      for (const [n, { side = 'resident', words, withdrawn }] of messages.entries()) {
        const source = `telegram:1/${given}-${n}`;
        await make.requestMessage(at.db, { requestId: id, side, source, words, ...(withdrawn && { withdrawnAt: openedAt }) });
      }
      at.later(MINUTE_MS);
      return given;
    };
    const found = async (words: string) => {
      const seen = await at.find(words);
      return seen.outcome === 'found' ? seen.seen.requests.map(({ number: of, words: said }) => [of, said]) : seen.outcome;
    };
    return { ...at, write, found };
  }

  test('of what the resident and staff wrote to each other: all of them in one message, whatever the case, «ё» as «е»; the newest first', async () => {
    const at = await openRequests();
    const one = await at.write('Пётр', { words: 'Здравствуйте' }, { words: 'Под ЁЛКОЙ протёк счётчик' });
    const two = await at.write('Анна', { words: 'Когда поверка?' }, { side: 'staff', words: 'Счетчик поверят в мае' });
    await at.write('Олег', { words: 'счётчик' }, { words: 'май' });
    expect(await at.found('ёлк')).toEqual([[one, 'Под ЁЛКОЙ протёк счётчик']]);
    expect(await at.found('ЕЛКОЙ, Счётчик!')).toEqual([[one, 'Под ЁЛКОЙ протёк счётчик']]);
    expect(await at.found('СЧЁТЧИК мае')).toEqual([[two, 'Счетчик поверят в мае']]);
    expect(await at.found('протек счет')).toEqual([[one, 'Под ЁЛКОЙ протёк счётчик']]);
    expect(((await at.found('счетчик')) as unknown[][]).map(([given]) => given)).toEqual([two + 1, two, one]);
    expect(await at.found('дирижабль')).toBe('nothing');
    expect((await at.journal()).map(({ what, details }) => [what, details]).at(-1)).toEqual([
      'accounts.search',
      { accounts: 0, requests: 0 },
    ]);
  });

  test('not of notes among staff, nor of what was withdrawn', async () => {
    const at = await openRequests();
    await at.write(
      'Пётр',
      { words: 'Здравствуйте' },
      { side: 'note', words: 'Должник, не спорить' },
      { side: 'staff', words: 'Ошиблись адресом', withdrawn: true },
    );
    expect(await at.found('должник')).toBe('nothing');
    expect(await at.found('ошиблись')).toBe('nothing');
  });

  test('and by how their writer is called, then without words', async () => {
    const at = await openRequests();
    const one = await at.write('Семён Ёлкин', { words: 'Здравствуйте' });
    await at.write('Анна', { words: 'Здравствуйте' });
    expect(await at.found('елкин СЕМЕН')).toEqual([[one, '']]);
  });

  test('each with the way to where it is talked about: its topic, or its card where there are none', async () => {
    const at = await openRequests();
    const [topic, card] = [await at.write('Пётр', { words: 'счётчик' }), await at.write('Анна', { words: 'счётчик' })];
    await at.write('Олег', { words: 'счётчик' });
    await at.db.updateTable('requests').set({ thread: 'group/7', card: 'group/8' }).where('number', '=', topic).execute();
    await at.db.updateTable('requests').set({ card: 'group/9' }).where('number', '=', card).execute();
    const seen = await at.find('счетчик');
    expect(seen.outcome === 'found' && seen.seen.requests.map(({ link }) => link)).toEqual([
      null,
      'https://t.me/c/group/9',
      'https://t.me/c/group/7',
    ]);
  });
});
