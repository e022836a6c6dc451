/** @import { ShownMessage } from '../protocol.ts' */
/** @import { Page } from './page.js' */
import { openAttachMenu, sendFiles } from './attach.js';
import { senderOf } from './bubble.js';
import { byId } from './dom.js';
import { openMenu } from './overlays.js';
import { drawReplyKeyboard, toggleReplyKeyboard } from './reply-keyboard.js';
import { summaryOf } from './service.js';
import { messagesOf, placeKey } from './state.js';

/** Telegram's longest message; a client cuts a longer one into several. */
const LONGEST = 4096;

/** @param {string} text @returns {string} as much of it as one message takes, no letter cut in two */
function firstPart(text) {
  if (text.length <= LONGEST) return text;
  const part = text.slice(0, LONGEST);
  return part.isWellFormed() ? part : part.slice(0, -1);
}

/** @typedef {{ kind: 'reply' | 'edit', shown: ShownMessage }} Aim */
/** @typedef {{ text: string, aim?: Aim }} Draft */

/**
 * Where the reader writes. Each chat keeps its own unsent words.
 * @param {Page} page
 * @returns {Page['composer'] & { draw: () => void }}
 */
export function createComposer(page) {
  const input = /** @type {HTMLTextAreaElement} */ (byId('input'));
  /** @type {Map<string, Draft>} */
  const drafts = new Map();
  let shownKey = '';
  /** @type {Aim | undefined} */
  let aim;

  const saidNow = () => {
    const place = page.place();
    if (!place) return undefined;
    const replyTo = aim?.kind === 'reply' ? { replyTo: aim.shown.message.message_id } : {};
    return {
      as: page.viewerOf(place.chatId),
      chatId: place.chatId,
      ...(place.threadId === 0 ? {} : { threadId: place.threadId }),
      ...replyTo,
    };
  };

  const fit = () => {
    input.style.removeProperty('height');
    if (input.value !== '' && input.scrollHeight > input.clientHeight)
      input.style.setProperty('height', `${input.scrollHeight + 2}px`);
    byId('send').classList.toggle('ready', input.value.trim() !== '');
  };

  /** @param {string} text */
  const setText = (text) => {
    input.value = text;
    fit();
  };

  /** @param {Aim | undefined} next */
  const setAim = (next) => {
    if (aim?.kind === 'edit' && next?.kind !== 'edit') setText('');
    aim = next;
    byId('aim').hidden = !next;
    if (next) {
      byId('aim-title').textContent = next.kind === 'edit' ? 'Изменение сообщения' : `Ответ: ${senderOf(next.shown)}`;
      byId('aim-text').textContent = summaryOf(next.shown.message);
    }
  };

  const send = async () => {
    const text = input.value.trim();
    const said = saidNow();
    if (text === '' || !said) return;
    const was = aim;
    setAim(undefined);
    setText('');
    input.focus();
    if (was?.kind === 'edit') {
      const done = await page.act({
        type: 'edit-message',
        as: said.as,
        chatId: said.chatId,
        messageId: was.shown.message.message_id,
        text,
      });
      if (!done && input.value === '') setText(text);
      return;
    }
    let rest = text;
    while (rest !== '') {
      const part = firstPart(rest);
      if (!(await page.act({ type: 'send-text', text: part, ...said }))) {
        if (input.value === '') setText(rest);
        return;
      }
      rest = rest.slice(part.length).trim();
    }
  };

  const takeCaption = () => {
    const text = input.value.trim();
    setText('');
    setAim(undefined);
    return text;
  };

  input.addEventListener('input', fit);
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      void send();
    } else if (event.key === 'Escape' && aim) setAim(undefined);
    else if (event.key === 'ArrowUp' && input.value === '') {
      const place = page.place();
      const mine =
        place &&
        messagesOf(page.state, place.chatId, place.threadId).findLast(
          (one) => one.message.from?.id === page.viewerOf(place.chatId) && one.message.text !== undefined,
        );
      if (mine) edit(mine);
    }
  });
  input.addEventListener('paste', (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    const said = saidNow();
    if (files.length === 0 || !said) return;
    event.preventDefault();
    void sendFiles(page, said, files, 'media', takeCaption());
  });
  byId('composer').addEventListener('submit', (event) => {
    event.preventDefault();
    void send();
  });
  byId('aim-close').addEventListener('click', () => setAim(undefined));
  byId('attach').addEventListener('click', (event) =>
    openAttachMenu(page, /** @type {Element} */ (event.currentTarget), saidNow, takeCaption),
  );
  byId('keyboard-toggle').addEventListener('click', () => toggleReplyKeyboard(page));
  byId('commands').addEventListener('click', (event) => {
    const said = saidNow();
    const chat = said && page.state.chats.get(said.chatId);
    if (!chat) return;
    const items = chat.commands.map((one) => ({
      label: `/${one.command}`,
      hint: one.description,
      choose: () => void page.act({ type: 'send-text', text: `/${one.command}`, ...said }),
    }));
    openMenu(/** @type {Element} */ (event.currentTarget), items, 'Команды бота');
  });
  byId('start').addEventListener('click', () => {
    const said = saidNow();
    const person = said && page.state.people.get(said.as);
    if (!person) return;
    void (person.hasBlockedBot
      ? page.act({ type: 'unblock-bot', as: person.id })
      : page.act({ type: 'start-bot', as: person.id }));
  });

  /** @param {ShownMessage} shown */
  const edit = (shown) => {
    setAim({ kind: 'edit', shown });
    setText(shown.message.text ?? shown.message.caption ?? '');
    input.focus();
  };

  const draw = () => {
    const place = page.place();
    const key = place ? placeKey(place.chatId, place.threadId) : '';
    if (key !== shownKey) {
      drafts.set(shownKey, { text: input.value, ...(aim ? { aim } : {}) });
      shownKey = key;
      const draft = drafts.get(key);
      aim = undefined;
      setAim(draft?.aim);
      setText(draft?.text ?? '');
    }
    const chat = place && page.state.chats.get(place.chatId);
    const person = place && page.state.people.get(place.chatId);
    const isUnstarted =
      person !== undefined && (person.hasBlockedBot || !chat || messagesOf(page.state, chat.id, 0).length === 0);
    byId('start').hidden = !isUnstarted;
    byId('start').textContent = person?.hasBlockedBot ? 'Разблокировать' : 'Запустить';
    byId('composer').hidden = !place || isUnstarted;
    byId('commands').hidden = !chat || chat.commands.length === 0;
    const placeholder = chat?.keyboard?.placeholder;
    input.placeholder = placeholder === undefined || placeholder === '' ? 'Сообщение' : placeholder;
    drawReplyKeyboard(page);
    if (isUnstarted) byId('reply-keyboard').hidden = true;
    if (
      aim &&
      place &&
      !messagesOf(page.state, place.chatId, place.threadId).some(
        (one) => one.message.message_id === aim?.shown.message.message_id,
      )
    )
      setAim(undefined);
  };

  return {
    draw,
    edit,
    replyTo: (shown) => {
      setAim({ kind: 'reply', shown });
      input.focus();
    },
    insert: (text) => {
      setText(input.value === '' || input.value.endsWith(' ') ? input.value + text : `${input.value} ${text}`);
      input.focus();
    },
    focus: () => input.focus(),
  };
}
