/** @import { Person, ShownChat } from '../protocol.ts' */
/** @import { Page } from './page.js' */
import { byId, h, icon, keep } from './dom.js';
import { ask } from './overlays.js';
import { hashOf } from './page.js';
import { unreadIn, unreadSms } from './reading.js';
import { serviceLine, summaryOf } from './service.js';
import { isOwn, messagesOf } from './state.js';
import { initialsOf, phoneOf, stampOf } from './words.js';

/**
 * @typedef {{ key: string, heading: string } | { key: string, hash: string, kind: 'person' | 'group' | 'topic', name: string, sub: string, words: string, stamp: string, unread: number, isOpen: boolean, colour: number }} Entry
 */

/** @param {Person} person */
export const fullName = (person) => `${person.firstName} ${person.lastName ?? ''}`.trim();

/** @param {number} id @returns {number} one of seven colours of round pictures */
export const colourOf = (id) => Math.abs(id) % 7;

/** @param {number} unread */
const badge = (unread) =>
  unread === 0 ? null : h('span', { class: 'badge', 'aria-label': `непрочитанных: ${unread}` }, unread > 99 ? '99+' : unread);

/**
 * @param {Page} page
 * @param {ShownChat} chat
 * @param {number} threadId
 */
function newest(page, chat, threadId) {
  const messages = messagesOf(page.state, chat.id, threadId);
  const last = messages[messages.length - 1];
  if (!last) return { words: '', stamp: '', date: 0 };
  const who = chat.kind !== 'private' ? (last.message.from?.first_name ?? chat.title) : isOwn(chat, last, chat.id) ? 'Вы' : '';
  const author = who === '' || serviceLine(last.message) !== undefined ? '' : `${who}: `;
  return {
    words: author + summaryOf(last.message),
    stamp: stampOf(last.message.date, page.nowSeconds()),
    date: last.message.date,
  };
}

/**
 * @param {Page} page
 * @returns {Entry[]}
 */
function entriesOf(page) {
  const { people, chats } = page.state;
  const open = page.place();
  /** @param {number} chatId @param {number} threadId */
  const isOpen = (chatId, threadId) => open?.chatId === chatId && open.threadId === threadId;
  /** @param {Person['role']} role @returns {Entry[]} */
  const privates = (role) =>
    [...people.values()]
      .filter((person) => person.role === role)
      .map((person) => {
        const chat = chats.get(person.id);
        const { words, stamp, date } = chat ? newest(page, chat, 0) : { words: '', stamp: '', date: 0 };
        return {
          date,
          entry: /** @satisfies {Entry} */ ({
            key: String(person.id),
            hash: hashOf({ chatId: person.id, threadId: 0 }),
            kind: 'person',
            name: fullName(person),
            sub: phoneOf(person.phone),
            words: words || 'Бот ещё не запущен',
            stamp,
            unread: chat ? unreadIn(page, chat, 0) : 0,
            isOpen: isOpen(person.id, 0),
            colour: colourOf(person.id),
          }),
        };
      })
      .sort((one, other) => other.date - one.date)
      .map(({ entry }) => entry);

  /** @type {Entry[]} */
  const groups = [...chats.values()]
    .filter((chat) => chat.kind !== 'private' && chat.migratedTo === undefined)
    .flatMap((chat) => {
      /** @param {number} threadId @param {string} name @param {'group' | 'topic'} kind @param {string} sub @returns {Entry} */
      const entry = (threadId, name, kind, sub) => ({
        ...newest(page, chat, threadId),
        key: `${chat.id}:${threadId}`,
        hash: hashOf({ chatId: chat.id, threadId }),
        kind,
        name,
        sub,
        unread: unreadIn(page, chat, threadId),
        isOpen: isOpen(chat.id, threadId),
        colour: colourOf(kind === 'topic' ? threadId : chat.id),
      });
      const topics = [...chat.topics].sort((one, other) => other.threadId - one.threadId);
      return [
        entry(0, chat.title, 'group', chat.isForum ? 'Общая тема' : ''),
        ...topics.map((topic) => entry(topic.threadId, topic.name, 'topic', topic.isClosed ? 'закрыта' : '')),
      ];
    });
  const staff = privates('staff');
  return [
    { key: 'residents', heading: 'Телефоны жителей' },
    ...privates('resident'),
    ...(groups.length > 0 ? [{ key: 'groups', heading: 'Группа сотрудников' }, ...groups] : []),
    ...(staff.length > 0 ? [{ key: 'staff', heading: 'Телефоны сотрудников' }, ...staff] : []),
  ];
}

/** @param {Entry} entry */
function drawEntry(entry) {
  if ('heading' in entry) return h('h2', {}, entry.heading);
  const picture = entry.kind === 'person' ? initialsOf(entry.name) : icon(entry.kind === 'group' ? 'group' : 'topic');
  return h(
    'a',
    {
      class: `entry ${entry.kind}${entry.isOpen ? ' open' : ''}`,
      href: entry.hash,
      'aria-current': entry.isOpen ? 'page' : undefined,
    },
    h('span', { class: `avatar colour-${entry.colour}`, 'aria-hidden': 'true' }, picture),
    h(
      'span',
      { class: 'entry-text' },
      h('span', { class: 'entry-top' }, h('strong', {}, entry.name), h('small', {}, entry.stamp)),
      entry.sub ? h('small', { class: 'entry-sub' }, entry.sub) : null,
      h('span', { class: 'entry-bottom' }, h('span', { class: 'entry-words' }, entry.words), badge(entry.unread)),
    ),
  );
}

/** @param {Page} page */
export function drawChatList(page) {
  keep(byId('entries'), entriesOf(page), { key: (one) => one.key, signature: (one) => JSON.stringify(one), make: drawEntry });
  const sms = unreadSms(page);
  for (const place of document.querySelectorAll('.sms-badge'))
    place.replaceChildren(...[badge(sms)].filter((one) => one !== null));
  const all = entriesOf(page).reduce((sum, one) => sum + ('unread' in one ? one.unread : 0), sms);
  document.title = `${all > 0 ? `(${all}) ` : ''}${page.state.town.title || 'Песочница'}`;
}

/** «Новый житель»: what is left empty is made up. @param {Page} page */
export async function askNewResident(page) {
  const answer = await ask({
    title: 'Новый житель',
    text: 'Появится ещё один телефон с Telegram. Что оставите пустым, придумает песочница.',
    fields: [
      { name: 'firstName', label: 'Имя', placeholder: 'Анна' },
      { name: 'lastName', label: 'Фамилия', placeholder: 'Белова' },
      { name: 'phone', label: 'Номер телефона', type: 'tel', placeholder: '+79123456789' },
    ],
    agree: 'Создать',
  });
  if (!answer) return;
  const filled = Object.fromEntries(Object.entries(answer).filter(([, value]) => value !== ''));
  const result = await page.act({ type: 'new-person', role: 'resident', ...filled });
  if (result?.personId !== undefined) page.go(hashOf({ chatId: result.personId, threadId: 0 }));
}
