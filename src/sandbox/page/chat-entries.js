/** @import { SandboxPerson, ShownChat } from '../protocol.ts' */
/** @import { Page } from './page.js' */
import { isFolded } from './folds.js';
import { hashOf } from './page.js';
import { unreadIn } from './reading.js';
import { serviceLine, summaryOf } from './service.js';
import { isOwn, messagesOf } from './state.js';
import { phoneOf, stampOf } from './words.js';

/**
 * A line of the list: a heading that folds what is below it, or a place to go to.
 * @typedef {{ key: string, heading: string, level: 2 | 3, isFolded: boolean, unread: number }} Heading
 * @typedef {{ key: string, hash: string, kind: 'person' | 'group' | 'topic' | 'closed', name: string, sub: string, words: string, stamp: string, unread: number, isOpen: boolean, colour: number }} Entry
 */

/** @param {SandboxPerson} person */
export const fullName = (person) => `${person.firstName} ${person.lastName ?? ''}`.trim();

/** @param {number} id @returns {number} one of seven colours of round pictures */
export const colourOf = (id) => Math.abs(id) % 7;

/**
 * @param {Page} page
 * @param {ShownChat | undefined} chat
 * @param {number} threadId
 */
function newest(page, chat, threadId) {
  const last = chat && messagesOf(page.state, chat.id, threadId).at(-1);
  if (!last) return { words: '', stamp: '', date: 0, id: 0 };
  const who = chat.kind !== 'private' ? (last.message.from?.first_name ?? chat.title) : isOwn(chat, last, chat.id) ? 'Вы' : '';
  const author = who === '' || serviceLine(last.message) !== undefined ? '' : `${who}: `;
  return {
    words: author + summaryOf(last.message),
    stamp: stampOf(last.message.date, page.nowSeconds()),
    date: last.message.date,
    id: last.message.message_id,
  };
}

/**
 * @param {Page} page
 * @param {number} chatId
 * @param {number} threadId
 */
const placeOf = (page, chatId, threadId) => {
  const chat = page.state.chats.get(chatId);
  const open = page.place();
  return {
    key: `${chatId}:${threadId}`,
    hash: hashOf({ chatId, threadId }),
    unread: chat ? unreadIn(page, chat, threadId) : 0,
    isOpen: open?.chatId === chatId && open.threadId === threadId,
  };
};

/** @param {Page} page @param {SandboxPerson['role']} role @returns {Entry[]} the phones, the one that was spoken to last first */
function phones(page, role) {
  return [...page.state.people.values()]
    .filter((person) => person.role === role)
    .map((person) => ({ person, last: newest(page, page.state.chats.get(person.id), 0) }))
    .sort((one, other) => other.last.date - one.last.date)
    .map(({ person, last }) => ({
      ...placeOf(page, person.id, 0),
      kind: 'person',
      name: fullName(person),
      // A resident is known by his number; nobody asks for that of staff.
      sub: role === 'resident' ? phoneOf(person.phone) : '',
      words: last.words || 'Бот ещё не запущен',
      stamp: last.stamp,
      colour: colourOf(person.id),
    }));
}

/** @param {Page} page @param {ShownChat} chat @returns {(Heading | Entry)[]} the group, its open topics by their newest message, the closed ones folded */
function group(page, chat) {
  const { words, stamp } = newest(page, chat, 0);
  const sub = [chat.isForum ? 'Общая тема' : '', isStaffs(page, chat) ? '' : 'не группа сотрудников'].filter(Boolean).join(' · ');
  const all = chat.isForum
    ? chat.topics
        .map((topic) => ({ topic, last: newest(page, chat, topic.threadId) }))
        .sort((one, other) => (other.last.id || other.topic.threadId) - (one.last.id || one.topic.threadId))
    : [];
  /** @param {typeof all[number]} given @returns {Entry} */
  const entry = ({ topic, last }) => ({
    ...placeOf(page, chat.id, topic.threadId),
    kind: topic.isClosed ? 'closed' : 'topic',
    name: topic.name,
    sub: '',
    words: last.words,
    stamp: last.stamp,
    colour: colourOf(topic.threadId),
  });
  const closed = all.filter(({ topic }) => topic.isClosed).map(entry);
  return [
    { ...placeOf(page, chat.id, 0), kind: 'group', name: chat.title, sub, words, stamp, colour: colourOf(chat.id) },
    ...all.filter(({ topic }) => !topic.isClosed).map(entry),
    ...section(`closed:${chat.id}`, `Закрытые темы: ${closed.length}`, closed, 3),
  ];
}

/** @param {Page} page @param {ShownChat} chat */
const isStaffs = (page, chat) => chat.id === page.state.staffChatId;

/**
 * A heading and what it folds; what is unread or open stays to be seen. Nothing where there is nothing.
 * @param {string} key
 * @param {string} heading
 * @param {(Heading | Entry)[]} entries
 * @param {2 | 3} level
 * @returns {(Heading | Entry)[]}
 */
function section(key, heading, entries, level = 2) {
  if (entries.length === 0) return [];
  const folded = isFolded(key);
  const places = entries.filter((one) => 'hash' in one);
  const unread = folded ? places.reduce((sum, one) => sum + one.unread, 0) : 0;
  return [
    { key, heading, level, isFolded: folded, unread },
    ...(folded ? places.filter((one) => one.isOpen || (level === 3 && one.unread > 0)) : entries),
  ];
}

/** @param {Page} page @returns {(Heading | Entry)[]} */
export function entriesOf(page) {
  const groups = [...page.state.chats.values()]
    .filter((chat) => chat.kind !== 'private' && chat.migratedTo === undefined)
    .sort((one, other) => Number(isStaffs(page, other)) - Number(isStaffs(page, one)));
  return [
    ...section('residents', 'Телефоны жителей', phones(page, 'resident')),
    ...section('staff', 'Телефоны сотрудников', phones(page, 'staff')),
    ...section(
      'groups',
      groups.length > 1 ? 'Группы' : 'Группа сотрудников',
      groups.flatMap((chat) => group(page, chat)),
    ),
  ];
}
