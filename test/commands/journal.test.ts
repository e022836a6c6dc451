import { readdirSync, readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { readJournalSearch } from '../../src/commands/journal/search.ts';
import { detailsOf } from '../../src/commands/journal/details.ts';
import { VERBS_KNOWN } from '../../src/commands/journal/verbs.ts';
import { journalLine } from '../../src/commands/journal/words.ts';
import { SOME_RESIDENT } from '../../src/domain/audit-actors.ts';
import { PASSWORD_PAPERS } from '../../src/domain/password-papers.ts';
import { PERSON_PAPERS } from '../../src/domain/person-data.ts';
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

const LOOKED = '2026-11-19 23:59  Ольга (telegram:802)  смотрели лицевой счёт [accounts.look-up]  ЛС 0012345  найдено: да';
const ANSWERED = '2026-11-20 00:00  Ольга (telegram:802)  ответ жителю [desk.answer]  ЛС 0012345, обращение № 12  сообщение № 7';
const CLOSED = '2026-11-20 12:30  Пётр 100%_[31mБ (telegram:803)  обращение закрыто [desk.close]  обращение № 12';
const OTHER = '2026-11-21 00:00  root (оператор)  deskless.thing';

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
    [{ who: 'Оператор' }, [OTHER]],
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

test('what residents do is found as theirs, whoever of them it was', () => {
  const who = SOME_RESIDENT;
  expect(readJournalSearch({ who: 'Житель' }, ZONE)).toMatchObject({ who });
  const entry = { id: 1, at: new Date(0), who, name: null, what: 'relatives.take', account: '0012345', requestNumber: null };
  expect(journalLine({ ...entry, details: {} }, ZONE)).toContain('  житель  близкий открыл доступ');
});

test('the id of a password is not shown as if it were the password', () => {
  const entry = { id: 1, at: new Date(0), ...OLGA, what: 'account-passwords.issue', account: '0012345', requestNumber: null };
  expect(journalLine({ ...entry, details: { password: '6139940a' } }, ZONE)).toMatch(/ {2}запись о пароле: 6139940a$/);
});

test.each([
  { account: '12x' },
  { request: 'двенадцать' },
  { from: '2026-02-30' },
  { to: 'вчера' },
  { to: '' },
  { from: '2026-11-20', to: '2026-11-19' },
  { last: '0' },
  { who: ' ' },
])('%s is a slip', (typed) => {
  expect(readJournalSearch(typed, ZONE)).toEqual({ problem: expect.stringMatching(/\.$/) as string });
});

test('a day that is in no calendar is called so', () => {
  expect(readJournalSearch({ to: '30.02.2026' }, ZONE)).toEqual({ problem: '--to: такого дня нет: 30.02.2026.' });
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
    .flatMap((source) => [
      ...source.matchAll(/\b(?:journal|writeJournal)\([^;]*?'([a-z-]+\.[a-z-]+)'/g),
      ...source.matchAll(/\bwhat: '([a-z-]+\.[A-Za-z-]+)'/g),
    ])
    .map(([, verb]) => verb ?? '');
  for (const file of ['crediting', 'closing', 'returning', 'settling'])
    written.push(
      ...verbsWithin(
        `office/staff/hand-credits/${file}.ts`,
        /\b(?:moveMoney\(edges, staff, |auditMoney\(trx, staff, [^;']*, )'([a-z-]+)'/g,
        'payments',
      ),
    );
  written.push(...verbsWithin('office/staff/resolutions.ts', /\n {2}\| '([a-z-]+)'/g, 'resolutions'));
  for (const verb of [
    'desk.answer',
    'relatives.offer',
    'payments.credit-undone',
    'payments.refunded-undone',
    'payments.settle',
    'resolutions.settle-payment',
    'data.backup',
  ])
    expect(written).toContain(verb);
  expect([...new Set(written)].filter((verb) => !VERBS_KNOWN.includes(verb))).toEqual([]);
});

/** Verbs whose first word a file writes before all of them. */
function verbsWithin(file: string, pattern: RegExp, before: string): string[] {
  const source = readFileSync(new URL(`../../src/${file}`, import.meta.url), 'utf8');
  return [...source.matchAll(pattern)].map(([, verb]) => `${before}.${verb}`);
}

test('what an entry says besides is in words, sums, days and times as people write them', () => {
  const entry = { id: 1, at: new Date(0), who: 'schedule', name: null, account: null, requestNumber: null };
  const line = (what: string, details: Record<string, unknown>) => journalLine({ ...entry, what, details }, ZONE).slice(18);
  expect(line('registries.export', { kind: 'readings', number: 3, rows: 2 })).toBe(
    'по расписанию  выгрузка для биллинга [registries.export]  № 3, вид: показания, строк: 2',
  );
  expect(line('registries.import', { number: 9, name: 'a.csv', kind: 'accounts', read: 2, new: 1, changed: 0, refused: 1 })).toBe(
    'по расписанию  реестр загружен [registries.import]  № 9, файл: a.csv, вид: лицевые счета, прочитано: 2, новых: 1, изменено: 0, отклонено: 1',
  );
  expect(line('payments.credit', { operation: 'A1', reason: 'чек', sum: 123456, account: '0012345', left: 0 })).toContain(
    'номер операции: A1, сумма: 1 234,56 ₽, осталось: 0,00 ₽, ЛС: 0012345, причина: чек',
  );
  expect(line('account-passwords.issue', { papers: 'passport names-match', until: '2026-11-29T07:15:00.000Z' })).toContain(
    'документы: паспорт, ФИО и адрес совпадают, до: 29.11.2026 10:15',
  );
  expect(line('announcements.correct', { waiting: 275, delivered: 21, corrects: 1, number: 2 })).toContain(
    '№ 2, исправляет № 1, доставлено: 21, ещё ждали: 275',
  );
  expect(line('requests.export', { from: '2026-11-01', to: '2026-11-30' })).toContain('с: 01.11.2026, по: 30.11.2026');
});

test('every key that is written down has its word, and so has every paper', () => {
  const folder = new URL('../../src/', import.meta.url);
  const keys = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && name !== 'records/audit-log.ts')
    .map((name) => readFileSync(new URL(name, folder), 'utf8'))
    .filter((source) => source.includes('insertAuditEntry('))
    .flatMap((source) => [...source.matchAll(/\bdetails(?: = |: )\{ ([^}]*)\}/g)].map(([, inside]) => inside ?? ''))
    .flatMap((inside) => inside.split(',').map((part) => /^\s*([a-zA-Z0-9]+)\s*(?::|$)/.exec(part)?.[1] ?? ''))
    .filter((key) => key !== '');
  expect(keys).toEqual(expect.arrayContaining(['kind', 'removed', 'message', 'madeAt']));
  for (const key of keys) expect(detailsOf('a.b', { [key]: 1 }, ZONE), key).not.toMatch(/^[a-z]/i);
  for (const paper of [...PASSWORD_PAPERS, ...PERSON_PAPERS])
    expect(detailsOf('a.b', { papers: paper }, ZONE)).not.toContain(paper);
});

test('an entry can neither be changed nor deleted', async () => {
  const { db, close } = await testDatabase();
  onTestFinished(close);
  await insertAuditEntry(db, { ...OLGA, what: 'desk.take', requestNumber: 12 }, new Date());
  await expect(sql`update audit_log set name = 'nobody'`.execute(db)).rejects.toThrow('append-only');
  await expect(sql`delete from audit_log`.execute(db)).rejects.toThrow('append-only');
  expect(await db.selectFrom('auditLog').select('what').execute()).toEqual([{ what: 'desk.take' }]);
});
