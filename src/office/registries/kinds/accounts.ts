import type { Trx } from '../../../records/database.ts';
import { markLostZerosRefused } from '../../../records/registries/refusals.ts';
import {
  findLinkSince,
  findUseOfNewAccounts,
  type ImportToUndo,
  listAccountsClosedBy,
  listOwnersBefore,
  lockNewAccounts,
  updateAccountsRestored,
  updateLinksReopened,
  updatePasswordsReopened,
} from '../../../records/registries/previous-rows.ts';
import { announceReopenedLinks } from '../../accounts/link-notices.ts';
import { saveAccountsWatched } from '../../../records/registries/side-effects.ts';
import { tellAccountsReopened, tellAccountsTurned } from '../../readings/registry-notices.ts';
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
  sideEffects: { watch: saveAccountsWatched, keep: async () => undefined },
  onTaken: tellAccountsTurned,
  whyStays,
  async restore(trx, id, now) {
    const closed = await listAccountsClosedBy(trx, id);
    const restored = await updateAccountsRestored(trx, id);
    await updatePasswordsReopened(trx, id, now);
    const links = await updateLinksReopened(trx, id);
    await announceReopenedLinks(trx, links, now);
    await tellAccountsReopened(trx, closed, now);
    return { restored, links: links.length };
  },
});

/** Accounts that came with the import, or the owners that it changed, have to stay. */
async function whyStays(trx: Trx, { id, startedAt }: ImportToUndo): Promise<NotUndone | undefined> {
  if ((await lockNewAccounts(trx, id)) > 0) {
    const use = await findUseOfNewAccounts(trx);
    if (use) return use.importId === null ? { outcome: 'in-use', account: use.account } : { outcome: 'rests', on: use.importId };
  }
  const moved = (await listOwnersBefore(trx, id)).filter(({ before, now }) => !sameOwner(before, now));
  const linked = await findLinkSince(
    trx,
    moved.map(({ number }) => number),
    startedAt,
  );
  return linked === undefined ? undefined : { outcome: 'linked-since', account: linked };
}
