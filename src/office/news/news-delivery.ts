import { isBeingSent } from '../../records/announcements.ts';
import type { Db } from '../../records/database.ts';
import { listLinkedAccounts } from '../../records/links.ts';
import { findNoticeStanding } from '../../records/news-readers.ts';
import type { OutboxRow } from '../../records/outbox.ts';
import type { NoticeDoor } from '../notices.ts';
import { newsText, SIGNED_OUT_DOORS } from './news-texts.ts';

/** What is to be said; `others`: notices that are told by the same message, in hand as the first of them is. */
export type SaidNow = Pick<OutboxRow, 'text' | 'words' | 'doors'> & { others?: readonly number[] };

/**
 * A notice as its reader may hear it at this moment: it may have waited for the morning. What a resident is told is said without figures to who has
 * signed out meanwhile, and undefined is said to who has switched it off, has not the account any more, or has withdrawn the consent, to a
 * messenger account that is no longer the resident's, and of an announcement that was stopped.
 */
export async function asOfNow(db: Db, notice: OutboxRow, now: Date): Promise<SaidNow | undefined> {
  const { news: kind, residentId, account, addressee: messengerId, signedOut: instead } = notice;
  if (residentId === null) return notice;
  if (notice.announcementId !== null && !(await isBeingSent(db, notice.announcementId))) return undefined;
  const plain = instead === null ? undefined : { ...instead, words: {} };
  const standing = await findNoticeStanding(db, { kind, residentId, messengerId, account }, now);
  if (!standing.wanted) return undefined;
  // Of what happened to the login itself its former messenger accounts hear, too.
  if (kind === null && instead === null) return notice;
  if (standing.signedIn) {
    if (kind === null || (await isAllLinked(db, notice))) return notice;
    return { text: `notice-${kind}-plain`, words: {}, doors: notice.doors };
  }
  if (!standing.known) return undefined;
  if (kind === null) return plain && standing.toConfirm ? { ...plain, doors: plain.doors.map(orChangePhone) } : plain;
  // An announcement, or its correction, has no figures.
  const { text, words } = kind === 'announcements' ? notice : { text: newsText(kind, false), words: {} };
  return { text, words, doors: [...SIGNED_OUT_DOORS] };
}

const CHANGE_PHONE: NoticeDoor = { label: 'button-change-phone', dialog: 'change-phone' };

/** Who is signed in and has to confirm a new phone is not led to the sign-in. */
const orChangePhone = (door: NoticeDoor): NoticeDoor => (door.dialog === 'sign-in' ? CHANGE_PHONE : door);

/** Whether the resident still has all accounts that news of many of them speak of. */
async function isAllLinked(db: Db, { words: { accounts }, residentId }: OutboxRow): Promise<boolean> {
  if (typeof accounts !== 'string' || residentId === null) return true;
  const linked = new Set((await listLinkedAccounts(db, residentId)).map(({ account }) => account));
  return accounts.split(',').every((account) => linked.has(account));
}
