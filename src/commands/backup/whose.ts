import type { Opening } from '../../adapters/data-owner.ts';
import { BackupRefused } from '../../adapters/postgres/backup/load.ts';
import { type DataOwner, mayOpen } from '../../domain/data-owner.ts';

/** @throws {BackupRefused} where a backup of this owner's data is not for the storage that was opened: whose it is, and how it is loaded. */
export function requireFor(owner: DataOwner, { opener }: Pick<Opening, 'opener'>): void {
  if (mayOpen(owner, opener)) return;
  if (owner === 'moved')
    throw new BackupRefused('её сделали с базы, данные которой уже переехали; возьмите копию той базы, куда они переехали');
  if (owner === 'sandbox') {
    throw new BackupRefused(
      'это копия песочницы, а открыта база бота: вымышленный город в неё не загружается. Песочнице её загружают без BOT_TOKEN и DATABASE_URL, а боту нужна копия данных бота; чья копия, говорит npm run restore -- ФАЙЛ --check',
    );
  }
  if (opener === 'sandbox') {
    throw new BackupRefused(
      `это копия данных ${called(owner)}, а без BOT_TOKEN открыта песочница: задайте BOT_TOKEN (а если база своя, и DATABASE_URL) и повторите`,
    );
  }
  throw new BackupRefused(
    `это копия данных ${called(owner)}, а BOT_TOKEN — ${called(opener)}: загрузите её с токеном ${called(owner)} (годится и отозванный). Если вместо него теперь бот ${numberOf(opener)}, передайте ему данные потом: npm run change-bot -- --from ${numberOf(owner)}`,
  );
}

/** In the genitive: `бота 4711`. */
export function called(owner: DataOwner): string {
  return owner === 'sandbox' ? 'песочницы' : `бота ${numberOf(owner)}`.trim();
}

export function numberOf(owner: DataOwner): string {
  return owner.replace(/\D/g, '');
}
