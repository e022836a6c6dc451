import { byId, h } from './dom.js';

/** What is said after that pushes the oldest out. */
const MOST_TOASTS = 2;

/**
 * A short word at the lower edge that goes by itself; read aloud politely.
 * @param {string} text
 */
export function toast(text) {
  const element = h('div', { class: 'toast' }, text);
  const toasts = byId('toasts');
  toasts.append(element);
  while (toasts.children.length > MOST_TOASTS) toasts.firstElementChild?.remove();
  const readingMs = Math.min(7000, 2600 + text.length * 40);
  setTimeout(() => element.classList.add('leaving'), readingMs);
  setTimeout(() => element.remove(), readingMs + 400);
}

/** @param {string} text goes to the clipboard, where the browser lets it */
export const copy = (text) =>
  void navigator.clipboard.writeText(text).then(
    () => toast('Скопировано'),
    () => toast('Браузер не дал скопировать'),
  );

/**
 * @typedef {{ name: string, label: string, value?: string, type?: string, placeholder?: string, hint?: string, options?: { value: string, label: string }[] }} Field
 */

/**
 * Asks in a dialog over the page: words, fields, a button to agree. Escape, «Отмена» and a press beside it leave.
 * @param {{ title: string, text?: string | Node, fields?: Field[], agree: string, decline?: string, isDanger?: boolean }} question
 * @returns {Promise<Record<string, string> | undefined>} the fields' values, trimmed; undefined when left
 */
export const ask = (question) => openDialog(question).answer;

/**
 * @param {Parameters<typeof ask>[0]} question
 * @returns {{ answer: Promise<Record<string, string> | undefined>, close: () => void }}
 */
function openDialog({ title, text, fields = [], agree, decline = 'Отмена', isDanger = false }) {
  /** @type {HTMLDialogElement | undefined} */
  let opened;
  /** @type {Promise<Record<string, string> | undefined>} */
  const answer = new Promise((resolve) => {
    const heading = h('h2', { id: 'dialog-title' }, title);
    const inputs = fields.map((field) => {
      const attributes = {
        name: field.name,
        id: `field-${field.name}`,
        type: field.type ?? 'text',
        placeholder: field.placeholder,
        autocomplete: 'off',
      };
      const input = field.options
        ? h(
            'select',
            { name: field.name, id: `field-${field.name}` },
            field.options.map((one) => h('option', { value: one.value }, one.label)),
          )
        : h('input', attributes);
      if (field.value !== undefined) input.value = field.value;
      return { field, input };
    });
    /** @type {HTMLFormElement} */
    const form = h(
      'form',
      { method: 'dialog' },
      heading,
      text === undefined ? null : h('div', { class: 'dialog-text' }, text),
      inputs.map(({ field, input }) =>
        h(
          'label',
          { class: 'field', for: `field-${field.name}` },
          h('span', {}, field.label),
          input,
          field.hint ? h('small', {}, field.hint) : null,
        ),
      ),
      h(
        'div',
        { class: 'dialog-buttons' },
        decline === '' ? null : h('button', { type: 'button', class: 'quiet', onclick: () => dialog.close() }, decline),
        h('button', { type: 'submit', class: isDanger ? 'danger' : 'primary', value: 'agree' }, agree),
      ),
    );
    /** @type {HTMLDialogElement} */
    const dialog = h('dialog', { 'aria-labelledby': 'dialog-title' }, form);
    dialog.addEventListener('click', (event) => {
      if (event.target === dialog) dialog.close();
    });
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(
        dialog.returnValue === 'agree'
          ? Object.fromEntries(inputs.map(({ field, input }) => [field.name, input.value.trim()]))
          : undefined,
      );
    });
    document.body.append(dialog);
    dialog.showModal();
    opened = dialog;
    (inputs[0]?.input ?? form.querySelector('button[type=submit]'))?.focus();
  });
  return { answer, close: () => opened?.close() };
}

