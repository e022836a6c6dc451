import { noticeKey, partOfNoticeKey } from '../../domain/notice-key.ts';
import { DAY_MS, later } from '../../domain/durations.ts';
import type { Db, Trx } from '../../records/database.ts';
import { type Link, listOtherLinks, listUnlinkedSince } from '../../records/links.ts';
import { deleteNoticesAbout, deleteToldOfLinks, findLastToldAt } from '../../records/notices.ts';
import type { NoticeDoor } from '../notices.ts';
import { tellResident } from '../tell-resident.ts';

const LOGIN: NoticeDoor = { label: 'button-login', dialog: 'sign-in' };
const LINK: NoticeDoor = { label: 'button-link', dialog: 'linking' };
const CONTACTS: NoticeDoor = { label: 'button-contacts', dialog: 'contacts' };
const DEBT_DOOR: NoticeDoor = { label: 'button-debt', dialog: 'debt' };
const REQUEST: NoticeDoor = { label: 'button-request', dialog: 'request' };

/**
 * Tells those who have the account already of a new link to it, with «Это не я», which whoever is signed out presses after the sign-in: once a day
 * of one resident's, who else could ring at them all night by linking and unlinking in turns. What was linked again within the day is told when the
 * day is over, if it is there then. The button is about whichever link that resident has when it is pressed.
 */
export async function announceLink(
  trx: Trx,
  { link, account, residentId }: { link: string; account: string; residentId: string },
  now: Date,
): Promise<void> {
  const before = await linksBefore(trx, { account, residentId }, now);
  for (const other of await listOtherLinks(trx, residentId, account))
    await tellOfLink(trx, { link, account, before }, other, now);
}

/** A link is told at the latest a day after it was made, and the next one a day after that. */
const TOLD_WITHIN_MS = 2 * DAY_MS;

/** The links by which this resident had the account before and gave it up, of so long as they may have been told within the last day. */
async function linksBefore(trx: Trx, of: { account: string; residentId: string }, now: Date): Promise<string[]> {
  const before = await listUnlinkedSince(trx, { ...of, since: later(now, -TOLD_WITHIN_MS) });
  // What was put off of those, the new one takes its place.
  await deleteNoticesAbout(trx, { keys: PUT_OFF, subjects: before });
  return before;
}

/** The first part of the keys of notices of a new link that were put off, which are judged when they go out (`../news/still-so.ts`). */
const PUT_OFF = 'link-anew';

async function tellOfLink(
  trx: Trx,
  { link, account, before }: { link: string; account: string; before: readonly string[] },
  { residentId }: Pick<Link, 'residentId'>,
  now: Date,
): Promise<void> {
  const keys = before.flatMap((id) => [noticeKey('link-new', id), noticeKey(PUT_OFF, id)]);
  const toldAt = await findLastToldAt(trx, residentId, keys);
  const from = toldAt && later(toldAt, DAY_MS);
  const notMe: NoticeDoor = { label: 'button-not-me', dialog: 'not-me', ref: link };
  await tell(
    trx,
    {
      event: 'link-new',
      link,
      account,
      residentId,
      doors: [notMe, LOGIN, notMe],
      hasIt: true,
      ...(from && from > now && { key: noticeKey(PUT_OFF, link), runAt: from }),
    },
    now,
  );
}

/** To a resident the next link of whoever made this one is a new one, of which nothing was told yet. */
export async function forgetTold(db: Db, residentId: string, link: string): Promise<void> {
  await deleteToldOfLinks(db, residentId, link, ['link-new', PUT_OFF]);
}

/** The same of a link that a resident gave to a relative: the giver hears who has it now. */
export async function announceGivenLink(
  trx: Trx,
  {
    link,
    account,
    residentId,
    giver,
    login,
  }: { link: string; account: string; residentId: string; giver: string; login: string },
  now: Date,
): Promise<void> {
  const before = await linksBefore(trx, { account, residentId }, now);
  const given: NoticeDoor = { label: 'button-accounts', dialog: 'accounts' };
  for (const other of await listOtherLinks(trx, residentId, account)) {
    const its = { link, account, residentId: other.residentId, hasIt: true } as const;
    if (other.residentId === giver)
      await tell(trx, { event: 'link-given', ...its, words: { login }, doors: [given, LOGIN] }, now);
    else await tellOfLink(trx, { link, account, before }, other, now);
  }
}

/** Tells a relative that whoever gave the access has taken it back. */
export async function announceLinkEndedByGiver(trx: Trx, { id, account, residentId }: Link, now: Date): Promise<void> {
  await tell(trx, { event: 'link-ended-by-giver', link: id, account, residentId, doors: [CONTACTS, CONTACTS] }, now);
}

