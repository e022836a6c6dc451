/** @import { MessageEntity } from 'grammy/types' */
import { h, icon } from './dom.js';

/**
 * What a press on a part of a text does.
 * @typedef {{ command: (text: string) => void, copy: (text: string) => void, start: (payload: string) => void, botUsername: string }} TextActions
 */

/**
 * A message's text as elements. Offsets count UTF-16 units, as Telegram's do and as strings here do; entities may lie within each other.
 * @param {string} text
 * @param {readonly MessageEntity[]} entities
 * @param {TextActions} actions
 * @returns {DocumentFragment}
 */
export function drawText(text, entities, actions) {
  const sorted = [...entities].sort((one, other) => one.offset - other.offset || other.length - one.length);
  const fragment = document.createDocumentFragment();
  fragment.append(...drawRange(text, 0, text.length, sorted, actions));
  return fragment;
}

/**
 * @param {string} text
 * @param {number} from
 * @param {number} to
 * @param {MessageEntity[]} entities those that begin within, sorted
 * @param {TextActions} actions
 * @returns {(Node | string)[]}
 */
function drawRange(text, from, to, entities, actions) {
  /** @type {(Node | string)[]} */
  const drawn = [];
  let at = from;
  let next = 0;
  while (next < entities.length) {
    const entity = entities[next];
    next += 1;
    if (!entity || entity.offset < at) continue;
    const end = Math.min(entity.offset + entity.length, to);
    /** @type {MessageEntity[]} */
    const inner = [];
    while (next < entities.length) {
      const candidate = entities[next];
      if (!candidate || candidate.offset >= end) break;
      inner.push(candidate);
      next += 1;
    }
    if (entity.offset > at) drawn.push(text.slice(at, entity.offset));
    drawn.push(wrap(entity, text.slice(entity.offset, end), drawRange(text, entity.offset, end, inner, actions), actions));
    at = end;
  }
  if (at < to) drawn.push(text.slice(at, to));
  return drawn;
}

/** Where a link may lead from a chat; `javascript:` and the like stay text. */
const SAFE_LINK = /^(https?|mailto|tel|tg):/i;

/**
 * @param {string} url
 * @param {(Node | string)[]} inside
 * @param {TextActions} actions
 */
function link(url, inside, actions) {
  const full = /^[a-z][a-z0-9+.-]*:/i.test(url) ? url : `https://${url}`;
  if (!SAFE_LINK.test(full)) return h('span', {}, inside);
  const deep = /^https?:\/\/(?:t|telegram)\.me\/([^/?#]+)\/?\?start=([\w-]+)$/i.exec(full);
  if (deep?.[1]?.toLowerCase() === actions.botUsername.toLowerCase() && deep[2]) {
    const payload = deep[2];
    return h('button', { type: 'button', class: 'link', onclick: () => actions.start(payload) }, inside);
  }
  return h('a', { href: full, target: '_blank', rel: 'noopener noreferrer' }, inside);
}

/**
 * @param {MessageEntity} entity
 * @param {string} text
 * @param {(Node | string)[]} inside
 * @param {TextActions} actions
 * @returns {Node}
 */
function wrap(entity, text, inside, actions) {
  switch (entity.type) {
    case 'bold':
      return h('strong', {}, inside);
    case 'italic':
      return h('em', {}, inside);
    case 'underline':
      return h('u', {}, inside);
    case 'strikethrough':
      return h('s', {}, inside);
    case 'code':
      return h('code', { title: 'Нажмите, чтобы скопировать', onclick: () => actions.copy(text) }, inside);
    case 'pre':
      return h('pre', { 'data-language': entity.language }, inside);
    case 'blockquote':
      return h('blockquote', {}, inside);
    case 'expandable_blockquote':
      return expandable(inside);
    case 'spoiler':
      return spoiler(inside);
    case 'text_link':
      return link(entity.url, inside, actions);
    case 'url':
      return link(text, inside, actions);
    case 'email':
      return link(`mailto:${text}`, inside, actions);
    case 'phone_number':
      return link(`tel:${text.replace(/[^\d+]/g, '')}`, inside, actions);
    case 'bot_command':
      return h('button', { type: 'button', class: 'link', onclick: () => actions.command(text) }, inside);
    case 'mention':
    case 'text_mention':
    case 'hashtag':
    case 'cashtag':
    case 'date_time':
      return h('span', { class: 'mention' }, inside);
    case 'custom_emoji':
    default: // Telegram may grow kinds that these types do not know.
      return h('span', {}, inside);
  }
}

/** @param {(Node | string)[]} inside */
function spoiler(inside) {
  const element = h(
    'span',
    { class: 'spoiler', role: 'button', tabindex: '0', 'aria-label': 'Скрытый текст, нажмите, чтобы показать' },
    inside,
  );
  const reveal = () => {
    element.classList.add('open');
    for (const name of ['role', 'tabindex', 'aria-label']) element.removeAttribute(name);
  };
  element.addEventListener('click', reveal, { once: true });
  element.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' || event.key === ' ') reveal();
  });
  return element;
}

/** @param {(Node | string)[]} inside */
function expandable(inside) {
  const turn = () => {
    const isFolded = element.classList.toggle('folded');
    button.setAttribute('aria-expanded', String(!isFolded));
    button.replaceChildren(isFolded ? 'Показать полностью' : 'Свернуть', icon(isFolded ? 'down' : 'up'));
  };
  const button = h('button', { type: 'button', class: 'fold-turn', onclick: turn });
  const element = h('blockquote', { class: 'expandable' }, h('div', { class: 'fold-words' }, inside), button);
  turn();
  return element;
}
