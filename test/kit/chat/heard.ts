import type { Chat, Message, Update, User } from 'grammy/types';
import type { MessagePart } from '../../../src/office/staff/message-part.ts';
import { botAsUser, type StoredFile } from '../../../src/sandbox/bot-api/state.ts';
import { chatOf, type World } from '../../../src/sandbox/bot-api/world.ts';
import { introducePerson } from '../../../src/sandbox/people/residents.ts';
import { groupCard } from './fake-group.ts';

/** Makes the sandbox's state what an update says: who is there, what was written, pressed and is to be paid. */
export function heard(world: World, update: Update, isDeleted: (chat: number, message: number) => boolean): void {
  const { callback_query: press, pre_checkout_query: checkout } = update;
  const message = update.message ?? update.edited_message;
  if (message) put(message);
  if (press) {
    meet(press.from);
    if (press.message && 'chat' in press.message) {
      const { chat, message_id: messageId } = press.message;
      const isThere = world.state.chats.get(chat.id)?.messages.has(messageId);
      if (!isThere) put({ ...press.message, from: botAsUser(world.state.bot) });
      const pressed = { callbackQueryId: press.id, personId: press.from.id, chatId: chat.id, messageId, data: press.data ?? '' };
      world.put({ fact: 'press', press: { ...pressed, pressedAt: world.seconds() } });
    }
  }
  if (checkout) {
    meet(checkout.from);
    const { id, from, currency, total_amount: totalAmount, invoice_payload: payload } = checkout;
    const sale = { title: '', description: '', payload, providerToken: '', currency, prices: [], totalAmount, maxTipAmount: 0 };
    const asked = { id, personId: from.id, chatId: from.id, messageId: 0, sale, totalAmount, askedAt: world.seconds() };
    // The money goes by an update of the test's own.
    world.put({ fact: 'checkout', checkout: { ...asked, isDeclined: true } });
  }
  const standing = update.my_chat_member;
  if (standing?.chat.type === 'private') {
    meet(standing.from);
    const person = world.state.people.get(standing.from.id);
    const hasBlockedBot = standing.new_chat_member.status === 'kicked';
    if (person) world.put({ fact: 'person', person: { ...person, hasBlockedBot } });
  }

  function put(said: Message): void {
    if (isDeleted(said.chat.id, said.message_id)) return;
    if (said.from) meet(said.from);
    enter(said.chat, said.from);
    keepFiles(world, said);
    const { card } = chatOf(world, said.chat.id);
    if (!card.isStarted) world.put({ fact: 'chat', card: { ...card, isStarted: true } });
    // Telegram's own time, whatever the test wrote.
    world.put({ fact: 'message', chatId: said.chat.id, stored: { message: { ...said, date: world.seconds() } } });
  }

  function meet(user: User): void {
    if (!user.is_bot) meetPerson(world, user.id, user.first_name, user.username);
  }

  function enter(chat: Chat, from: User | undefined): void {
    if (world.state.chats.has(chat.id)) return;
    if (chat.type === 'private') meetPerson(world, chat.id, chat.first_name);
    else world.put({ fact: 'chat', card: groupCard(chat.id, chat.type === 'group' ? 'group' : 'supergroup', '', from?.id ?? 0) });
  }
}

/** The message, as Telegram has it, whose content a test hands to the office by itself. */
export function messageOf(chat: Chat, id: number, { kind = 'words', words = '', file, fileName }: Partial<MessagePart>): Message {
  const from = { id: chat.type === 'private' ? chat.id : 9, is_bot: false, first_name: 'Житель' };
  const handle = { file_id: file ?? '', file_unique_id: `u-${file}`, ...(fileName && { file_name: fileName }) };
  const content = {
    [kind.replace('-', '_')]: kind === 'photo' ? [handle] : handle,
    ...(kind === 'words' ? { text: words } : { caption: words }),
  };
  return { message_id: id, date: 0, chat, from, ...content };
}

/** An account as a test first names it, which has written to the bot before. */
export function meetPerson(world: World, id: number, firstName = 'Житель', username?: string): void {
  if (world.state.chats.has(id)) return;
  const phone = `+7900${String(id).padStart(7, '0')}`;
  const person = { id, firstName, ...(username !== undefined && { username }), phone };
  introducePerson(world, { ...person, role: 'resident', hasBlockedBot: false, languageCode: 'ru' });
  world.put({ fact: 'chat', card: { ...chatOf(world, id).card, isStarted: true } });
}

/** What people send can be sent on by its handle. */
function keepFiles(world: World, message: Message): void {
  const { document, video, voice, audio, sticker, video_note } = message;
  const photo = message.photo?.at(-1);
  for (const [kind, file] of Object.entries({ photo, document, video, voice, audio, sticker, video_note }))
    if (file) keepFile(world, kind as StoredFile['kind'], file.file_id, 'file_name' in file ? file.file_name : undefined);
}

function keepFile(world: World, kind: StoredFile['kind'], fileId: string, name = ''): void {
  if (world.state.files.has(fileId)) return;
  const path = `${kind}/${fileId}`;
  world.put({
    fact: 'file',
    file: { fileId, uniqueId: `u-${fileId}`, kind, path, name, mime: '', size: 1, width: 90, height: 90 },
  });
}
