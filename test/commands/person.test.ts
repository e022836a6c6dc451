import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runCommand } from '../kit/command.ts';
import * as make from '../kit/make.ts';
import { ownFolder } from '../kit/own-folder.ts';
import { testDatabase } from '../kit/postgres.ts';

const PHONE = '+79123456789';
const ACCOUNT = '0012345';
const NOW = new Date();

async function town() {
  const { db, url, close } = await testDatabase();
  onTestFinished(close);
  const folder = await ownFolder('inkomus-person-');
  await make.account(db, { number: ACCOUNT, ownerName: 'Сидорова Анна Петровна' }, { number: '0054321' }, { number: '0077777' });
  const ivan = await make.signedIn(db, { login: 'ivan_tag', phone: PHONE }, ['telegram:1'], NOW);
  const petr = await make.signedIn(db, { login: 'petr', phone: '+79995550011' }, ['telegram:2'], NOW);
  await make.link(
    db,
    { residentId: ivan, account: ACCOUNT },
    { residentId: petr, account: ACCOUNT },
    { residentId: ivan, account: '0054321' },
  );
  const { id } = await make.request(db, { residentId: ivan, messengerId: 'telegram:1' });
  await make.requestMessage(db, { requestId: id, side: 'resident', source: 'telegram:1/1', words: 'new\nслова Ивана' });
  await make.cardPayment(db, [{ account: ACCOUNT, sumKopecks: 321_00 }], { messengerId: 'telegram:1' });
  await make.reading(db, { account: ACCOUNT, number: '77', residentId: ivan, submittedBy: 'resident', value: '10265.000' });
  const type = (typed: string | undefined, ...args: string[]) =>
    runCommand('person', args, { BOT_TOKEN: '1:test', DATABASE_URL: url }, typed);
  const run = (...args: string[]) => type(undefined, ...args);
  const journal = () => db.selectFrom('auditLog').select(['what', 'account', 'residentId', 'details']).orderBy('id').execute();
  return { db, run, type, journal, ivan, petr, at: (name: string) => join(folder, name) };
}

