import { expect, test } from 'vitest';
import { createAnswers } from '../../../src/office/staff/answers.ts';
import { createQuietRequests } from '../../../src/office/staff/quiet-requests.ts';
import { createWriting } from '../../../src/office/staff/writing.ts';
import { escalate } from '../../../src/office/escalations.ts';
import { countDeskWork, listRequestFigures } from '../../../src/records/request-figures.ts';
import { findRequestByNumber, updateRequest } from '../../../src/records/requests.ts';
import * as make from '../../kit/make.ts';
import { moscow, openDeskTown } from './desk-town.ts';
import { openMembers } from './members.ts';

/** A desk, and an escalation whose thread is `telegram:-100/9`. */
async function openWriting() {
  const town = await openDeskTown();
  const members = openMembers();
  const writing = createWriting({ ...town.edges, staff: members.edge });
  const answers = createAnswers({ ...town.edges, staff: members.edge });
  const at = { thread: 'telegram:-100/9', repliesTo: null } as const;
  let written = 0;
  const part = () => ({
    source: `telegram:-100/${100 + ++written}` as const,
    album: null,
    repliesTo: null,
    kind: 'words' as const,
    words: '/write Кто живёт с вами?',
    file: null,
    fileName: null,
  });
  const escalation = (kind: 'not-me' | 'reading-refused', key: string) =>
    town.db.transaction().execute(async (trx) => {
      const now = town.edges.clock();
      const id = await escalate(
        trx,
        kind === 'not-me'
          ? { kind, key, account: '0012345', linkedAt: now.toISOString(), way: 'sum' }
          : { kind, key, account: '0012345', readings: 1, reasons: 'меньше прежнего' },
        now,
      );
      await trx.updateTable('requests').set({ thread: at.thread }).where('id', '=', id).execute();
    });
  // One after another: the order in which they are written to is that of their links.
  const minuteOf = (person: number) => new Date(Date.UTC(2026, 0, 1, 9, person % 60));
  const resident = async (person: number) => {
    const id = await make.resident(town.db, {});
    await make.session(town.db, { residentId: id, messengerId: `telegram:${person}` });
    return { id, link: await make.link(town.db, { residentId: id, account: '0012345', linkedAt: minuteOf(person) }) };
  };
  await make.account(town.db, { number: '0012345' });
  const begun = () =>
    town.db
      .selectFrom('requests as r')
      .innerJoin('requestMessages as m', 'm.requestId', 'r.id')
      .where('r.kind', '=', 'request')
      .select(['r.number', 'r.messengerId', 'r.state', 'r.takenByName', 'm.side', 'm.words'])
      .orderBy('r.number')
      .execute();
  return { ...town, clocksShow: town.at, ...members, writing, answers, at, part, escalation, resident, begun };
}

test('«Это не я»: those who have the account besides the new link, each in a request of their own, once', async () => {
  const { writing, at, part, escalation, resident, begun, olga, db } = await openWriting();
  await resident(701);
  await resident(702);
  const { link } = await resident(703);
  await escalation('not-me', link);
  const [operation, message] = [olga('once'), part()];
  expect(await writing.writeTo(operation, at, message, ' Кто живёт с вами? ')).toEqual({ outcome: 'written' });
  expect(await writing.writeTo(operation, at, message, ' Кто живёт с вами? ')).toEqual({ outcome: 'written' });
  const said = { state: 'answered', takenByName: 'Ольга', side: 'staff', words: 'Кто живёт с вами?' };
  expect(await begun()).toEqual([
    { number: 2, messengerId: 'telegram:701', ...said },
    { number: 3, messengerId: 'telegram:702', ...said },
  ]);
  const relayed = await db.selectFrom('outbox').select(['addressee', 'kind']).where('kind', '=', 'relay').orderBy('id').execute();
  expect(relayed.map(({ addressee }) => addressee)).toEqual(['telegram:701', 'telegram:702']);
  const journal = await db.selectFrom('auditLog').select(['what', 'requestNumber', 'details']).execute();
  expect(journal).toEqual([{ what: 'desk.write', requestNumber: 1, details: { requests: '2 3' } }]);
});

test('refused readings: whoever has the account and is signed in; nobody is told so', async () => {
  const { writing, at, part, escalation, olga, resident, begun } = await openWriting();
  await escalation('reading-refused', 'k');
  expect(await writing.writeTo(olga(), at, part(), 'Слова')).toEqual({ outcome: 'write-to-nobody' });
  await resident(701);
  expect(await writing.writeTo(olga(), at, part(), 'Слова')).toEqual({ outcome: 'written' });
  expect(await begun()).toHaveLength(1);
});

