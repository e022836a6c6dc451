/** @import { ShownChat, ShownMessage } from '../protocol.ts' */
/** @import { MenuItem } from './overlays.js' */
/** @import { Page } from './page.js' */
import { ask, openMenu, toast } from './overlays.js';
import { isOwn } from './state.js';

/**
 * What may be done with a message: reply, copy, and with one's own edit and delete.
 * @param {Page} page
 * @param {ShownChat} chat
 * @param {ShownMessage} shown
 * @param {Element} anchor
 */
export function openMessageMenu(page, chat, shown, anchor) {
  const { message } = shown;
  const as = page.viewerOf(chat.id);
  const own = isOwn(chat, shown, as);
  const words = message.text ?? message.caption;
  /** @type {MenuItem[]} */
  const items = [{ label: 'Ответить', choose: () => page.composer.replyTo(shown) }];
  if (words !== undefined) {
    items.push({
      label: 'Копировать текст',
      choose: () => void navigator.clipboard.writeText(words).then(() => toast('Скопировано')),
    });
  }
  if (own && words !== undefined && !message.forward_origin)
    items.push({ label: 'Изменить', choose: () => page.composer.edit(shown) });
  items.push({ label: 'Переслать…', choose: () => void forward(page, chat, shown) });
  if (own || chat.kind === 'private') {
    items.push({
      label: 'Удалить',
      isDanger: true,
      choose: () => void page.act({ type: 'delete-messages', as, chatId: chat.id, messageIds: [message.message_id] }),
    });
  }
  openMenu(anchor, items, 'Действия с сообщением');
}

/**
 * Where the same person may forward it to: his own chat with the bot and the groups that he is in.
 * @param {Page} page
 * @param {ShownChat} chat
 * @param {ShownMessage} shown
 */
async function forward(page, chat, shown) {
  const as = page.viewerOf(chat.id);
  const places = [...page.state.chats.values()].filter(
    (one) =>
      one.personId === as || one.members.some((member) => member.personId === as && !['left', 'kicked'].includes(member.status)),
  );
  const options = places.map((one) => ({
    value: String(one.id),
    label: one.kind === 'private' ? `Чат с ботом (${one.title})` : one.title,
  }));
  const answer = await ask({ title: 'Переслать', fields: [{ name: 'to', label: 'Куда', options }], agree: 'Переслать' });
  const to = Number(answer?.['to']);
  if (answer && to)
    await page.act({ type: 'forward', as, chatId: to, fromChatId: chat.id, messageIds: [shown.message.message_id] });
}
