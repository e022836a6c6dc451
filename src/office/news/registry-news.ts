import { groupBy } from '../../domain/group-by.ts';
import type { Kopecks } from '../../domain/money.ts';
import type { OutboxRow } from '../../records/outbox.ts';
import type { UntoldLink } from '../../records/untold.ts';
import type { NoticeDoor } from '../notices.ts';
import type { NewsItem } from './news-telling.ts';

/** A piece of news that waits. */
export type WaitingNews = Pick<OutboxRow, 'account' | 'text' | 'words' | 'createdAt'> & { residentId: string };

export const DEBT: NoticeDoor = { label: 'button-debt', dialog: 'debt' };

/** Up to whom a round has come. */
export function lastResident(untold: readonly UntoldLink[]): string | undefined {
  return untold
    .map(({ residentId }) => residentId)
    .toSorted()
    .at(-1);
}

export function byResident<T extends { residentId: string }>(
  found: readonly T[],
  tell: (own: readonly T[]) => NewsItem[],
): NewsItem[] {
  return [...groupBy(found, ({ residentId }) => residentId).values()].flatMap(tell);
}

export const byAccount = (a: { account: string }, b: { account: string }) => (a.account < b.account ? -1 : 1);

export const sumOf = (sums: readonly Kopecks[]): Kopecks => sums.reduce((total, sum) => total + sum, 0);
