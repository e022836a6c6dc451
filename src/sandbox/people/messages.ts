/** Words, files, contacts and places that people send; edits, deletions, forwards. */
import type { Message } from 'grammy/types';
import { characters, type Formatted } from '../bot-api/entities/formatted.ts';
import { CAPTION_LIMIT, readTyped, TEXT_LIMIT } from '../bot-api/entities/read.ts';
import { contentOfFile, requirePhoto } from '../bot-api/media.ts';
import { newMediaGroupId, requireOneAlbum } from '../bot-api/methods/media.ts';
import { type Content, change, contentOf, isService, originOf, post, removeMessages } from '../bot-api/posting.ts';
import { Refusal } from '../bot-api/refusal.ts';
import type { ChatState, StoredFile } from '../bot-api/state.ts';
import { queueUpdate } from '../bot-api/updates/queue.ts';
import type { World } from '../bot-api/world.ts';
import type { Action, ActionResult } from '../protocol.ts';
import {
  ActRefusal,
  authorIn,
  chatSeenBy,
  chatWherePersonWrites,
  isBy,
  messageAt,
  sandboxPersonOf,
  requireAdministrator,
} from './people.ts';
import { botSees } from './privacy.ts';

type Of<T extends Action['type']> = Extract<Action, { type: T }>;

type Where = { as: number; chatId: number; threadId?: number; replyTo?: number };

/** Puts these messages into the chat, one after another, and tells the bot. */
export function say(world: World, where: Where, contents: readonly Content[]): ActionResult {
  const chat = chatWherePersonWrites(world, where.as, where.chatId, where.threadId);
  const replyTo = where.replyTo === undefined ? undefined : messageAt(chat, where.replyTo);
  const threadId = where.threadId ?? replyTo?.message.message_thread_id;
  return world.change(() => {
    if (!chat.card.isStarted) world.put({ fact: 'chat', card: { ...chat.card, isStarted: true } });
    const messageIds = contents.map((content) => {
      const message = post(world, {
        chat,
        author: authorIn(world, chat, where.as),
        content,
        ...(threadId === undefined || !chat.card.isForum ? {} : { threadId }),
        ...(replyTo ? { replyTo } : {}),
      });
      tellBot(world, chat, 'message', message);
      return message.message_id;
    });
    return { messageIds };
  });
}

/** What is longer than a message goes out as several, as Telegram's apps do it. */
export function sendText(world: World, action: Of<'send-text'>): ActionResult {
  const parts = split(action.text, TEXT_LIMIT)
    .map(readTyped)
    .filter(({ text }) => text !== '');
  if (parts.length === 0) throw new ActRefusal('Сообщение пустое');
  return say(world, action, parts.map(textContent));
}

export function sendFile(world: World, action: Of<'send-file'>): ActionResult {
  const file = fileAs(world, action.fileId, action.kind);
  const details = {
    ...(action.durationSeconds === undefined ? {} : { durationSeconds: action.durationSeconds }),
    ...(action.emoji === undefined ? {} : { emoji: action.emoji }),
  };
  return say(world, action, [{ ...contentOfFile(file, details), ...captionContent(action.caption) }]);
}

export function sendAlbum(world: World, action: Of<'send-album'>): ActionResult {
  if (action.items.length < 2 || action.items.length > 10) throw new ActRefusal('В альбоме от 2 до 10 файлов');
  inTelegramsWords(
    () => requireOneAlbum(action.items.map(({ kind }) => kind)),
    'Документы и аудио не идут в один альбом с другими файлами',
  );
  const media_group_id = newMediaGroupId();
  const contents = action.items.map(({ kind, fileId, caption }) => ({
    ...contentOfFile(fileAs(world, fileId, kind)),
    ...captionContent(caption),
    media_group_id,
  }));
  return say(world, action, contents);
}

/** Apps give the number without a plus. */
export function shareContact(world: World, action: Of<'share-contact'>): ActionResult {
  const person = sandboxPersonOf(world, action.as);
  const contact = {
    phone_number: person.phone.replace('+', ''),
    first_name: person.firstName,
    ...(person.lastName === undefined ? {} : { last_name: person.lastName }),
    user_id: person.id,
  };
  return say(world, action, [{ contact }]);
}

export function sendContact(world: World, action: Of<'send-contact'>): ActionResult {
  const contact = {
    phone_number: action.phone,
    first_name: action.firstName,
    ...(action.lastName === undefined ? {} : { last_name: action.lastName }),
    ...(action.userId === undefined ? {} : { user_id: action.userId }),
  };
  return say(world, action, [{ contact }]);
}

