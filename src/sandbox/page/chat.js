/** @import { ShownChat, ShownMessage } from '../protocol.ts' */
/** @import { Line } from './bubble.js' */
/** @import { Page, Place } from './page.js' */
import { drawSaid } from './bubble.js';
import { drawChatHead } from './chat-head.js';
import { byId, h, keep } from './dom.js';
import { toast } from './overlays.js';
import { newFrom, readAll, unreadIn } from './reading.js';
import { fetchOlder } from './server.js';
import { serviceLine } from './service.js';
import { isOwn, messagesOf, placeKey, pressedOn, takeOlder } from './state.js';
import { count, dayKey, dayOf } from './words.js';

/** Words of one person within this stand together. */
const TOGETHER_SECONDS = 600;
/** So near to the lower edge, what comes is followed. */
const NEAR_EDGE_PX = 120;

/** @type {WeakMap<object, number>} */
const versions = new WeakMap();
let lastVersion = 0;
/** @param {object} object @returns {number} the same for the same object, as messages are replaced when they change */
function versionOf(object) {
  const known = versions.get(object);
  if (known !== undefined) return known;
  lastVersion += 1;
  versions.set(object, lastVersion);
  return lastVersion;
}

/**
 * @param {readonly ShownMessage[]} messages
 * @param {number} nowSeconds
 * @param {number | undefined} newFromId
 * @returns {Line[]}
 */
function linesOf(messages, nowSeconds, newFromId) {
  /** @type {Line[]} */
  const lines = [];
  let day = '';
  let sender = '';
  let date = 0;
  for (const shown of messages) {
    const { message } = shown;
    const today = dayKey(message.date);
    if (today !== day) {
      // By its message, not its date: a clock that was set back brings the same day again.
      lines.push({ kind: 'day', key: `day-${message.message_id}`, label: dayOf(message.date, nowSeconds) });
      day = today;
      sender = '';
    }
    if (message.message_id === newFromId) {
      lines.push({ kind: 'new', key: 'new' });
      sender = '';
    }
    const previous = lines[lines.length - 1];
    const album = message.media_group_id;
    if (album !== undefined && previous?.kind === 'said' && previous.messages[0]?.message.media_group_id === album) {
      previous.messages.push(shown);
      continue;
    }
    const who = serviceLine(message) === undefined ? `${message.from?.id ?? 0}:${message.sender_chat?.id ?? 0}` : '';
    const isFirstOfSender = who === '' || who !== sender || message.date - date > TOGETHER_SECONDS;
    lines.push({ kind: 'said', key: String(message.message_id), messages: [shown], isFirstOfSender });
    sender = who;
    date = message.date;
  }
  return lines;
}

/** @param {HTMLElement} element a line that was deleted: it folds, then goes */
function vanish(element) {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return element.remove();
  element.setAttribute('aria-hidden', 'true');
  element.style.setProperty('--height', `${element.offsetHeight}px`);
  element.classList.add('vanishing');
  setTimeout(() => element.remove(), 320);
}

/** So long the day stands over the words after the last movement. */
const DAY_MS = 900;

/**
 * The day of what is read, while somebody scrolls; at rest nothing lies on the words. Returns what a movement calls.
 * @param {HTMLElement} scroller
 * @param {HTMLElement} list
 * @returns {() => void}
 */
function createDayChip(scroller, list) {
  const chip = byId('day-now');
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  return () => {
    const top = scroller.getBoundingClientRect().top;
    const days = [...list.querySelectorAll('.day')].map((day) => ({ day, box: day.getBoundingClientRect() }));
    const passed = days.findLast(({ box }) => box.bottom <= top);
    // The day's own line is there to be read, or about to be pushed under this one.
    const isNear = days.some(({ box }) => box.bottom > top && box.top < top + chip.offsetHeight + 16);
    chip.textContent = passed?.day.textContent ?? '';
    chip.classList.toggle('shown', passed !== undefined && !isNear);
    clearTimeout(timer);
    timer = setTimeout(() => chip.classList.remove('shown'), DAY_MS);
  };
}

/**
 * The open conversation. Returns its `draw`.
 * @param {Page} page
 * @returns {() => void}
 */
