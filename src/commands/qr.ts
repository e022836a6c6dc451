import { randomUUID } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';
import { type ListedAccount, ListUnreadable, readAccountList } from '../adapters/account-list.ts';
import { openDb } from '../adapters/postgres/pool.ts';
import { createPrivateFile } from '../adapters/private-files.ts';
import { writablePathOf } from '../adapters/whole-file.ts';
import { AccountNumber } from '../domain/account-number.ts';
import { type LinkSheets, openLinkSheets } from '../papers/account-links.ts';
import { findOpenAccountsInTurn, findAccounts } from '../records/accounts.ts';
import type { Db } from '../records/database.ts';
import { loadTexts } from '../texts/texts.ts';
import { BotUnknown, findBotName, readBotName } from './bot-name.ts';
import { figure } from './import-report.ts';
import { type QrOrder, readQrOrder } from './qr-order.ts';
import { withStorage } from './storage.ts';
import { complain, giveUp, printAnswer } from './terminal.ts';

const HELP = `npm run qr -- ЛИСТЫ.pdf                          все открытые лицевые счета
npm run qr -- СПИСОК [--out ЛИСТЫ.pdf]           только счета из списка
                                                 (без --out листы ложатся рядом со списком: СПИСОК.pdf)

Печатает листы А4 с QR-кодами: по 12 карточек на листе, их разрезают по пунктиру и раскладывают по почтовым ящикам.
На карточке — код, номер лицевого счёта и адрес, имён нет. Код открывает бота сразу на этом счёте:
передать показания счётчиков или оплатить без регистрации.

СПИСОК — реестр с заголовком, в котором есть столбец «ЛС» (например, реестр лицевых счетов), или номера по одному в строке;
UTF-8 или windows-1251. Карточки идут в порядке списка, а все счета — по адресам: улица, дом, квартира.
Адреса берутся из загруженного реестра (npm run import). Закрытые счета не печатаются.

  --bot ИМЯ   имя бота в Telegram, например inkomus_bot. Без него имя спрашивается у Telegram по BOT_TOKEN.
  --out ФАЙЛ  куда записать листы; файл с таким именем заменяется, когда новый готов.

База данных: DATABASE_URL, а без неё встроенная: бота (с BOT_TOKEN) в DATA_DIR, песочницы в DATA_DIR/sandbox; бот при этом может работать.
Код выхода: 0 — листы готовы, 1 — готовы, но без счетов, которые названы в списке неверно, 2 — листов нет.`;

const USAGE = 'Так: npm run qr -- ЛИСТЫ.pdf или npm run qr -- СПИСОК (подробнее: npm run qr -- --help)';
const PROGRESS_MS = 5_000;
const AT_ONCE = 1_000;
const MOST_REASONS = 20;

process.exitCode = await run(process.argv.slice(2));

async function run(args: string[]): Promise<0 | 1 | 2> {
  const order = readQrOrder(args);
  if (order === 'help') return printAnswer(HELP);
  if ('problem' in order) return complain(`${order.problem} ${USAGE}`);
  try {
    const bot = order.bot === undefined ? await findBotName() : readBotName(order.bot);
    return await withStorage((pool) => print(openDb(pool), order, bot));
  } catch (error) {
    const known = error instanceof ListUnreadable || error instanceof BotUnknown;
    return known ? complain(error.message) : giveUp(error, { out: order.sheets });
  }
}

/** The sheets take their place when they are whole; what was half written goes. */
async function print(db: Db, { list, sheets: path }: QrOrder, botName: string): Promise<0 | 1 | 2> {
  const { text } = loadTexts({ timeZone: 'Europe/Moscow', clock: () => new Date() });
  const place = await writablePathOf(path);
  const half = `${place}.${randomUUID().slice(0, 8)}.tmp`;
  const sheets = openLinkSheets((await createPrivateFile(half)).createWriteStream(), botName, text);
  try {
    const { printed, refused } = list === undefined ? await printAll(db, sheets) : await printList(db, sheets, list);
    if (printed === 0) {
      await sheets.abandon();
      const why =
        list === undefined ? 'нет ни одного открытого лицевого счёта' : `в списке ${list} нет ни одного открытого счёта`;
      return complain(`Печатать нечего: ${why}. Новые счета появляются после npm run import.`);
    }
    const { pages } = await sheets.end();
    await rename(half, place);
    console.log(`${path}: карточек ${figure(printed)}, листов ${figure(pages)}; ссылки ведут в бот @${botName}`);
    return refused > 0 ? 1 : 0;
  } finally {
    await sheets.abandon();
    await rm(half, { force: true });
  }
}

type Count = { printed: number; refused: number };

async function printAll(db: Db, sheets: LinkSheets): Promise<Count> {
  const progress = openProgress();
  let printed = 0;
  await findOpenAccountsInTurn(db, async (accounts) => {
    for (const { number, address } of accounts) await sheets.add({ account: AccountNumber.parse(number), address });
    printed += accounts.length;
    progress(printed);
  });
  return { printed, refused: 0 };
}

async function printList(db: Db, sheets: LinkSheets, list: string): Promise<Count> {
  const progress = openProgress();
  const count: Count = { printed: 0, refused: 0 };
  const refuse = (line: number, why: string) => {
    count.refused += 1;
    if (count.refused <= MOST_REASONS) console.error(`${list}, строка ${line}: ${why}`);
  };
  for await (const listed of readAccountList(list)) {
    for (let from = 0; from < listed.length; from += AT_ONCE) {
      count.printed += await printSome(db, sheets, listed.slice(from, from + AT_ONCE), refuse);
      progress(count.printed);
    }
  }
  if (count.refused > MOST_REASONS) console.error(`${list}: и ещё таких строк ${figure(count.refused - MOST_REASONS)}`);
  return count;
}

/** In the order of the list; how many were printed. */
async function printSome(
  db: Db,
  sheets: LinkSheets,
  listed: readonly ListedAccount[],
  refuse: (line: number, why: string) => void,
): Promise<number> {
  const known = await findAccounts(
    db,
    listed.flatMap((each) => ('account' in each ? [each.account] : [])),
  );
  let printed = 0;
  for (const each of listed) {
    if ('problem' in each) {
      refuse(each.line, each.problem);
      continue;
    }
    const found = known.get(each.account);
    if (!found || found.closed) {
      refuse(each.line, `лицевого счёта ${each.account} ${found ? 'уже нет: он закрыт' : 'нет в загруженном реестре'}`);
      continue;
    }
    await sheets.add({ account: each.account, address: found.address });
    printed += 1;
  }
  return printed;
}

/** Tells of a long work every few seconds, apart from its result. */
function openProgress(): (printed: number) => void {
  let told = Date.now();
  return (printed) => {
    if (Date.now() - told < PROGRESS_MS) return;
    told = Date.now();
    console.error(`готово карточек: ${figure(printed)}…`);
  };
}
