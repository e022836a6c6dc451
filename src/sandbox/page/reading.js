/** @import { ShownChat } from '../protocol.ts' */
/** @import { Page } from './page.js' */
import { isOwn, messagesOf, placeKey } from './state.js';

/**
 * How far the reader has read, kept in the browser and shared by its tabs: place → the newest message seen, and the newest SMS.
 * @typedef {{ places: Record<string, number>, sms: number }} Marks
 */

const STORED = 'sandbox-read';

/** @returns {Marks} */
function load() {
  try {
    const stored = /** @type {Marks} */ (JSON.parse(localStorage.getItem(STORED) ?? ''));
    if (typeof stored.sms === 'number' && stored.places) return stored;
  } catch {
    // Nothing stored yet, or by another version of the page.
  }
  return { places: {}, sms: 0 };
}

let marks = load();
addEventListener('storage', () => (marks = load()));

const save = () => localStorage.setItem(STORED, JSON.stringify(marks));

/** @param {Page} page @param {ShownChat} chat @param {number} threadId @returns {number} */
const newestIn = (page, chat, threadId) =>
  messagesOf(page.state, chat.id, threadId).reduce((max, one) => Math.max(max, one.message.message_id), 0);

/** @param {Page} page @returns {number} */
const newestSms = (page) => page.state.sms.reduce((max, one) => Math.max(max, one.id), 0);

/**
 * Takes back marks that are ahead of what there is: a new town counts its messages from the start.
 * @param {Page} page after a snapshot
 */
export function beginReading(page) {
  for (const chat of page.state.chats.values()) {
    for (const threadId of [0, ...chat.topics.map((topic) => topic.threadId)]) {
      const key = placeKey(chat.id, threadId);
      marks.places[key] = Math.min(marks.places[key] ?? 0, newestIn(page, chat, threadId));
    }
  }
  marks.sms = Math.min(marks.sms, newestSms(page));
  save();
}

/** @param {Page} page @param {ShownChat} chat @param {number} threadId @returns {number} */
export function unreadIn(page, chat, threadId) {
  const read = marks.places[placeKey(chat.id, threadId)] ?? 0;
  const viewer = page.viewerOf(chat.id);
  return messagesOf(page.state, chat.id, threadId).filter((one) => one.message.message_id > read && !isOwn(chat, one, viewer))
    .length;
}

/** @param {Page} page @returns {number} on the phones of residents: what staff have not read is no news to who tries the bot */
export const unreadByResidents = (page) =>
  [...page.state.people.values()]
    .filter((person) => person.role === 'resident')
    .map((person) => page.state.chats.get(person.id))
    .reduce((sum, chat) => sum + (chat ? unreadIn(page, chat, 0) : 0), 0);

/** @param {Page} page @param {ShownChat} chat @param {number} threadId @returns {boolean} whether there was anything unread */
export function readAll(page, chat, threadId) {
  const newest = newestIn(page, chat, threadId);
  const key = placeKey(chat.id, threadId);
  if ((marks.places[key] ?? 0) >= newest) return false;
  marks.places[key] = newest;
  save();
  return true;
}

/** Place → the first message that came while its reader was elsewhere, or did nothing. */
/** @type {Map<string, number>} */
const firstNew = new Map();

/** Place → when its reader last did something there, by the browser's clock. */
/** @type {Map<string, number>} */
const lastActs = new Map();

/** What comes within this is an answer, and no news. */
const ANSWER_MS = 15_000;

/** @param {number} chatId @param {number} threadId who reads there said or pressed something: what came before is no news any more */
export function noteAct(chatId, threadId) {
  const key = placeKey(chatId, threadId);
  lastActs.set(key, Date.now());
  firstNew.delete(key);
}

/** The clock was moved: whatever comes now comes by itself. */
export const forgetActs = () => lastActs.clear();

/** @param {number} chatId @param {number} threadId @param {number} messageId a message of somebody else came */
export function noteArrival(chatId, threadId, messageId) {
  const key = placeKey(chatId, threadId);
  if (firstNew.has(key) || Date.now() - (lastActs.get(key) ?? 0) < ANSWER_MS) return;
  firstNew.set(key, messageId);
}

/** @param {number} chatId @param {number} threadId @returns {number | undefined} before which message «Новое» stands */
export const newFrom = (chatId, threadId) => firstNew.get(placeKey(chatId, threadId));

/** @param {Page} page @returns {number} */
export const unreadSms = (page) => page.state.sms.filter((one) => one.id > marks.sms).length;

/** @param {Page} page @returns {boolean} whether there was anything unread */
export function readSms(page) {
  const newest = newestSms(page);
  if (marks.sms >= newest) return false;
  marks.sms = newest;
  save();
  return true;
}