/** Tells relatives that whoever gave them access has the account no more. */
export async function announceGiverLeft(trx: Trx, ended: readonly Link[], now: Date): Promise<void> {
  for (const { id, account, residentId } of ended)
    await tell(trx, { event: 'link-giver-left', link: id, account, residentId, doors: [LINK, LOGIN] }, now);
}

/** Tells residents that the owner in billing is another one now and their links have ended. */
export async function announceFormerOwner(trx: Trx, ended: readonly Link[], now: Date): Promise<void> {
  for (const { id, account, residentId } of ended) {
    // The same link may end again: a registry that was undone comes once more.
    const link = `${id}/${now.toISOString()}`;
    await tell(trx, { event: 'link-owner-changed', link, account, residentId, doors: [LINK, LOGIN] }, now);
  }
}

/**
 * Tells residents that there was no other owner after all, and their links are open again. Who was not told yet that they had ended hears
 * neither.
 */
export async function announceReopenedLinks(
  trx: Trx,
  links: readonly Pick<Link, 'id' | 'account' | 'residentId'>[],
  now: Date,
): Promise<void> {
  const untold = await deleteNoticesAbout(trx, { keys: 'link-owner-changed', subjects: links.map(({ id }) => id) });
  const spared = new Set(untold.flatMap(({ key, isHeard }) => (isHeard ? [] : [partOfNoticeKey(key, 'subject')])));
  for (const { id, account, residentId } of links) {
    if (spared.has(id)) continue;
    const key = `${id}/${now.toISOString()}`;
    await tell(trx, { event: 'link-reopened', link: key, account, residentId, doors: [DEBT_DOOR, LOGIN] }, now);
  }
}

/** Tells a resident that somebody who proved the account by an issued password has ended the link. */
export async function announceEndedLink(trx: Trx, { id, account, residentId }: Link, now: Date): Promise<void> {
  await tell(trx, { event: 'link-ended', link: id, account, residentId, doors: [CONTACTS, CONTACTS] }, now);
}

/** Tells a resident that staff have ended the link, which another holder of the account did not know. */
export async function announceLinkEndedByStaff(trx: Trx, { id, account, residentId }: Link, now: Date): Promise<void> {
  await tell(trx, { event: 'link-ended-by-staff', link: id, account, residentId, doors: [REQUEST, REQUEST] }, now);
}

/** Tells those who have the account, too, what staff decided about a link that one of them did not know. */
export async function announceJudgedLink(trx: Trx, link: Link, verdict: 'ended' | 'kept', now: Date): Promise<void> {
  for (const { residentId } of await listOtherLinks(trx, link.residentId, link.account)) {
    const event = `link-judged-${verdict}` as const;
    await tell(trx, { event, link: link.id, account: link.account, residentId, doors: [REQUEST, LOGIN], hasIt: true }, now);
  }
}

/** What a registry does to links comes when the registry comes, at night too; it can wait until the morning. */
const CAN_WAIT: ReadonlySet<LinkEvent['event']> = new Set(['link-owner-changed', 'link-reopened', 'link-giver-left']);

type LinkEvent = {
  /** Names the texts, `notice-<event>` and `notice-<event>-signed-out`. */
  event:
    | 'link-new'
    | 'link-owner-changed'
    | 'link-reopened'
    | 'link-ended'
    | 'link-ended-by-staff'
    | 'link-ended-by-giver'
    | 'link-giver-left'
    | 'link-given'
    | 'link-judged-ended'
    | 'link-judged-kept';
  link: string;
  account: string;
  residentId: string;
  words?: { login: string };
  /** The first for a reader who is signed in, the others for who is not. */
  doors: readonly [NoticeDoor, ...NoticeDoor[]];
  /** Whether its reader still has the account; the others have just lost it. */
  hasIt?: true;
  /** Else it is the event's and the link's; whom it is for comes after it. */
  key?: string;
  /** Not to be told earlier. */
  runAt?: Date;
};

async function tell(
  trx: Trx,
  { event, link, account, residentId, words, doors, hasIt, key = noticeKey(event, link), runAt }: LinkEvent,
  now: Date,
): Promise<void> {
  const [inside, ...outside] = doors;
  await tellResident(
    trx,
    residentId,
    {
      signedIn: { text: `notice-${event}`, words: { account, ...words }, doors: [inside] },
      signedOut: { text: `notice-${event}-signed-out`, doors: outside },
      key,
      daytime: CAN_WAIT.has(event),
      ...(runAt && { runAt }),
      ...(hasIt && { account }),
    },
    now,
  );
}
