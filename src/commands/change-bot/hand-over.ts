import { openDb } from '../../adapters/postgres/pool.ts';
import { REFS_OF_ONE_BOT } from '../../channels/telegram/ids.ts';
import { ConfigError } from '../../config/config.ts';
import { readStorageConfig } from '../../config/for-commands.ts';
import type { DataOwner } from '../../domain/data-owner.ts';
import { insertAuditEntry } from '../../records/audit-log.ts';
import { findDataOwner, updateDataOwner } from '../../records/data-owner.ts';
import { deleteFormerMessages, updateMessagesFormer } from '../../records/former-messages.ts';
import { hasLeads } from '../../records/leads.ts';
import { deleteOldSentPapers } from '../../records/sent-papers.ts';
import { called, numberOf } from '../backup/whose.ts';
import { botClock } from '../kit/clock.ts';
import { giveUp } from '../kit/give-up.ts';
import { operator } from '../kit/operator.ts';
import type { Shell } from '../kit/shell.ts';
import { withDataOf } from '../kit/storage.ts';

/** Gives the data of the bot with the number `from` to that of `BOT_TOKEN`. */
export async function handOver(from: string, shell: Shell): Promise<0 | 2> {
  try {
    const { owner } = readStorageConfig(shell.env, shell.folder);
    if (!owner.startsWith('bot '))
      throw new ConfigError(['BOT_TOKEN: не задан: нужен токен того бота, которому передаются данные (его даёт @BotFather)']);
    return await giveTo(owner, from, shell);
  } catch (error) {
    return giveUp(shell, error, { what: 'Данные не переданы' });
  }
}

async function giveTo(to: DataOwner, from: string, shell: Shell): Promise<0 | 2> {
  return withDataOf('bot', shell, async (pool) => {
    const now = botClock(shell)();
    const isDone = await openDb(pool)
      .transaction()
      .execute(async (trx) => {
        if (await hasLeads(trx)) return 'at-work';
        if (!(await updateDataOwner(trx, `bot ${from}`, to))) return false;
        // A file's handle is good for the bot that sent it.
        await deleteOldSentPapers(trx, now);
        await updateMessagesFormer(trx, { refs: REFS_OF_ONE_BOT, bot: from });
        await deleteFormerMessages(trx, { refs: REFS_OF_ONE_BOT });
        const entry = { ...operator(), what: 'data.change-bot' };
        await insertAuditEntry(trx, { ...entry, details: { from, to: numberOf(to) } }, now);
        return true;
      });
    if (isDone === 'at-work') return shell.complain('Данные не переданы: бот ещё работает с ними. Остановите его и повторите.');
    if (isDone) return shell.answer(`Данные переданы: прежде ${from}, теперь ${numberOf(to)}. Запустите бота: npm start`);
    const owner = (await findDataOwner(openDb(pool)))?.owner ?? 'bot';
    if (owner === to)
      return shell.complain(`Это уже данные ${called(to)}, чей токен стоит в BOT_TOKEN. Запустите его: npm start`);
    if (owner === 'bot')
      return shell.complain(`Эти данные ещё ничьи: передавать нечего. Их получит первый бот, который здесь запустят: npm start`);
    return shell.complain(
      `Это данные ${called(owner)}, а не бота ${from}. Если передать нужно их: npm run change-bot -- --from ${numberOf(owner)}; если нет, исправьте DATABASE_URL или DATA_DIR.`,
    );
  });
}