test('one person’s data are a text that is read without us, and JSON; only the owner of the file may open it; the audit log has who took it and no phone', async () => {
  const { run, journal, ivan, at } = await town();
  const done = await run('export', '--phone', '8 (912) 345-67-89', '--out', at('ivan.txt'));
  expect(done).toMatchObject({
    code: 0,
    err: '',
    out: expect.stringMatching(/^житель iv•••g \(8912•••••89\): записей \d+ → .*ivan\.txt\n$/),
  });
  const text = await readFile(at('ivan.txt'), 'utf8');
  expect((await stat(at('ivan.txt'))).mode & 0o777).toBe(0o600);
  expect(text).toMatch(/^\ufeffПерсональные данные, которые о вас хранит бот: \d\d\.\d\d\.\d{4} \d\d:\d\d\n/);
  expect(text).toContain(`Логин\n- логин: ivan_tag\n  телефон: ${PHONE}\n`);
  expect(text).toContain('сумма: 321,00 ₽');
  // What a person wrote stays as it is; what the program calls by a word of its own is said in Russian.
  expect(text).toContain('текст: new\n    слова Ивана');
  expect(text).toContain('состояние: новое');
  expect(text).toContain('тема: Начисления');
  expect(text).toContain('вид: обращение');
  expect(text).toContain('показание: 10 265\n');
  expect(text).toContain('состояние: принято ботом');
  expect(text).not.toMatch(/Сидорова|petr|undefined|\[object/);

  expect((await run('export', '--phone', PHONE, '--account', ACCOUNT, '--out', at('ivan.json'))).code).toBe(0);
  const json = JSON.parse(await readFile(at('ivan.json'), 'utf8'));
  expect(json.resident).toEqual([expect.objectContaining({ login: 'ivan_tag', phone: PHONE })]);
  expect(json.account).toEqual([expect.objectContaining({ number: ACCOUNT, ownerName: 'Сидорова Анна Петровна' })]);
  const details = { by: 'phone', accounts: expect.stringContaining(ACCOUNT) };
  expect(await journal()).toEqual([
    { what: 'persons.export', account: null, residentId: ivan, details },
    { what: 'persons.export', account: ACCOUNT, residentId: ivan, details },
  ]);
});

test('the file of a former person stays, unless --force says otherwise', async () => {
  const { run, journal, at } = await town();
  await writeFile(at('a.txt'), 'Пётр');
  expect(await run('export', '--phone', PHONE, '--out', at('a.txt'))).toEqual({
    code: 2,
    out: '',
    err: `${at('a.txt')}: файл уже есть. Назовите другое имя или добавьте --force, чтобы заменить его.\n`,
  });
  expect(await readFile(at('a.txt'), 'utf8')).toBe('Пётр');
  expect(await journal()).toEqual([]);
  expect(await run('export', '--phone', PHONE, '--out', at('a.txt'), '--force')).toMatchObject({ code: 0, err: '' });
});

test('an account that several linked wants the phone; one that nobody linked has data of its own, and nothing to erase', async () => {
  const { run, at } = await town();
  const several = await run('export', '--account', ACCOUNT, '--out', at('a.txt'));
  expect(several).toMatchObject({ code: 1, out: '' });
  expect(several.err).toContain('8912•••••89');
  expect((await run('export', '--account', '0077777', '--out', at('b.txt'))).out).toMatch(/^лицевой счёт 0077777: записей 1 →/);
  expect(await readFile(at('b.txt'), 'utf8')).toContain('Лицевой счёт\n- номер: 0077777');
  expect((await run('erase', '--account', '0077777', '--yes')).err).toContain('никто не подключал');
  expect((await run('export', '--account', '99999', '--out', at('c.txt'))).err).toBe(
    'Лицевого счёта 99999 нет в реестре: проверьте номер.\n',
  );
});

test('without --out the data are JSON on the standard output, and the report is beside it; journaled as a file is', async () => {
  const { run, journal, ivan } = await town();
  const done = await run('export', '--phone', '89123456789');
  expect(done).toMatchObject({ code: 0, err: expect.stringMatching(/^житель iv•••g \(8912•••••89\): записей \d+\n$/) });
  const data = JSON.parse(done.out);
  expect(data.resident).toEqual([expect.objectContaining({ login: 'ivan_tag', phone: PHONE })]);
  expect(data.cardPayments).toEqual([expect.objectContaining({ sumKopecks: 321_00 })]);
  expect(await journal()).toMatchObject([{ what: 'persons.export', residentId: ivan, details: { by: 'phone' } }]);
});

test('of somebody without a login there is what he left: by the account what a guest handed in and paid, by the phone the codes', async () => {
  const { db, run, journal } = await town();
  const account = '0077777';
  await make.cardPayment(db, [{ account, sumKopecks: 55_00 }], { messengerId: 'telegram:9' });
  await make.reading(db, { account, number: '88', submittedBy: 'telegram:9', value: '17.000' });
  const guest = await run('export', '--account', account);
  expect(guest).toMatchObject({ code: 0, err: 'лицевой счёт 0077777: записей 3\n' });
  expect(JSON.parse(guest.out)).toMatchObject({ handedIn: [{ value: '17.000' }], paidByCard: [{ sumKopecks: 55_00 }] });

  const phone = '+79161112233';
  const nobody = await run('export', '--phone', phone);
  expect(nobody).toMatchObject({ code: 1, out: '', err: expect.stringMatching(/^Жителя с телефоном 8916•••••33 нет\./) });
  await db
    .insertInto('confirmationCodes')
    .values({
      phone,
      messengerId: 'telegram:9',
      purpose: 'registration',
      codeFingerprint: 'f'.repeat(43),
      createdAt: NOW,
      expiresAt: new Date(NOW.getTime() + 600_000),
      tries: 0,
      delivery: 'sent',
      endedAt: null,
      undeliveredBy: null,
    })
    .execute();
  const coded = await run('export', '--phone', phone);
  expect(coded).toMatchObject({
    code: 0,
    err: 'телефон 8916•••••33, с которым никто не зарегистрирован: записей 1\n',
  });
  // Whoever asked for the code may be a stranger.
  expect(JSON.parse(coded.out)).toEqual({
    codes: [{ phone, purpose: 'registration', createdAt: NOW.toISOString(), delivery: 'sent' }],
  });
  expect(JSON.parse((await run('export', '--phone', phone, '--account', account)).out)).toMatchObject({
    codes: [{ phone }],
    account: [{ number: account }],
  });
  // Somebody else's account is not given out with it.
  expect(await run('export', '--phone', phone, '--account', ACCOUNT)).toMatchObject({ code: 1, out: '' });
  expect((await journal()).map((entry) => [entry.what, entry.account])).toEqual([
    ['persons.export', account],
    ['persons.export', null],
    ['persons.export', account],
  ]);
});

test.each([
  ['without a terminal the verb alone is enough', [], undefined],
  ['at a terminal so is --yes', ['--yes'], ''],
  ['at a terminal «да» does it', [], ' Да\n'],
])('an erasure names what the law keeps, tells the person, and is in the audit log: %s', async (_, flags, typed) => {
  const { db, type, journal, ivan } = await town();
  const done = await type(typed, 'erase', '--phone', '89123456789', ...flags);
  expect(done).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^житель iv•••g \(8912•••••89\): данные удалены\.\n\nОстанутся/),
  });
  expect((await db.selectFrom('residents').select('login').execute()).map(({ login }) => login)).toEqual(['petr']);
  expect(await db.selectFrom('outbox').select(['text', 'addressee']).where('kind', '=', 'notice').execute()).toEqual([
    { text: 'notice-consent-withdrawn-on-paper', addressee: 'telegram:1' },
  ]);
  expect(await journal()).toEqual([
    { what: 'persons.erase', account: null, residentId: ivan, details: { by: 'phone', accounts: `${ACCOUNT} 0054321` } },
  ]);
  expect((await type(typed, 'erase', '--phone', '89123456789', '--yes')).code).toBe(1);
});