export function sendPlace(world: World, action: Of<'send-location'>): ActionResult {
  const location = { latitude: action.latitude, longitude: action.longitude };
  return say(world, action, [{ location }]);
}

export function editMessage(world: World, action: Of<'edit-message'>): ActionResult {
  const chat = chatWherePersonWrites(world, action.as, action.chatId);
  const stored = messageAt(chat, action.messageId);
  const { message } = stored;
  if (!isBy(chat, stored, action.as) || isService(message) || message.forward_origin)
    throw new ActRefusal('Изменить можно только своё сообщение');
  const isText = message.text !== undefined;
  const typed = readTyped(action.text);
  if (isText && typed.text === '') throw new ActRefusal('Сообщение пустое');
  if (characters(typed.text).length > (isText ? TEXT_LIMIT : CAPTION_LIMIT)) throw new ActRefusal('Сообщение слишком длинное');
  const entities = typed.entities.length > 0 ? typed.entities : undefined;
  const parts = isText ? { text: typed.text, entities } : { caption: typed.text || undefined, caption_entities: entities };
  return world.change(() => {
    const edited = change(world, chat, action.messageId, { ...parts, edit_date: world.seconds() });
    tellBot(world, chat, 'edited_message', edited);
    return { messageIds: [action.messageId] };
  });
}

/** Bots are not told. In a private chat both sides' messages can go. */
export function deleteMessages(world: World, action: Of<'delete-messages'>): ActionResult {
  const chat = chatSeenBy(world, action.as, action.chatId);
  const isForeign = action.messageIds.some((id) => {
    const stored = chat.messages.get(id);
    return stored && !isBy(chat, stored, action.as);
  });
  if (chat.card.kind !== 'private' && isForeign) requireAdministrator(chat.card, action.as);
  removeMessages(world, chat, action.messageIds);
  return { messageIds: action.messageIds };
}

export function forward(world: World, action: Of<'forward'>): ActionResult {
  const from = chatSeenBy(world, action.as, action.fromChatId);
  const chosen = action.messageIds.map((id) => messageAt(from, id));
  if (chosen.some(({ message }) => isService(message) || message.has_protected_content))
    throw new ActRefusal('Это сообщение нельзя переслать');
  const sold = chosen.map(({ sale }) => sale);
  return world.change(() => {
    const result = say(
      world,
      action,
      chosen.map(({ message }) => ({ ...contentOf(message), forward_origin: originOf(message) })),
    );
    const chat = chatSeenBy(world, action.as, action.chatId);
    for (const [index, id] of (result.messageIds ?? []).entries()) {
      const sale = sold[index];
      if (sale)
        world.put({ fact: 'message', chatId: chat.card.id, stored: { ...messageAt(chat, id), sale, invoice: 'payable' } });
    }
    return result;
  });
}

/** The update, unless privacy mode keeps the message from the bot. */
export function tellBot(world: World, chat: ChatState, kind: 'message' | 'edited_message', message: Message): void {
  if (botSees(world.state, chat.card, message)) queueUpdate(world, kind, message);
}

/** The uploaded file as the kind in which it is sent. */
function fileAs(world: World, fileId: string, kind: StoredFile['kind']): StoredFile {
  const known = world.state.files.get(fileId);
  if (!known) throw new ActRefusal('Файл не найден: загрузите его ещё раз');
  if (kind === 'photo')
    inTelegramsWords(() => requirePhoto(known), 'Это не картинка, которую Telegram возьмёт как фото: отправьте её файлом');
  if (known.kind === kind) return known;
  const file: StoredFile = {
    ...known,
    kind,
    fileId: `${kind}-${known.fileId.replace(/^[a-z_]+-/, '')}`,
    uniqueId: `${kind[0]}${known.uniqueId}`,
  };
  if (!world.state.files.has(file.fileId)) world.put({ fact: 'file', file });
  return file;
}

function captionContent(caption: string | undefined): Content {
  const { text, entities } = readTyped(caption ?? '');
  if (characters(text).length > CAPTION_LIMIT) throw new ActRefusal('Подпись слишком длинная: до 1024 знаков');
  if (text === '') return {};
  return { caption: text, ...(entities.length > 0 ? { caption_entities: entities } : {}) };
}

const textContent = ({ text, entities }: Formatted): Content => ({ text, ...(entities.length > 0 ? { entities } : {}) });

function split(text: string, limit: number): string[] {
  const all = characters(text);
  const parts: string[] = [];
  for (let at = 0; at < all.length; at += limit) parts.push(all.slice(at, at + limit).join(''));
  return parts;
}

function inTelegramsWords(check: () => void, words: string): void {
  try {
    check();
  } catch (error) {
    throw error instanceof Refusal ? new ActRefusal(words) : error;
  }
}