/** Which alert was read last, for the other tabs of this browser: they hear of the change. */
const ALERT_READ = 'sandbox-alert-read';

/**
 * What the bot says over everything until «Понятно», here or in another tab: it is one phone.
 * @param {string} text
 * @param {string} id of the press that it answers
 */
export async function alertOf(text, id) {
  const { answer, close } = openDialog({ title: 'Сообщение бота', text, agree: 'Понятно', decline: '' });
  /** @param {StorageEvent} event */
  const onRead = ({ key, newValue }) => key === ALERT_READ && newValue === id && close();
  addEventListener('storage', onRead);
  await answer;
  removeEventListener('storage', onRead);
  localStorage.setItem(ALERT_READ, id);
}

/**
 * @param {string} source
 * @param {string} name
 */
export function openPhoto(source, name) {
  const zoom = () => {
    const isLarge = dialog.classList.toggle('large');
    zoomButton.textContent = isLarge ? 'Целиком' : 'Крупнее';
  };
  const zoomButton = h('button', { type: 'button', class: 'quiet', onclick: zoom }, 'Крупнее');
  /** @type {HTMLDialogElement} */
  const dialog = h(
    'dialog',
    { class: 'lightbox', 'aria-label': 'Фотография' },
    h('div', { class: 'lightbox-picture', tabindex: 0 }, h('img', { src: source, alt: 'Фотография', onclick: () => zoom() })),
    h(
      'div',
      { class: 'dialog-buttons' },
      zoomButton,
      h('a', { class: 'button quiet', href: `${source}?download`, download: name }, 'Скачать'),
      h('button', { type: 'button', class: 'primary', onclick: () => dialog.close() }, 'Закрыть'),
    ),
  );
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close();
  });
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

/** @typedef {{ label: string, hint?: string, isDanger?: boolean, choose: () => void }} MenuItem */

/**
 * A menu beside what was pressed; arrows walk, Escape and a press elsewhere close.
 * @param {Element} anchor
 * @param {MenuItem[]} items
 * @param {string} label
 */
export function openMenu(anchor, items, label) {
  document.querySelector('.menu')?.remove();
  const menu = h(
    'div',
    { class: 'menu', role: 'menu', 'aria-label': label },
    items.map((item) =>
      h(
        'button',
        {
          type: 'button',
          role: 'menuitem',
          class: item.isDanger ? 'danger-text' : undefined,
          onclick: () => (close(), item.choose()),
        },
        h('span', {}, item.label),
        item.hint ? h('small', {}, item.hint) : null,
      ),
    ),
  );
  const close = () => {
    menu.remove();
    document.removeEventListener('pointerdown', outside, true);
    if (anchor instanceof HTMLElement && anchor.isConnected) anchor.focus({ preventScroll: true });
  };
  /** @param {Event} event */
  const outside = (event) => {
    if (!(event.target instanceof Node) || !menu.contains(event.target)) close();
  };
  menu.addEventListener('keydown', (event) => {
    const buttons = [...menu.querySelectorAll('button')];
    const at = buttons.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
    if (event.key === 'ArrowDown') buttons[(at + 1) % buttons.length]?.focus();
    else if (event.key === 'ArrowUp') buttons[(at - 1 + buttons.length) % buttons.length]?.focus();
    else if (event.key === 'Escape') close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  document.body.append(menu);
  const box = anchor.getBoundingClientRect();
  const size = menu.getBoundingClientRect();
  const left = Math.max(8, Math.min(box.left, innerWidth - size.width - 8));
  const below = box.bottom + 4;
  const top = below + size.height < innerHeight - 8 ? below : Math.max(8, box.top - size.height - 4);
  menu.style.setProperty('left', `${left}px`);
  menu.style.setProperty('top', `${top}px`);
  menu.querySelector('button')?.focus({ preventScroll: true });
  document.addEventListener('pointerdown', outside, true);
}
