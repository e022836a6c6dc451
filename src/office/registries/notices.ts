import type { Trx } from '../../records/database.ts';
import type { RegistryKind } from '../../records/registries/imports.ts';
import { postNotice } from '../notices.ts';
import type { ImportReport } from './import-registry.ts';
import { closingWords, ownerWords, type RegistryHeld } from './owner-changes.ts';

/** In place of a colleague's name: nobody of the group did it. */
const NOBODY = 'empty';

/** For texts: rows that are there already but for the supplier or the source, and the first lines of them. */
export const besideWords = (beside: ImportReport['beside']) => ({
  beside: beside?.rows ?? 0,
  besideLines: beside?.lines.join(', ') ?? '',
});

/** Tells staff that a registry was taken in; `by`: the colleague who did it. */
export async function tellTaken(
  trx: Trx,
  { number, kind, name, read, new: added, changed, refused, beside, owners, closings }: Omit<ImportReport, 'refusedFile'>,
  { by = NOBODY, key }: { by?: string; key?: string },
  now: Date,
): Promise<void> {
  const counts = { read, new: added, changed, refused, ...ownerWords(owners) };
  const words = { number: String(number), kind, name, ...counts, by };
  const told =
    closings && closings.closing > 0
      ? { text: 'staff-registry-taken-closing', words: { ...words, ...closingWords(closings) } }
      : beside
        ? { text: 'staff-registry-taken-beside', words: { ...words, ...besideWords(beside) } }
        : { text: 'staff-registry-taken', words };
  await postNotice(trx, { to: 'staff', ...told, ...(key !== undefined && { key }) }, now);
}

/** The same of a file in the folder that is no registry; `isDescribed`: staff may choose a layout for it. */
export async function tellUnread(
  trx: Trx,
  { name, why, isDescribed }: { name: string; why: string; isDescribed: boolean },
  now: Date,
): Promise<void> {
  await postNotice(trx, { to: 'staff', text: 'staff-registry-unread', words: { name, why, layouts: isDescribed } }, now);
}

/** The same of one that cannot be moved out of the folder, and so is neither taken in nor turned away; `isTaken`: it was taken in before. */
export async function tellStuck(
  trx: Trx,
  { name, why, isTaken }: { name: string; why: string; isTaken: boolean },
  now: Date,
): Promise<void> {
  const text = isTaken ? 'staff-registry-stuck-taken' : 'staff-registry-stuck';
  await postNotice(trx, { to: 'staff', text, words: { name, why } }, now);
}

/** The same of one that would change the owners of many accounts, or close many. */
export async function tellHeld(
  trx: Trx,
  name: string,
  { changes, closings, held }: Pick<RegistryHeld, 'changes' | 'closings' | 'held'>,
  now: Date,
): Promise<void> {
  const flags = held.owners ? '--owners-changed --accounts-closed' : '--accounts-closed';
  const told = held.closings
    ? { text: 'staff-registry-held-closing', words: { name, ...changes, ...closingWords(closings), flags } }
    : { text: 'staff-registry-held', words: { name, ...changes } };
  await postNotice(trx, { to: 'staff', ...told }, now);
}

/** The same of an import that was undone. */
export async function tellUndone(
  trx: Trx,
  { number, ...undone }: { number: number; kind: RegistryKind; name: string; removed: number; restored: number; links: number },
  by: string | undefined,
  now: Date,
): Promise<void> {
  const words = { number: String(number), ...undone, by: by ?? NOBODY };
  await postNotice(trx, { to: 'staff', text: 'staff-registry-undone', words, key: `registry-undone/${number}` }, now);
}
