/** @import { Entry, Heading } from './chat-entries.js' */
/** @import { Page } from './page.js' */
import { entriesOf } from './chat-entries.js';
import { byId, h, icon, keep } from './dom.js';
import { turnFold } from './folds.js';
import { ask } from './overlays.js';
import { hashOf } from './page.js';
import { unreadByResidents, unreadSms } from './reading.js';
import { initialsOf } from './words.js';

/** @param {number} unread */
const badge = (unread) =>
  unread === 0 ? null : h('span', { class: 'badge', 'aria-label': `непрочитанных: ${unread}` }, unread > 99 ? '99+' : unread);

/** @type {{ [Kind in Exclude<Entry['kind'], 'person'>]: Parameters<typeof icon>[0] }} */
const PICTURES = { group: 'group', topic: 'topic', closed: 'lock' };

/** @param {Page} page @param {Heading} heading */
function drawHeading(page, heading) {
  const turn = () => {
    turnFold(heading.key);
    page.redraw();
  };
  return h(
    heading.level === 2 ? 'h2' : 'h3',
    {},
    h(
      'button',
      { type: 'button', class: 'fold', 'aria-expanded': String(!heading.isFolded), onclick: turn },
      icon(heading.isFolded ? 'right' : 'down'),
      h('span', {}, heading.heading),
      badge(heading.unread),
    ),
  );
}

/** @param {Entry} entry */
function drawEntry(entry) {
  const picture = entry.kind === 'person' ? initialsOf(entry.name) : icon(PICTURES[entry.kind]);
  const isTopic = entry.kind === 'topic' || entry.kind === 'closed';
  return h(
    'a',
    {
      class: `entry ${entry.kind}${entry.kind === 'closed' ? ' topic' : ''}${entry.isOpen ? ' open' : ''}${entry.unread > 0 ? ' unread' : ''}`,
      href: entry.hash,
      title: isTopic ? entry.name : undefined,
      'aria-current': entry.isOpen ? 'page' : undefined,
    },
    h('span', { class: `avatar colour-${entry.colour}`, 'aria-hidden': 'true' }, picture),
    h(
      'span',
      { class: 'entry-text' },
      h('span', { class: 'entry-top' }, h('strong', {}, entry.name), h('small', {}, entry.stamp)),
      entry.sub ? h('small', { class: 'entry-sub' }, entry.sub) : null,
      h(
        'span',
        { class: 'entry-bottom' },
        entry.kind === 'closed' ? h('span', { class: 'unseen' }, 'закрыта, ') : null,
        h('span', { class: 'entry-words' }, entry.words),
        badge(entry.unread),
      ),
    ),
  );
}

/** @param {Page} page */
export function drawChatList(page) {
  const entries = entriesOf(page);
  keep(byId('entries'), entries, {
    key: (one) => one.key,
    signature: (one) => JSON.stringify(one),
    make: (one) => ('heading' in one ? drawHeading(page, one) : drawEntry(one)),
  });
  const sms = unreadSms(page);
  for (const place of document.querySelectorAll('.sms-badge'))
    place.replaceChildren(...[badge(sms)].filter((one) => one !== null));
  const all = sms + unreadByResidents(page);
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