test.each(['нет\n', '\n', ''])(
  'at a terminal whoever types %j has erased nothing, and has seen what it would take',
  async (typed) => {
    const { db, type, journal } = await town();
    const unsure = await type(typed, 'erase', '--phone', '89123456789');
    expect(unsure).toMatchObject({ code: 2, out: '' });
    expect(unsure.err).toMatch(
      /Подключения лицевых счетов: 2[\s\S]*Останутся[\s\S]*Напишите «да»: [\s\S]*ничего не удалено\.\n$/,
    );
    expect(await journal()).toEqual([]);
    expect((await db.selectFrom('residents').select('id').execute()).length).toBe(2);
  },
);

test.each([
  [['--help'], 0, 'npm run person -- export --phone'],
  [[], 2, 'Назовите одно'],
  [['export'], 2, 'Не сказано, чьи данные'],
  [['erase', '--phone', '123', '--yes'], 2, '--phone: нужен номер'],
  [['erase', '--account', 'x', '--yes'], 2, '--account: номер лицевого счёта'],
  [['export', '--phone', PHONE, '--out', 'x.docx'], 2, '--out ФАЙЛ.txt или --out ФАЙЛ.json'],
  [['export', '--phone', PHONE, '--out', ''], 2, '--out ФАЙЛ.txt или --out ФАЙЛ.json'],
  [['export', '--phone', PHONE, '--force'], 2, '--force нужен только с --out'],
  [['erase', '--phone', PHONE, '--out', 'x.txt'], 2, '--out лишний'],
  [['export', '--phone', PHONE, '--out', 'x.txt', '--yes'], 2, '--yes лишний'],
  [['erase', '--phone', PHONE, '--force'], 2, '--force лишний'],
  [['erase', '--all'], 2, 'Команда написана неверно'],
])('person %j ends with %i: %s', async (args, code, said) => {
  const done = await runCommand('person', args, {});
  expect(done.code).toBe(code);
  expect(done.out + done.err).toContain(said);
});