export function createChat(page) {
  const scroller = byId('scroller');
  const list = byId('messages');
  const jump = byId('jump');
  let shownPlace = '';
  let isAtEdge = true;
  let isLoading = false;
  let newestId = 0;
  const tellDay = createDayChip(scroller, list);

  let lastTop = 0;
  const toEdge = () => {
    scroller.scrollTop = scroller.scrollHeight;
    lastTop = scroller.scrollTop;
  };
  const watchEdge = () => {
    const was = isAtEdge;
    const hasGoneUp = scroller.scrollTop < lastTop;
    lastTop = scroller.scrollTop;
    const isNear = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR_EDGE_PX;
    // Who did not go up has not left: what came or unfolded has moved the edge.
    if (isNear) isAtEdge = true;
    else if (hasGoneUp) isAtEdge = false;
    else if (isAtEdge) toEdge();
    if (was !== isAtEdge) page.redraw();
    if (!isAtEdge) tellDay();
    if (scroller.scrollTop < 200) void loadOlder();
  };
  scroller.addEventListener('scroll', watchEdge, { passive: true });
  // At once: on a slow way pictures unfold, and the way would end above the edge.
  jump.addEventListener('click', () => {
    isAtEdge = true;
    toEdge();
    page.redraw();
  });
  // Pictures that arrive and a keyboard that opens change the height; who stood at the edge stays there.
  const observer = new ResizeObserver(() => isAtEdge && toEdge());
  observer.observe(list);
  observer.observe(scroller);

  const loadOlder = async () => {
    const place = page.place();
    const chat = place && page.state.chats.get(place.chatId);
    if (!place || !chat?.hasOlder || isLoading || page.state.whole.has(placeKey(chat.id, place.threadId))) return;
    const first = messagesOf(page.state, place.chatId, place.threadId)[0] ?? chat.messages[0];
    if (!first) return;
    isLoading = true;
    const below = scroller.scrollHeight - scroller.scrollTop;
    try {
      const older = await fetchOlder(chat.id, first.message.message_id, chat.isForum ? place.threadId : undefined);
      takeOlder(page.state, chat.id, older.messages);
      if (!older.hasOlder) page.state.whole.add(placeKey(chat.id, place.threadId));
      draw();
      scroller.scrollTop = scroller.scrollHeight - below;
    } catch (error) {
      toast(error instanceof Error ? error.message : String(error));
    } finally {
      isLoading = false;
    }
  };

  /** @param {ShownChat} chat @param {Place} place */
  const drawMessages = (chat, place) => {
    const viewer = page.viewerOf(chat.id);
    const lines = linesOf(messagesOf(page.state, chat.id, place.threadId), page.nowSeconds(), newFrom(chat.id, place.threadId));
    keep(list, lines, {
      key: (line) => line.key,
      signature: (line) =>
        line.kind === 'day'
          ? line.label
          : line.kind === 'new'
            ? ''
            : `${viewer}|${line.isFirstOfSender}|${line.messages.map((one) => `${versionOf(one)},${pressedOn(page.state, viewer, chat.id, one.message.message_id).length}`).join(';')}`,
      make: (line) =>
        line.kind === 'said'
          ? drawSaid(page, chat, line)
          : line.kind === 'new'
            ? h('div', { class: 'line new' }, h('span', {}, 'Новое'))
            : h('div', { class: 'line day' }, h('span', {}, line.label)),
      gone: vanish,
    });
  };

  const draw = () => {
    const place = page.place();
    const chat = place && page.state.chats.get(place.chatId);
    drawChatHead(page);
    const key = place && chat ? placeKey(place.chatId, place.threadId) : '';
    if (key !== shownPlace) {
      list.replaceChildren();
      shownPlace = key;
      isAtEdge = true;
    }
    const isEmpty = !place || !chat || messagesOf(page.state, place.chatId, place.threadId).length === 0;
    drawEmpty(isEmpty, chat);
    if (!place || !chat) return list.replaceChildren();
    const newest = messagesOf(page.state, place.chatId, place.threadId).at(-1);
    // Who writes wants to see it, wherever he was reading.
    if (newest && newest.message.message_id > newestId && isOwn(chat, newest, page.viewerOf(chat.id))) isAtEdge = true;
    newestId = newest?.message.message_id ?? 0;
    drawMessages(chat, place);
    if (isAtEdge) toEdge();
    const isSeen = !document.hidden && scroller.getClientRects().length > 0;
    if (isAtEdge && isSeen && readAll(page, chat, place.threadId)) page.redraw();
    const unread = unreadIn(page, chat, place.threadId);
    jump.hidden = isAtEdge;
    jump.setAttribute(
      'aria-label',
      unread === 0 ? 'К последнему сообщению' : `Вниз: ${count(unread, 'новое сообщение', 'новых сообщения', 'новых сообщений')}`,
    );
    byId('jump-count').textContent = unread === 0 ? '' : String(unread);
  };

  /** @param {boolean} isEmpty @param {ShownChat | undefined} chat */
  const drawEmpty = (isEmpty, chat) => {
    const box = byId('empty');
    box.hidden = !isEmpty;
    if (!isEmpty) return;
    const { bot } = page.state;
    const isPrivate = page.place() !== undefined && (chat === undefined || chat.kind === 'private');
    box.replaceChildren(
      isPrivate
        ? h(
            'div',
            {},
            h('strong', {}, bot.firstName),
            h('p', {}, bot.description || bot.shortDescription || 'Нажмите «Запустить», и бот ответит.'),
          )
        : h('div', {}, h('p', {}, 'Здесь пока нет сообщений.')),
    );
  };
  return draw;
}
