/** @import { ShownChat } from '../protocol.ts' */
/** @import { MenuItem } from './overlays.js' */
/** @import { Page } from './page.js' */
import { colourOf, fullName } from './chat-entries.js';
import { byId, h, icon } from './dom.js';
import { groupItems, isInside } from './group-menu.js';
import { ask, openMenu } from './overlays.js';
import { placeKey } from './state.js';
import { count, initialsOf } from './words.js';

/** @type {Record<string, string>} */
const ACTIONS = {
  typing: 'печатает…',
  upload_photo: 'отправляет фотографию…',
  record_video: 'записывает видео…',
  upload_video: 'отправляет видео…',
  record_voice: 'записывает голосовое…',
  upload_voice: 'отправляет голосовое…',
  record_audio: 'записывает голосовое…',
  upload_audio: 'отправляет голосовое…',
  upload_document: 'отправляет файл…',
  choose_sticker: 'выбирает стикер…',
  find_location: 'ищет место…',
  record_video_note: 'записывает видео…',
  upload_video_note: 'отправляет видео…',
};

/** @param {ShownChat} chat */
const present = (chat) => chat.members.filter(isInside);

/** @param {ShownChat} chat */
function membersOf(chat) {
  const people = count(present(chat).length, 'участник', 'участника', 'участников');
  return chat.bot && !isInside(chat.bot) ? `${people}, бота нет` : people;
}

/** @param {Page} page the name of the open chat, what goes on in it, and whose eyes look */
export function drawChatHead(page) {
  const place = page.place();
  const chat = place && page.state.chats.get(place.chatId);
  const person = place && page.state.people.get(place.chatId);
  const topic = place && chat?.topics.find((one) => one.threadId === place.threadId);
  // On a person's phone the chat is called by whom it is with.
  const name = person ? page.state.bot.firstName : topic ? topic.name : (chat?.title ?? 'Чат не выбран');
  byId('chat-name').textContent = name;
  const avatar = byId('chat-avatar');
  avatar.className = `avatar colour-${colourOf(person ? page.state.bot.id : (topic?.threadId ?? place?.chatId ?? 0))}`;
  avatar.replaceChildren(person ? initialsOf(name) : icon(topic ? (topic.isClosed ? 'lock' : 'topic') : 'group'));

  const action = place && page.state.actions.get(placeKey(place.chatId, place.threadId));
  const isActing = action !== undefined && action.until > Date.now();
  const status = byId('chat-status');
  status.classList.toggle('acting', isActing);
  status.textContent = isActing
    ? (ACTIONS[action.action] ?? 'занят…')
    : !page.state.botIsListening
      ? 'бот сейчас не запущен'
      : person
        ? `телефон: ${fullName(person)}`
        : topic && chat
          ? `${chat.title}${topic.isClosed ? ' · тема закрыта' : ''}`
          : chat
            ? membersOf(chat)
            : '';
  drawViewer(page, chat);
  byId('chat-menu').hidden = !place;
}

/** @param {Page} page @param {ShownChat | undefined} chat */
function drawViewer(page, chat) {
  const box = byId('viewer');
  box.hidden = !chat || chat.kind === 'private';
  if (!chat || chat.kind === 'private') return;
  const select = /** @type {HTMLSelectElement} */ (byId('viewer-select'));
  const options = present(chat).flatMap((member) => {
    const person = page.state.people.get(member.personId);
    const duty = member.isAnonymous
      ? ' (анонимно)'
      : member.status === 'creator'
        ? ' (владелец)'
        : member.status === 'administrator'
          ? ' (админ)'
          : '';
    return person ? [{ value: String(person.id), label: fullName(person) + duty }] : [];
  });
  const signature = JSON.stringify(options);
  if (select.dataset['signature'] !== signature) {
    select.dataset['signature'] = signature;
    select.replaceChildren(...options.map((one) => h('option', { value: one.value }, one.label)));
  }
  select.value = String(page.viewerOf(chat.id));
}

/** @param {Page} page @param {Element} anchor */
export function openChatMenu(page, anchor) {
  const place = page.place();
  if (!place) return;
  const chat = page.state.chats.get(place.chatId);
  const person = page.state.people.get(place.chatId);
  const as = page.viewerOf(place.chatId);
  /** @type {MenuItem[]} */
  const items = [];
  if (person) {
    items.push({ label: 'Открыть ссылку с квитанции…', hint: 't.me/…?start=', choose: () => void askDeepLink(page, person.id) });
    items.push(
      person.hasBlockedBot
        ? { label: 'Разблокировать бота', choose: () => void page.act({ type: 'unblock-bot', as }) }
        : { label: 'Заблокировать бота', isDanger: true, choose: () => void page.act({ type: 'block-bot', as }) },
    );
  } else if (chat) items.push(...groupItems(page, chat, place.threadId, as, anchor));
  openMenu(anchor, items, 'Действия с чатом');
}

/** @param {Page} page @param {number} as */
async function askDeepLink(page, as) {
  const answer = await ask({
    title: 'Открыть ссылку с квитанции',
    text: 'Так открывается ссылка или QR-код, напечатанный на бумаге: ls- и номер лицевого счёта.',
    fields: [{ name: 'payload', label: `t.me/${page.state.bot.username}?start=`, placeholder: 'ls-00012345' }],
    agree: 'Открыть',
  });
  if (answer) await page.act({ type: 'start-bot', as, ...(answer['payload'] ? { payload: answer['payload'] } : {}) });
}
