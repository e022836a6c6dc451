import { userInfo } from 'node:os';
import { openDb } from '../adapters/postgres/pool.ts';
import { ConfigError } from '../config/config.ts';
import { readStorageConfig } from '../config/for-commands.ts';
import { ownerOfToken } from '../domain/data-owner.ts';
import { updateDataOwner, findDataOwner } from '../records/data-owner.ts';
import { deleteOldSentPapers } from '../records/sent-papers.ts';
import { insertAuditEntry } from '../records/audit-log.ts';
import { botClock } from './clock.ts';
import { withDataOf } from './storage.ts';
import { complain, giveUp, readCommandLine, printAnswer } from './terminal.ts';

const HELP = `npm run change-bot -- --from НОМЕР

Передаёт данные другому боту в Telegram: тому, чей токен стоит в BOT_TOKEN. --from — номер прежнего бота (цифры его токена до двоеточия).
Нужно, только когда бота заводят в @BotFather заново; новый токен того же бота номера не меняет, и с ним просто запускают npm start.
Сначала остановите бота. Жители и сотрудники пишут потом новому боту: пока человек не нажал у него «Начать», Telegram не даёт ему писать.
Данные песочницы боту не передаются. Кто и когда передал, записывается в журнал.

База данных: DATABASE_URL, а без неё встроенная в DATA_DIR.
Код выхода: 0 — переданы, 2 — команда написана неверно или передать не получилось.`;

const USAGE = 'Так: npm run change-bot -- --from НОМЕР (подробнее: npm run change-bot -- --help)';

process.exitCode = await run(process.argv.slice(2));

async function run(args: string[]): Promise<0 | 2> {
  const asked = readCommandLine(args, ['from']);
  if (asked?.help) return printAnswer(HELP);
  const from = asked?.options.from;
  if (asked?.words.length !== 0 || from === undefined || !/^\d{1,20}$/.test(from)) {
    return complain(`Назовите номер прежнего бота. ${USAGE}`);
  }
  try {
    const { botToken } = readStorageConfig();
    if (botToken === undefined) throw new ConfigError(['BOT_TOKEN: that of the bot which is to have the data']);
    return await handOver(from, ownerOfToken(botToken));
  } catch (error) {
    return giveUp(error);
  }
}

async function handOver(from: string, to: ReturnType<typeof ownerOfToken>): Promise<0 | 2> {
  return withDataOf('bot', async (pool) => {
    const now = botClock()();
    const isDone = await openDb(pool)
      .transaction()
      .execute(async (trx) => {
        if (!(await updateDataOwner(trx, `bot ${from}`, to))) return false;
        // A file's handle is good for the bot that sent it.
        await deleteOldSentPapers(trx, now);
        const entry = { who: 'command line', name: userInfo().username, what: 'data.change-bot' };
        await insertAuditEntry(trx, { ...entry, details: { from, to: to.slice('bot '.length) } }, now);
        return true;
      });
    if (isDone) return printAnswer(`Данные переданы: прежде ${from}, теперь ${to.slice('bot '.length)}.`);
    const mark = await findDataOwner(openDb(pool));
    const owner = mark?.owner === 'bot' || !mark ? 'ещё ничьи: их получит первый, кто запустит npm start' : mark.owner;
    return complain(`Эти данные не бота ${from}: они ${owner}. ${USAGE}`);
  });
}
