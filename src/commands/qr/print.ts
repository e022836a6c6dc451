import { randomUUID } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';
import { type ListedAccount, ListUnreadable, readAccountList } from '../../adapters/account-list.ts';
import { openDb } from '../../adapters/postgres/pool.ts';
import { createPrivateFile } from '../../adapters/private-files.ts';
import { writablePathOf } from '../../adapters/whole-file.ts';
import { AccountNumber } from '../../domain/account-number.ts';
import type { BotAddress } from '../../domain/bot-address.ts';
import { type LinkSheets, openLinkSheets } from '../../papers/account-links.ts';
import { findAccounts, findOpenAccountsInTurn } from '../../records/accounts.ts';
import type { Db } from '../../records/database.ts';
import { loadTexts } from '../../texts/texts.ts';
import { figure } from '../kit/figure.ts';
import { giveUp } from '../kit/give-up.ts';
import { tellProgress } from '../kit/progress.ts';
import type { Shell } from '../kit/shell.ts';
import { withStorage } from '../kit/storage.ts';
import { BotUnknown } from '../messengers/messenger.ts';
import { findBot, readBot } from '../messengers/messengers.ts';
import type { QrOrder } from './order.ts';

const PROGRESS = 'готово карточек';
const AT_ONCE = 1_000;
const MOST_REASONS = 20;

/** The sheets that were ordered, in their file. */
export async function printSheets(order: QrOrder, shell: Shell): Promise<0 | 1 | 2> {
  try {
    const bot = order.bot === undefined ? await findBot(shell) : readBot(order.bot);
    return await withStorage(shell, (pool) => print(openDb(pool), order, bot, shell));
  } catch (error) {
    const known = error instanceof ListUnreadable || error instanceof BotUnknown;
    return known ? shell.complain(error.message) : giveUp(shell, error, { out: order.sheets });
  }
}

/** The sheets take their place when they are whole; what was half written goes. */
async function print(db: Db, { list, sheets: path }: QrOrder, bot: BotAddress, shell: Shell): Promise<0 | 1 | 2> {
  const { text } = loadTexts({ timeZone: 'Europe/Moscow', clock: () => new Date() });
  const place = await writablePathOf(path);
  const half = `${place}.${randomUUID().slice(0, 8)}.tmp`;
  const sheets = openLinkSheets((await createPrivateFile(half)).createWriteStream(), bot, text);
  try {
    const { printed, refused } =
      list === undefined ? await printAll(db, sheets, shell) : await printList(db, sheets, list, shell);
    if (printed === 0) {
      await sheets.abandon();
      const why =
        list === undefined ? 'нет ни одного открытого лицевого счёта' : `в списке ${list} нет ни одного открытого счёта`;
      return shell.complain(`Печатать нечего: ${why}. Новые счета появляются после npm run import.`);
    }
    const { pages } = await sheets.end();
    await rename(half, place);
    shell.print(`${path}: карточек ${figure(printed)}, листов ${figure(pages)}; ссылки ведут в бот @${bot.name}`);
    return refused > 0 ? 1 : 0;
  } finally {
    await sheets.abandon();
    await rm(half, { force: true });
  }
}

type Count = { printed: number; refused: number };

async function printAll(db: Db, sheets: LinkSheets, shell: Shell): Promise<Count> {
  const progress = tellProgress(shell, PROGRESS);
  let printed = 0;
  await findOpenAccountsInTurn(db, async (accounts) => {
    for (const { number, address } of accounts) await sheets.add({ account: AccountNumber.parse(number), address });
    printed += accounts.length;
    progress(printed);
  });
  return { printed, refused: 0 };
}

async function printList(db: Db, sheets: LinkSheets, list: string, shell: Shell): Promise<Count> {
  const progress = tellProgress(shell, PROGRESS);
  const count: Count = { printed: 0, refused: 0 };
  const refuse = (line: number, why: string) => {
    count.refused += 1;
    if (count.refused <= MOST_REASONS) shell.tell(`${list}, строка ${line}: ${why}`);
  };
  for await (const listed of readAccountList(list)) {
    for (let from = 0; from < listed.length; from += AT_ONCE) {
      count.printed += await printSome(db, sheets, listed.slice(from, from + AT_ONCE), refuse);
      progress(count.printed);
    }
  }
  if (count.refused > MOST_REASONS) shell.tell(`${list}: и ещё таких строк ${figure(count.refused - MOST_REASONS)}`);
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