test('what staff began is no request that was answered at once: not in the figures, and nobody is asked to rate it', async () => {
  const { writing, answers, at, part, escalation, resident, olga, db, clocksShow, edges, writes } = await openWriting();
  await resident(701);
  await escalation('reading-refused', 'k');
  await writing.writeTo(olga(), at, part(), 'Слова');
  const begun = () => db.selectFrom('requests').selectAll().where('number', '=', 2).executeTakeFirstOrThrow();
  const [from, to] = [moscow('2026-11-01T00:00'), moscow('2026-12-31T00:00')];
  expect(await listRequestFigures(db, from, to)).toEqual([]);
  expect(await countDeskWork(db, from, to)).toMatchObject({ opened: 0, answered: 0, closed: 0 });
  // More of theirs is no answer either.
  const inIt = { thread: 'telegram:-100/11', repliesTo: null } as const;
  const { id } = await begun();
  await db.updateTable('requests').set({ thread: inIt.thread }).where('id', '=', id).execute();
  await answers.written(olga(), inIt, { ...part(), words: 'И ещё' });
  expect(await begun()).toMatchObject({ state: 'answered', firstAnsweredAt: null });

  clocksShow('2026-11-24T10:00');
  expect(await createQuietRequests(edges).close()).toBe(1);
  const notices = db.selectFrom('outbox').select(['text', 'words', 'doors']).where('kind', '=', 'notice');
  const [notice] = await notices.where('addressee', '=', 'telegram:701').execute();
  expect(notice).toMatchObject({ text: 'notice-requests', words: { number: 2, answered: 'no' } });
  expect(notice?.doors.map(({ label }) => label)).toEqual(['button-reopen-request']);

  // Its person writes and is answered: from then on there is something to rate.
  await db
    .transaction()
    .execute((trx) => updateRequest(trx, id, { state: 'taken', closedAt: null, closedByItself: false }, edges.clock()));
  await writes(id, 'resident', 'Живём втроём');
  await answers.written(olga(), inIt, { ...part(), words: 'Спасибо' });
  expect(await begun()).toMatchObject({ state: 'answered', firstAnsweredAt: edges.clock() });
});

test('lines for colleagues stay in the thread of the escalation: what is begun, and said there, has the others', async () => {
  const { writing, at, part, escalation, resident, begun, olga, db } = await openWriting();
  await resident(701);
  await escalation('reading-refused', 'k');
  const message = { ...part(), words: '/write Добрый день!\n// похоже, мошенник\nНапишите, пожалуйста.' };
  const rest = 'Добрый день!\n// похоже, мошенник\nНапишите, пожалуйста.';
  expect(await writing.writeTo(olga(), at, message, rest)).toEqual({ outcome: 'written' });
  expect(await begun()).toMatchObject([{ words: 'Добрый день!\nНапишите, пожалуйста.' }]);
  const said = await db.selectFrom('outbox').select('words').where('text', '=', 'desk-wrote-first').executeTakeFirstOrThrow();
  expect(said.words).toMatchObject({ words: 'Добрый день!\nНапишите, пожалуйста.' });
  expect(await writing.writeTo(olga(), at, part(), '// только для своих')).toEqual({ outcome: 'write-how' });
  expect(await begun()).toHaveLength(1);
});

test('the rest of a long text, which a client sent as a message of its own, is a note; the topic says so once, and where it belongs', async () => {
  const { writing, answers, at, part, escalation, resident, begun, olga, maria, db, clocksShow } = await openWriting();
  await resident(701);
  await escalation('reading-refused', 'k');
  const long = 'слово '.repeat(600);
  const write = (words: string) => writing.writeTo(olga(), at, { ...part(), words: `/write ${words}` }, words);
  const note = (staff: typeof olga, words = 'и ещё слова') => answers.written(staff(), at, { ...part(), words });
  const told = async () =>
    (await db.selectFrom('outbox').select('words').where('text', '=', 'desk-write-rest').execute()).map(({ words }) => words);

  await write('Коротко');
  await note(olga);
  expect(await told()).toEqual([]);
  await write(long);
  await note(maria);
  await note(olga, '// для своих');
  expect(await told()).toEqual([]);
  expect(await note(olga)).toMatchObject({ outcome: 'noted' });
  await note(olga);
  expect(await told()).toEqual([{ count: 1, numbers: '№ 3' }]);
  expect(await begun()).toHaveLength(2);
  // Later it is a note as any other.
  await write(long);
  clocksShow('2026-11-19T10:02');
  await note(olga);
  expect(await told()).toHaveLength(1);
});

test('without words, outside of threads, in a resident’s own request, or by a stranger nothing is sent', async () => {
  const { writing, at, part, escalation, olga, stranger, resident, begun, opened, db } = await openWriting();
  const { link } = await resident(701);
  await escalation('not-me', link);
  expect(await writing.writeTo(olga(), at, part(), '  ')).toEqual({ outcome: 'write-how' });
  expect(await writing.writeTo(olga(), { thread: 'telegram:-100/77', repliesTo: null }, part(), 'Слова')).toEqual({
    outcome: 'nowhere',
  });
  expect(await writing.writeTo(stranger(), at, part(), 'Слова')).toEqual({ outcome: 'not-staff' });
  const own = await opened({ messengerId: 'telegram:701' });
  await db.updateTable('requests').set({ thread: 'telegram:-100/10' }).where('id', '=', own).execute();
  const inOwn = { thread: 'telegram:-100/10', repliesTo: null } as const;
  expect(await writing.writeTo(olga(), inOwn, part(), 'Слова')).toEqual({ outcome: 'write-plainly' });
  expect(await begun()).toEqual([]);
  expect(await findRequestByNumber(db, 3)).toBeUndefined();
});
