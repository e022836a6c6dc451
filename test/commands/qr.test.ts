import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { runCommand } from '../kit/command.ts';
import { testDatabase } from '../kit/postgres.ts';
import { readPdf } from '../papers/read-pdf.ts';
import * as make from '../kit/make.ts';

let base: Awaited<ReturnType<typeof testDatabase>>;
let folder: string;
beforeEach(async () => {
  base = await testDatabase();
  folder = await mkdtemp(join(tmpdir(), 'qr-'));
  const account = (number: string, address: string, closed = false) => ({
    number,
    address,
    closed,
    ownerName: 'Секретов С. С.',
  });
  await make.account(
    base.db,
    account('0000010', 'ул. Портовая, д. 10, кв. 1'),
    account('0000002', 'ул. Портовая, д. 2, кв. 12'),
    account('0000001', 'ул. Портовая, д. 2, кв. 3'),
    account('0000099', 'ул. Портовая, д. 2, кв. 4', true),
    account('0000003', 'пер. Вишнёвый, д. 7'),
  );
});
afterEach(async () => {
  await base.close();
  await rm(folder, { recursive: true, force: true });
});

const qr = (...args: string[]) => runCommand('qr', args, { DATABASE_URL: base.url });
const at = (name: string) => join(folder, name);
const list = async (name: string, content: string | Buffer) => {
  await writeFile(at(name), content);
  return at(name);
};
/** The numbers on the first sheet, card by card. */
async function numbersOn(path: string): Promise<string[]> {
  const { pieces } = await readPdf(new Uint8Array(await readFile(path)));
  return pieces.map(({ text }) => text.trim()).filter((text) => /^\d{5,20}$/.test(text));
}

test('all open accounts in the order of a walk: house 2 before house 10, flat 3 before flat 12', async () => {
  const { code, out, err } = await qr(at('all.pdf'), '--bot', '@inkomus_bot');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toBe(`${at('all.pdf')}: карточек 4, листов 1; ссылки ведут в бот @inkomus_bot\n`);
  expect(await numbersOn(at('all.pdf'))).toEqual(['0000003', '0000001', '0000002', '0000010']);
  expect((await readFile(at('all.pdf'))).toString('latin1')).not.toContain('Секретов');
  expect(await readdir(folder)).toEqual(['all.pdf']);
});

test('a registry with a column of accounts, in windows-1251, in its own order, each number once', async () => {
  const rows = 'ФИО;ЛС;Период\nКто;0000010;10.2026\nКто;0000003;10.2026\nКто;0000010;09.2026\n';
  const path = await list('charges.csv', iconv.encode(rows, 'windows-1251'));
  const { code, out, err } = await qr(path, '--bot', 'inkomus_bot');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toContain('карточек 2, листов 1');
  expect(await numbersOn(at('charges.pdf'))).toEqual(['0000010', '0000003']);
});

test('a plain list: what is wrong in it is named, the rest is printed, and the exit code says so', async () => {
  const path = await list('list.txt', '\ufeff0000010\r\n0000 003\r\n\r\n7777777\r\nпять\r\n0000099\r\n0000010\r\n');
  const { code, out, err } = await qr(path, '--out', at('sheets.pdf'), '--bot', 'inkomus_bot');
  expect(code).toBe(1);
  expect(out).toContain('карточек 2, листов 1');
  expect(err.trim().split('\n')).toEqual([
    `${path}, строка 4: лицевого счёта 7777777 нет в загруженном реестре`,
    `${path}, строка 5: это не номер лицевого счёта (5–20 цифр)`,
    `${path}, строка 6: лицевого счёта 0000099 уже нет: он закрыт`,
  ]);
  expect(await numbersOn(at('sheets.pdf'))).toEqual(['0000010', '0000003']);
});

test('where nothing can be printed the former sheets stay as they were', async () => {
  await list('sheets.pdf', 'former');
  const path = await list('list.txt', '7777777\n');
  expect(await qr(path, at('sheets.pdf'), '--bot', 'inkomus_bot')).toMatchObject({
    code: 2,
    err: `${at('sheets.pdf')}: файл уже есть. Назовите другое имя или добавьте --force, чтобы заменить его.\n`,
  });
  const told = await qr(path, at('sheets.pdf'), '--bot', 'inkomus_bot', '--force');
  expect(told).toMatchObject({ code: 2, out: '', err: expect.stringContaining('Печатать нечего') as string });
  expect(await readFile(at('sheets.pdf'), 'utf8')).toBe('former');
  expect((await readdir(folder)).sort()).toEqual(['list.txt', 'sheets.pdf']);
});

test('the bot is asked of Telegram', async () => {
  const asked: string[] = [];
  const telegram = createServer((request, response) => {
    asked.push(request.url ?? '');
    const known = request.url?.includes('/bot1:right/');
    response.writeHead(known ? 200 : 401, { 'content-type': 'application/json' });
    const me = { id: 1, is_bot: true, first_name: 'Инкомус', username: 'taganrog_bot' };
    response.end(JSON.stringify(known ? { ok: true, result: me } : { ok: false, error_code: 401, description: 'Unauthorized' }));
  });
  await new Promise<void>((resolve) => telegram.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void telegram.close());
  const root = `http://127.0.0.1:${(telegram.address() as AddressInfo).port}`;
  const settings = (token: string) => ({ DATABASE_URL: base.url, TELEGRAM_API_ROOT: root, BOT_TOKEN: token });

  const told = await runCommand('qr', [at('all.pdf')], settings('1:right'));
  expect(told).toMatchObject({ code: 0, out: expect.stringContaining('@taganrog_bot') as string, err: '' });
  expect(asked).toEqual(['/bot1:right/getMe']);

  const wrong = await runCommand('qr', [at('wrong.pdf')], settings('1:wrong'));
  expect(wrong).toMatchObject({ code: 2, out: '', err: expect.stringContaining('Telegram не знает такого бота') as string });
  expect(wrong.err).not.toContain('1:wrong');
});

test('the sandbox’s bot is known without a token, and an empty sandbox is told as one', async () => {
  const told = await runCommand('qr', [at('all.pdf')], { DATA_DIR: at('data') });
  expect(told).toMatchObject({
    code: 2,
    out: '',
    err: expect.stringContaining('нет ни одного открытого лицевого счёта') as string,
  });
  await writeFile(at('accounts.csv'), 'ЛС;ФИО;Адрес\n0010001;Иванов;Лесная, 1\n');
  expect(await runCommand('import', [at('accounts.csv')], { DATA_DIR: at('data') })).toMatchObject({ code: 0 });
  expect(await runCommand('qr', [at('all.pdf')], { DATA_DIR: at('data') })).toEqual({
    code: 0,
    err: '',
    out: `${at('all.pdf')}: карточек 1, листов 1; ссылки ведут в бот @inkomus_sandbox_bot\n`,
  });
}, 300_000);

test('says what is wrong and what to do', async () => {
  const unnamed = qr(at('all.pdf'));
  const nowhere = qr(at('no-such-folder/all.pdf'), '--bot', 'inkomus_bot');
  const help = await qr('--help');
  expect(help).toMatchObject({ code: 0, out: expect.stringContaining('npm run qr -- СПИСОК') as string, err: '' });
  expect(await unnamed).toMatchObject({ code: 2, out: '', err: expect.stringContaining('задайте BOT_TOKEN') as string });
  expect(await nowhere).toMatchObject({ code: 2, out: '', err: expect.stringContaining('Не получилось') as string });
  expect(await readdir(folder)).toEqual([]);
});
