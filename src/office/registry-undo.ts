import { DAY_MS } from '../domain/durations.ts';
import { localDay } from '../domain/local-day.ts';
import type { Trx } from '../records/database.ts';
import { deleteNoticesAbout } from '../records/notices.ts';
import {
  findLinkSince,
  findImportResting,
  findUseOfNewAccounts,
  lockNewAccounts,
  type ImportToUndo,
  updateDataDay,
  lockImport,
  listOwnersBefore,
  listTouched,
  markImportUndone,
  updateLinksReopened,
  updatePasswordsReopened,
  updateAccountsRestored,
  updateLinesRestored,
  deleteMeterValuesOf,
  updateReadingsRestored,
  updateRowsRestored,
  updateChargesUntold,
} from '../records/registry-previous-rows.ts';
import { findNewestDay, type RegistryKind } from '../records/registry-imports.ts';
import { insertAuditEntry } from '../records/audit-log.ts';
import { announceReopenedLinks } from './link-notices.ts';
import { postNotice } from './notices.ts';
import { matchPayments } from './payment-matching.ts';
import { sameOwner } from './registries/owners.ts';

/** How long what was before an import is kept. */
export const UNDONE_WITHIN_DAYS = 60;

export const COMMAND_LINE = 'command line';

/** What an import did, gone: `removed` rows that were new, `restored` ones that it had changed or taken away. */
export type Undone = { outcome: 'undone'; kind: RegistryKind; name: string; removed: number; restored: number; links: number };

/** Why an import stays: there is none of this number, it is undone already, its traces are gone, or something rests on it. */
export type NotUndone =
  | { outcome: 'none' | 'already' | 'too-old' }
  /** A later import, to be undone before. */
  | { outcome: 'rests'; on: number }
  /** A new account is used: linked, or residents have handed in or paid for it. */
  | { outcome: 'in-use'; account: string }
  /** Somebody has linked an account as its new owner. */
  | { outcome: 'linked-since'; account: string };

export type UndoParts = {
  now: Date;
  timeZone: string;
  /** `who` as the journal has it: a messenger id, or `command line`. */
  by: { who: string; name: string };
};

/**
 * Undoes an import: its rows go, what it changed or took away is as it was, links that it ended by a change of owner are open again, payments
 * that it posted are under way, readings wait for their answer. Nothing is done where something later rests on it.
 */
export async function undoImport(trx: Trx, number: number, { now, timeZone, by }: UndoParts): Promise<Undone | NotUndone> {
  const found = await lockImport(trx, number);
  if (!found) return { outcome: 'none' };
  if (found.undone_at !== null) return { outcome: 'already' };
  if (found.rests_on === null || now.getTime() - found.finished_at.getTime() > UNDONE_WITHIN_DAYS * DAY_MS)
    return { outcome: 'too-old' };
  const on = await findImportResting(trx, number);
  if (on !== undefined) return { outcome: 'rests', on };
  const kept = found.kind === 'accounts' ? await whyAccountsStay(trx, found) : undefined;
  if (kept) return kept;

  const { restored, links } = await restore(trx, found, now);
  await markImportUndone(trx, number, by.who, now);
  const { kind, file_name: name, rows_new: removed } = found;
  await updateDataDay(trx, kind, await findNewestDay(trx, kind, localDay(now, timeZone)));

  const details = { number, name, kind, removed, restored, links };
  await insertAuditEntry(trx, { ...by, what: 'registries.undo', details }, now);
  const words = { number: String(number), kind, name, removed, restored, links, by: by.who === COMMAND_LINE ? 'empty' : by.name };
  await postNotice(trx, { to: 'staff', text: 'staff-registry-undone', words, key: `registry-undone/${number}` }, now);
  return { outcome: 'undone', kind, name, removed, restored, links };
}

/** Why accounts that came with the import, or the owners that it changed, have to stay. */
async function whyAccountsStay(trx: Trx, { id, started_at }: ImportToUndo): Promise<NotUndone | undefined> {
  if ((await lockNewAccounts(trx, id)) > 0) {
    const use = await findUseOfNewAccounts(trx);
    if (use) return use.importId === null ? { outcome: 'in-use', account: use.account } : { outcome: 'rests', on: use.importId };
  }
  const moved = (await listOwnersBefore(trx, id)).filter(({ before, now }) => !sameOwner(before, now));
  const account = await findLinkSince(
    trx,
    moved.map(({ number }) => number),
    started_at,
  );
  return account === undefined ? undefined : { outcome: 'linked-since', account };
}

async function restore(trx: Trx, { id, kind }: ImportToUndo, now: Date): Promise<{ restored: number; links: number }> {
  switch (kind) {
    case 'accounts': {
      const restored = await updateAccountsRestored(trx, id);
      await updatePasswordsReopened(trx, id, now);
      const links = await updateLinksReopened(trx, id);
      await announceReopenedLinks(trx, links, now);
      return { restored, links: links.length };
    }
    case 'charges':
    case 'payments': {
      const touched = await listTouched(trx, kind, id);
      const restored = await updateRowsRestored(trx, kind, id);
      if (kind === 'charges') await updateChargesUntold(trx, touched);
      else {
        await deleteNoticesAbout(trx, { keys: 'payment-posted', subjects: await updateLinesRestored(trx, id) });
        await matchPayments(trx, { now });
      }
      await deleteNoticesAbout(trx, { news: kind, accounts: touched });
      return { restored, links: 0 };
    }
    case 'meters': {
      const restored = await updateRowsRestored(trx, kind, id);
      await deleteMeterValuesOf(trx, id);
      return { restored, links: 0 };
    }
    case 'reading_answers': {
      const restored = await updateRowsRestored(trx, kind, id);
      const accounts = await updateReadingsRestored(trx, id);
      for (const keys of ['readings-accepted', 'readings-refused']) await deleteNoticesAbout(trx, { keys, subjects: accounts });
      return { restored, links: 0 };
    }
  }
}
