import type { Trx } from '../../../records/database.ts';
import { lockLinkProofsOf } from '../../../records/link-proofs.ts';
import { markLostZerosRefused } from '../../../records/registries/refusals.ts';
import {
  deleteNewAccounts,
  findLinkSince,
  findUseOfNewAccounts,
  type ImportToUndo,
  listAccountsClosedBy,
  listOwnersBefore,
  lockNewAccounts,
  restoreAccounts,
  updateLinksReopened,
  updatePasswordsReopened,
} from '../../../records/registries/previous-rows.ts';
import { stageWatchedAccounts } from '../../../records/registries/side-effects.ts';
import { lockLinking } from '../../../records/sum-failures.ts';
import { announceReopenedLinks } from '../../accounts/link-notices.ts';
import { endProofsOfOwnersBetween } from '../../accounts/links.ts';
import { tellAccountsReopened, tellAccountsClosedOrReopened } from '../../accounts/account-closed-notices.ts';
import { sameOwner } from '../owners.ts';
import { closing, code, decimal, isDay, maybe, needed, whole, words } from '../reading/cells.ts';
import { defineRegistry, type NotUndone, ofAccount } from '../registry.ts';

const optional = { optional: true } as const;

export const accounts = defineRegistry({
  kind: 'accounts',
  title: 'реестр лицевых счетов',
  rowsTitle: 'лицевые счета',
  columns: [
    { ...ofAccount, column: 'number', part: 'group' },
    { title: 'ФИО', column: 'owner_name', type: 'text', read: needed(words(200)) },
    { title: 'Адрес', column: 'address', type: 'text', read: needed(words(500)) },
    { title: 'ЕЛС', column: 'unified_number', type: 'text', read: maybe(code(40)), ...optional },
    { title: 'ФИАС', column: 'fias', type: 'text', read: maybe(words(60)), ...optional },
    { title: 'Площадь', column: 'area', type: 'numeric', read: maybe(decimal('positive')), ...optional },
    { title: 'Проживает', column: 'residents', type: 'integer', read: maybe(whole(0, 1000)), ...optional },
    {
      title: 'Закрыт',
      read: maybe(closing, 'false'),
      until: 'today',
      ...optional,
      fills: [
        { column: 'closed', type: 'boolean', from: (answer) => String(answer !== 'false') },
        { column: 'closed_on', type: 'date', from: (answer) => (isDay(answer) ? answer : null) },
      ],
    },
  ],
  repeat: { what: 'этот лицевой счёт', differs: 'данные другие' },
  absent: 'keeps',
  bringsAccounts: true,
  markRefused: markLostZerosRefused,
  sideEffects: { watch: stageWatchedAccounts, keep: async () => undefined },
  onTaken: tellAccountsClosedOrReopened,
  async restore(trx, found, now) {
    const { id } = found;
    const closed = await listAccountsClosedBy(trx, id);
    const moved = await listMovedOwners(trx, id);
    // What takes long comes first, while people go on linking: whoever proves one of these meanwhile sees it as the import had it, and is met below.
    const restored = await restoreAccounts(trx, id);
    const stays = await whyStays(trx, found, moved);
    if (stays) return stays;
    await endProofsOfOwnersBetween(trx, moved, now);
    await deleteNewAccounts(trx);
    await updatePasswordsReopened(trx, id, now);
    const links = await updateLinksReopened(trx, id);
    await announceReopenedLinks(trx, links, now);
    await tellAccountsReopened(trx, closed, now);
    return { restored, links: links.length };
  },
});

/** Accounts that came with the import, or the owners that it changed, have to stay. */
async function whyStays(trx: Trx, { id, startedAt }: ImportToUndo, moved: readonly string[]): Promise<NotUndone | undefined> {
  // Before any row that they wait for, as whoever proves an account does: who proves one at this moment loses that, or linked it before and
  // is seen here.
  await lockLinking(trx);
  if ((await lockNewAccounts(trx, id)) > 0) {
    const use = await findUseOfNewAccounts(trx);
    if (use) return use.importId === null ? { outcome: 'in-use', account: use.account } : { outcome: 'rests', on: use.importId };
  }
  await lockLinkProofsOf(trx, moved);
  const linked = await findLinkSince(trx, moved, startedAt);
  return linked === undefined ? undefined : { outcome: 'linked-since', account: linked };
}

/** The accounts whose owner the import made another person. */
async function listMovedOwners(trx: Trx, id: number): Promise<string[]> {
  return (await listOwnersBefore(trx, id)).filter(({ before, now }) => !sameOwner(before, now)).map(({ number }) => number);
}
