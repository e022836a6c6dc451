/** @typedef {Node | string | number | null | undefined | false | ChildList} Child */
/** @typedef {Child[]} ChildList */
/** @typedef {{ handle(event: Event): unknown }['handle']} Handler a method's type, so that a handler may ask for a narrower event */

/**
 * Makes an element: `class`, `aria-*`, `data-*` and other attributes by name, listeners as `onclick: fn`, properties that
 * are not text (`value`, `checked`, `disabled`, `hidden`) as they are. Text children are text, never markup.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, string | number | boolean | null | undefined | Handler>} [attributes]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === 'function') {
      element.addEventListener(name.slice(2), value);
    } else if (value === true) element.setAttribute(name, '');
    else element.setAttribute(name, String(value));
  }
  append(element, children);
  return element;
}

/**
 * @param {Element | DocumentFragment} parent
 * @param {Child} child
 */
function append(parent, child) {
  if (Array.isArray(child)) for (const each of child) append(parent, each);
  else if (child instanceof Node) parent.append(child);
  else if (child !== null && child !== undefined && child !== false) parent.append(String(child));
}

/**
 * The element of index.html with this id; throws when the page and its script do not fit together.
 * @param {string} id
 * @returns {HTMLElement}
 */
export function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`index.html has no #${id}`);
  return element;
}

/**
 * Makes `parent` hold exactly one element per item, in order, touching only what changed: an element is made again when
 * its item's signature differs from the one it was made with.
 * @template T
 * @param {Element} parent
 * @param {readonly T[]} items
 * @param {{ key: (item: T) => string, signature: (item: T) => string, make: (item: T) => HTMLElement, gone?: (element: HTMLElement) => void }} how
 */
export function keep(parent, items, how) {
  /** @type {Map<string, HTMLElement>} */
  const old = new Map();
  for (const child of parent.children) {
    if (child instanceof HTMLElement && child.dataset['key'] !== undefined) old.set(child.dataset['key'], child);
  }
  const wanted = new Set(items.map(how.key));
  for (const [key, element] of old) {
    if (wanted.has(key)) continue;
    if (how.gone) {
      delete element.dataset['key'];
      how.gone(element);
    } else element.remove();
  }
  /** @type {Element | null} */
  let cursor = parent.firstElementChild;
  const skipLeaving = () => {
    while (cursor instanceof HTMLElement && cursor.dataset['key'] === undefined) cursor = cursor.nextElementSibling;
  };
  for (const item of items) {
    const key = how.key(item);
    const signature = how.signature(item);
    const before = old.get(key);
    skipLeaving();
    if (before && before.dataset['signature'] === signature) {
      if (before === cursor) cursor = cursor.nextElementSibling;
      else parent.insertBefore(before, cursor);
      continue;
    }
    const element = how.make(item);
    element.dataset['key'] = key;
    element.dataset['signature'] = signature;
    if (before) {
      if (before === cursor) cursor = cursor.nextElementSibling;
      element.classList.add('again');
      before.replaceWith(element);
      if (element.nextElementSibling !== cursor) parent.insertBefore(element, cursor);
    } else parent.insertBefore(element, cursor);
  }
}

/** Lines of a drawing of 24 × 24, drawn by us. */
const ICONS = {
  back: 'M15 5l-7 7 7 7',
  send: 'M4 12l16-8-5 16-3.5-6.5L4 12zM11.5 13.5L20 4',
  attach: 'M20 11.5l-8.2 8.2a5 5 0 0 1-7.1-7.1l8.6-8.6a3.4 3.4 0 0 1 4.8 4.8l-8.6 8.6a1.7 1.7 0 0 1-2.4-2.4l7.8-7.8',
  keyboard: 'M3 6h18v12H3zM7 10h.01M12 10h.01M17 10h.01M7 14h10',
  down: 'M6 9l6 6 6-6',
  up: 'M6 15l6-6 6 6',
  right: 'M9 6l6 6-6 6',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  start: 'M5 4l14 8-14 8z',
  money: 'M3 7h18v10H3zM12 14.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM6 12h.01M18 12h.01',
  paper: 'M6 3h12v18l-3-2-3 2-3-2-3 2zM9 8h6M9 12h6',
  again: 'M4 12a8 8 0 1 0 2.6-5.9L4 8.5M4 4v4.5h4.5',
  lock: 'M6 11h12v9H6zM9 11V8a3 3 0 0 1 6 0v3',
  silent: 'M4 4l16 16M9 20h6M6 16V11a6 6 0 0 1 1-3.3M10 5.3a6 6 0 0 1 8 5.7V14',
  close: 'M6 6l12 12M18 6L6 18',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  file: 'M6 3h8l4 4v14H6zM14 3v4h4',
  pin: 'M12 21s7-6.2 7-11.5a7 7 0 0 0-14 0C5 14.8 12 21 12 21zM12 12a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c.6-4 4-6 8-6s7.4 2 8 6',
  sms: 'M4 5h16v11H9l-5 4zM8 9.5h8M8 12.5h5',
  town: 'M3 20h18M5 20V9l5-4 5 4v11M15 20v-8h4v8M9 12h2M9 16h2',
  group:
    'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2 20c.5-4 3.5-6 7-6s6.5 2 7 6M16 4.5a3.5 3.5 0 0 1 0 6.5M18 14.5c2.2.8 3.7 2.7 4 5.5',
  plus: 'M12 5v14M5 12h14',
  reply: 'M9 7L4 12l5 5M4 12h9a7 7 0 0 1 7 7',
  edit: 'M4 20l1-4L16.5 4.5l3 3L8 19z',
  trash: 'M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13',
  play: 'M8 5l11 7-11 7z',
  card: 'M3 6h18v12H3zM3 10h18',
  topic: 'M5 4L4 20M17 4l-1 16M3 9h18M2 15h18',
};

/** @typedef {keyof typeof ICONS} IconName */

/**
 * @param {IconName} name
 * @returns {SVGSVGElement}
 */
export function icon(name) {
  const space = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(space, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(space, 'path');
  path.setAttribute('d', ICONS[name]);
  svg.append(path);
  return svg;
}

/**
 * A button that is a drawing, with its name for those who do not see it.
 * @param {IconName} name
 * @param {string} label
 * @param {(event: MouseEvent) => void} onclick
 * @param {string} [extra] further classes
 */
export function iconButton(name, label, onclick, extra = '') {
  return h(
    'button',
    { type: 'button', class: `icon-button ${extra}`.trim(), 'aria-label': label, title: label, onclick },
    icon(name),
  );
}
