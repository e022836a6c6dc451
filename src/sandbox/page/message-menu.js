/** @import { ShownChat, ShownMessage } from '../protocol.ts' */
/** @import { MenuItem } from './overlays.js' */
/** @import { Page } from './page.js' */
import { ask, copy, openMenu } from './overlays.js';
import { isOwn } from './state.js';

/** Of those that a bot may hear of. */
const REACTIONS = ['👍', '👎', '❤', '🔥', '🙏', '👌', '🤔', '🎉'];

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
      choose: () => copy(words),
    });
  }
  if (own && words !== undefined && !message.forward_origin)
    items.push({ label: 'Изменить', choose: () => page.composer.edit(shown) });
  items.push({ label: 'Переслать…', choose: () => void forward(page, chat, shown) });
  items.push({ label: 'Реакция…', choose: () => setTimeout(() => openReactions(page, chat, shown, anchor)) });
  const status = chat.members.find((member) => member.personId === as)?.status;
  if (own || chat.kind === 'private' || status === 'creator' || status === 'administrator') {
    items.push({
      label: 'Удалить',
      isDanger: true,
      choose: () => void page.act({ type: 'delete-messages', as, chatId: chat.id, messageIds: [message.message_id] }),
    });
  }
  openMenu(anchor, items, 'Действия с сообщением');
}

/** @param {Page} page @param {ShownChat} chat @param {ShownMessage} shown @param {Element} anchor */
function openReactions(page, chat, shown, anchor) {
  const as = page.viewerOf(chat.id);
  const own = shown.peopleReactions?.find((one) => one.personId === as)?.emoji;
  /** @param {string} emoji */
  const choose = (emoji) =>
    void page.act({
      type: 'react',
      as,
      chatId: chat.id,
      messageId: shown.message.message_id,
      ...(emoji === own ? {} : { emoji }),
    });
  openMenu(
    anchor,
    REACTIONS.map((emoji) => ({ label: emoji, ...(emoji === own ? { hint: 'убрать' } : {}), choose: () => choose(emoji) })),
    'Реакция',
  );
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
  const options = places
    .filter((one) => one.migratedTo === undefined)
    .flatMap((one) => [
      { value: `${one.id}/0`, label: one.kind === 'private' ? `Чат с ботом (${one.title})` : one.title },
      ...(one.isForum ? one.topics : []).map((topic) => ({ value: `${one.id}/${topic.threadId}`, label: `# ${topic.name}` })),
    ]);
  const answer = await ask({ title: 'Переслать', fields: [{ name: 'to', label: 'Куда', options }], agree: 'Переслать' });
  const [chatId = 0, threadId = 0] = (answer?.['to'] ?? '').split('/').map(Number);
  if (answer && chatId) {
    const to = { chatId, ...(threadId ? { threadId } : {}) };
    await page.act({ type: 'forward', as, ...to, fromChatId: chat.id, messageIds: [shown.message.message_id] });
  }
}
