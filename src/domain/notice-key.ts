/**
 * Keys of notices, `event/subject/…/addressee`: what happened, to what, what tells one time from the next, and last whom it is for; a notice of the
 * same key goes out once. Rows keep them for days and both releases of an upgrade write them, so the form never changes.
 */

/** Where in a key its parts stand, from 1. `link`, `moment`: of those about accounts that several have. */
export const NOTICE_KEY_PLACES = { event: 1, subject: 2, link: 3, moment: 4 } as const;
export type NoticeKeyPart = keyof typeof NOTICE_KEY_PLACES;

/** The subject of news without figures, behind which stands what they are about. */
export const SIGNED_OUT = 'signed-out';

export function noticeKey(event: string, ...parts: readonly string[]): string {
  return [event, ...parts].join('/');
}

/** Undefined where the key has no such part. */
export function partOfNoticeKey(key: string, part: NoticeKeyPart): string | undefined {
  return key.split('/')[NOTICE_KEY_PLACES[part] - 1];
}

/** The first part of what a piece of news is about, with figures or without: the day to pay, the day on which a window opens or closes. */
export function newsSubjectOf(key: string): string {
  const [, first = '', second = ''] = key.split('/');
  return first === SIGNED_OUT ? second : first;
}

/** The key without so many of its last parts: some subjects have slashes of their own. */
export function noticeKeyUpTo(key: string, lastParts: number): string {
  return key.split('/').slice(0, -lastParts).join('/');
}

/** Of a replaced meter: behind its number, which may have slashes, stand the window, the link and the messenger account. */
export const METER_KEY_TAIL = 3;
