import { groupBy } from '../../domain/group-by.ts';
import { areToldTogether } from '../../domain/many-accounts.ts';
import type { Trx } from '../../records/database.ts';
import { countLinks } from '../../records/links.ts';
import type { OutboxRow } from '../../records/outbox.ts';
import type { UntoldLink } from '../../records/untold.ts';
import type { NoticeDoor } from '../notices.ts';
import type { NewsItem } from './news-telling.ts';

/** A piece of news that waits. */
export type WaitingNews = Pick<OutboxRow, 'account' | 'text' | 'words' | 'createdAt'> & { residentId: string };

export const DEBT_DOOR: NoticeDoor = { label: 'button-debt', dialog: 'debt' };

/** Up to whom a scan has come. */
export function lastResident(untold: readonly UntoldLink[]): string | undefined {
  return untold
    .map(({ residentId }) => residentId)
    .toSorted()
    .at(-1);
}

/** What is found of residents' accounts is told of each by itself, or of many together. */
export async function byResident<T extends { residentId: string }>(
  trx: Trx,
  found: readonly T[],
  tell: { each: (one: T) => NewsItem; together: (own: readonly T[]) => NewsItem[] },
): Promise<NewsItem[]> {
  const ofEach = groupBy(found, ({ residentId }) => residentId);
  const has = await countLinks(trx, [...ofEach.keys()]);
  return [...ofEach].flatMap(([residentId, own]) =>
    areToldTogether(own.length, has.get(residentId) ?? 0) ? tell.together(own) : own.map(tell.each),
  );
}

export const byAccount = (a: { account: string }, b: { account: string }) => (a.account < b.account ? -1 : 1);
