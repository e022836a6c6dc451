/** @import { ShownChat } from '../protocol.ts' */
/** @import { Page } from './page.js' */
import { isOwn, messagesOf, placeKey } from './state.js';

/**
 * How far the reader has read, kept in the browser and shared by its tabs: place → the newest message seen, and the newest SMS.
 * `at` is the sandbox's event when it was written: a smaller one later means a new town with numbers from the start.
 * @typedef {{ at: number, places: Record<string, number>, sms: number }} Marks
 */

const STORED = 'sandbox-read';

/** @returns {Marks} */
function load() {
  try {
    const stored = /** @type {Marks} */ (JSON.parse(localStorage.getItem(STORED) ?? ''));
    if (typeof stored.at === 'number' && typeof stored.sms === 'number' && stored.places) return stored;
  } catch {
    // Nothing stored yet, or by another version of the page.
  }
  return { at: 0, places: {}, sms: 0 };
}

let marks = load();
addEventListener('storage', () => (marks = load()));

const save = () => localStorage.setItem(STORED, JSON.stringify(marks));

/** @param {number} eventId of the snapshot that was taken */
export function beginReading(eventId) {
  if (eventId < marks.at) marks = { at: eventId, places: {}, sms: 0 };
  marks.at = eventId;
  save();
}

/** @param {Page} page @param {ShownChat} chat @param {number} threadId @returns {number} */
export function unreadIn(page, chat, threadId) {
  const read = marks.places[placeKey(chat.id, threadId)] ?? 0;
  const viewer = page.viewerOf(chat.id);
  return messagesOf(page.state, chat.id, threadId).filter((one) => one.message.message_id > read && !isOwn(chat, one, viewer))
    .length;
}

/** @param {Page} page @param {ShownChat} chat @param {number} threadId @returns {boolean} whether there was anything unread */
export function readAll(page, chat, threadId) {
  const newest = messagesOf(page.state, chat.id, threadId).reduce((max, one) => Math.max(max, one.message.message_id), 0);
  const key = placeKey(chat.id, threadId);
  if ((marks.places[key] ?? 0) >= newest) return false;
  marks.places[key] = newest;
  save();
  return true;
}

/** @param {Page} page @returns {number} */
export const unreadSms = (page) => page.state.sms.filter((one) => one.id > marks.sms).length;

/** @param {Page} page @returns {boolean} whether there was anything unread */
export function readSms(page) {
  const newest = page.state.sms.reduce((max, one) => Math.max(max, one.id), 0);
  if (marks.sms >= newest) return false;
  marks.sms = newest;
  save();
  return true;
}
