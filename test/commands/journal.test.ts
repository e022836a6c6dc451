import { readdirSync, readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { readJournalSearch } from '../../src/commands/journal/search.ts';
import { journalLine, VERBS_KNOWN } from '../../src/commands/journal/words.ts';
import { listAuditEntries, insertAuditEntry } from '../../src/records/audit-log.ts';
import { runCommand } from '../kit/command.ts';
import { testDatabase } from '../kit/postgres.ts';

const OLGA = { who: 'telegram:802', name: 'Ольга' };
const PETR = { who: 'telegram:803', name: 'Пётр 100%_\n\u001b[31mБ\u202e' };
const ZONE = 'Europe/Moscow';

async function writtenJournal() {
  const { db, url, close } = await testDatabase();
  onTestFinished(close);
  const at = (moscow: string) => new Date(`${moscow}:00+03:00`);
  await insertAuditEntry(
    db,
    { ...OLGA, what: 'accounts.look-up', account: '0012345', details: { found: true } },
    at('2026-11-19T23:59'),
  );
  await insertAuditEntry(
    db,
    { ...OLGA, what: 'desk.answer', account: '0012345', requestNumber: 12, details: { message: 7 } },
    at('2026-11-20T00:00'),
  );
  await insertAuditEntry(db, { ...PETR, what: 'desk.close', requestNumber: 12 }, at('2026-11-20T12:30'));
  await insertAuditEntry(db, { who: 'command line', name: 'root', what: 'deskless.thing' }, at('2026-11-21T00:00'));
  return { db, run: (...args: string[]) => runCommand('journal', args, { BOT_TOKEN: '1:test', DATABASE_URL: url }) };
}

const LOOKED = '2026-11-19 23:59  Ольга (telegram:802)  смотрели лицевой счёт [accounts.look-up]  ЛС 0012345  found=true';
const ANSWERED = '2026-11-20 00:00  Ольга (telegram:802)  ответ жителю [desk.answer]  ЛС 0012345, обращение № 12  message=7';
const CLOSED = '2026-11-20 12:30  Пётр 100%_[31mБ (telegram:803)  обращение закрыто [desk.close]  обращение № 12';
const OTHER = '2026-11-21 00:00  root (command line)  deskless.thing';

test('what staff did, the newest first, by account, person, request, day and verb', async () => {
  const { db } = await writtenJournal();
  const cases: [Parameters<typeof readJournalSearch>[0], string[]][] = [
    [{}, [OTHER, CLOSED, ANSWERED, LOOKED]],
    [{ account: '0012345' }, [ANSWERED, LOOKED]],
    [{ who: 'ольг' }, [ANSWERED, LOOKED]],
    [{ who: '803' }, [CLOSED]],
    [{ who: 'telegram:803' }, [CLOSED]],
    [{ who: '%_' }, [CLOSED]],
    [{ who: 'command line' }, [OTHER]],
    [{ request: '12', what: 'desk' }, [CLOSED, ANSWERED]],
    [{ request: '№ 12', last: '1' }, [CLOSED]],
    [{ what: 'desk.close' }, [CLOSED]],
    [{ from: '2026-11-20', to: '20.11.2026' }, [CLOSED, ANSWERED]],
    [{ to: '19.11.2026' }, [LOOKED]],
    [{ account: '0012345', from: '2026-11-20', who: 'Ольга' }, [ANSWERED]],
    [{ account: '99999' }, []],
  ];
  for (const [typed, lines] of cases) {
    const search = readJournalSearch(typed, ZONE);
    if ('problem' in search) throw new Error(search.problem);
    const { entries } = await listAuditEntries(db, search, search.limit);
    expect(entries.map((entry) => journalLine(entry, ZONE))).toEqual(lines);
  }
});

test('the id of a password is not shown as if it were the password', () => {
  const entry = { id: 1, at: new Date(0), ...OLGA, what: 'account-passwords.issue', account: '0012345', requestNumber: null };
  expect(journalLine({ ...entry, details: { password: '6139940a' } }, ZONE)).toMatch(/ {2}password-id=6139940a$/);
});

test.each([
  { account: '12x' },
  { request: 'двенадцать' },
  { from: '2026-02-30' },
  { to: 'вчера' },
  { to: '' },
  { last: '0' },
  { who: ' ' },
])('%s is a slip', (typed) => {
  expect(readJournalSearch(typed, ZONE)).toEqual({ problem: expect.stringMatching(/\.$/) as string });
});

test('the command says what it found, and how much more there is', async () => {
  const { run } = await writtenJournal();
  expect(await run('--last', '1')).toEqual({ code: 0, out: `${OTHER}\n`, err: 'Показаны последние 1 из 4.\n' });
  expect(await run('--account', '99999')).toEqual({ code: 1, out: '', err: 'Таких записей нет.\n' });
  expect(await run('desk')).toMatchObject({ code: 2, out: '', err: expect.stringContaining('--help') as string });
});

test('every verb that the office writes down has its words', () => {
  const folder = new URL('../../src/', import.meta.url);
  const written = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(new URL(name, folder), 'utf8'))
    .filter((source) => source.includes('insertAuditEntry('))
    .flatMap((source) => [...source.matchAll(/\bwhat: '([a-z-]+\.[A-Za-z-]+)'/g)].map(([, verb]) => verb));
  expect(written).toContain('desk.answer');
  expect(written.filter((verb) => !VERBS_KNOWN.includes(verb ?? ''))).toEqual([]);
});

test('an entry can neither be changed nor deleted', async () => {
  const { db, close } = await testDatabase();
  onTestFinished(close);
  await insertAuditEntry(db, { ...OLGA, what: 'desk.take', requestNumber: 12 }, new Date());
  await expect(sql`update audit_log set name = 'nobody'`.execute(db)).rejects.toThrow('append-only');
  await expect(sql`delete from audit_log`.execute(db)).rejects.toThrow('append-only');
  expect(await db.selectFrom('auditLog').select('what').execute()).toEqual([{ what: 'desk.take' }]);
});
