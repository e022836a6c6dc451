import { userInfo } from 'node:os';
import { openDb } from '../../adapters/postgres/pool.ts';
import { ConfigError } from '../../config/config.ts';
import { readStorageConfig } from '../../config/for-commands.ts';
import { ownerOfToken } from '../../domain/data-owner.ts';
import { insertAuditEntry } from '../../records/audit-log.ts';
import { findDataOwner, updateDataOwner } from '../../records/data-owner.ts';
import { deleteOldSentPapers } from '../../records/sent-papers.ts';
import { botClock } from '../kit/clock.ts';
import { giveUp } from '../kit/give-up.ts';
import type { Shell } from '../kit/shell.ts';
import { withDataOf } from '../kit/storage.ts';

/** Gives the data of the bot with the number `from` to that of `BOT_TOKEN`. `usage`: how the command is to be written. */
export async function handOver(from: string, usage: string, shell: Shell): Promise<0 | 2> {
  try {
    const { botToken } = readStorageConfig(shell.env, shell.folder);
    if (botToken === undefined) throw new ConfigError(['BOT_TOKEN: that of the bot which is to have the data']);
    return await giveTo(ownerOfToken(botToken), from, usage, shell);
  } catch (error) {
    return giveUp(shell, error);
  }
}

async function giveTo(to: ReturnType<typeof ownerOfToken>, from: string, usage: string, shell: Shell): Promise<0 | 2> {
  return withDataOf('bot', shell, async (pool) => {
    const now = botClock(shell)();
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
    if (isDone) return shell.answer(`Данные переданы: прежде ${from}, теперь ${to.slice('bot '.length)}.`);
    const mark = await findDataOwner(openDb(pool));
    const owner = mark?.owner === 'bot' || !mark ? 'ещё ничьи: их получит первый, кто запустит npm start' : mark.owner;
    return shell.complain(`Эти данные не бота ${from}: они ${owner}. ${usage}`);
  });
}
