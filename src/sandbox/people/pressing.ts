/** Buttons, invoices and reactions under people's fingers. */
import { randomInt } from 'node:crypto';
import type { InlineKeyboardButton, Message, OrderInfo, ReactionType } from 'grammy/types';
import { askCheckout } from '../bot-api/checkout.ts';
import { setPersonReaction } from '../bot-api/posting.ts';
import { Refusal } from '../bot-api/refusal.ts';
import { type ChatState, cardAsChat, type PendingCheckout, personAsUser, type Sale } from '../bot-api/state.ts';
import { queueUpdate } from '../bot-api/updates/queue.ts';
import type { World } from '../bot-api/world.ts';
import type { Action, ActionResult } from '../protocol.ts';
import { ActRefusal, chatSeenBy, chatWherePersonWrites, messageAt, sandboxPersonOf } from './people.ts';
import { sendPlace, sendText, shareContact } from './messages.ts';

type Of<T extends Action['type']> = Extract<Action, { type: T }>;

/** Where «Отправить местоположение» is sent from: the middle of the town. */
const TOWN = { latitude: 47.2357, longitude: 38.8953 };

/** A press on a button of the message as it stands now. */
export function pressButton(world: World, action: Of<'press-button'>): ActionResult {
  const chat = chatSeenBy(world, action.as, action.chatId);
  if (chat.card.kind === 'private') chatWherePersonWrites(world, action.as, action.chatId);
  const { message } = messageAt(chat, action.messageId);
  const button = message.reply_markup?.inline_keyboard[action.row]?.[action.column];
  if (!button) throw new ActRefusal('Этой кнопки уже нет');
  if (isPay(button))
    return payInvoice(world, { type: 'pay-invoice', as: action.as, chatId: action.chatId, messageId: action.messageId });
  if (!('callback_data' in button)) throw new ActRefusal('Эта кнопка ничего не сообщает боту');
  return press(world, chat, action.as, message, button.callback_data);
}

function press(world: World, chat: ChatState, personId: number, message: Message, data: string): ActionResult {
  const callbackQueryId = String(randomInt(1e14)).padStart(18, '4');
  return world.change(() => {
    world.put({
      fact: 'press',
      press: { callbackQueryId, personId, chatId: chat.card.id, messageId: message.message_id, data, pressedAt: world.seconds() },
    });
    queueUpdate(world, 'callback_query', {
      id: callbackQueryId,
      from: personAsUser(sandboxPersonOf(world, personId)),
      message,
      chat_instance: String(Math.abs(chat.card.id) * 31 + world.state.bot.id),
      data,
    });
    return { callbackQueryId };
  });
}

/** A button of the keyboard below the input. */
export function pressKeyboard(world: World, action: Of<'press-keyboard'>): ActionResult {
  const { as, chatId } = action;
  const chat = chatSeenBy(world, as, chatId);
  const button = chat.card.keyboard?.rows[action.row]?.[action.column];
  if (button === undefined) throw new ActRefusal('Этой кнопки уже нет');
  const where = { as, chatId, ...(action.threadId === undefined ? {} : { threadId: action.threadId }) };
  if (typeof button === 'string') return sendText(world, { type: 'send-text', text: button, ...where });
  if ('request_contact' in button && button.request_contact) return shareContact(world, { type: 'share-contact', ...where });
  if ('request_location' in button && button.request_location)
    return sendPlace(world, { type: 'send-location', ...TOWN, ...where });
  return sendText(world, { type: 'send-text', text: button.text, ...where });
}

/** «Заплатить»: the bot is asked first; what came of it is the event `payment`. */
export function payInvoice(world: World, action: Of<'pay-invoice'>): ActionResult {
  const { as, chatId, messageId } = action;
  const stored = messageAt(chatSeenBy(world, as, chatId), messageId);
  const { sale } = stored;
  if (!sale) throw new ActRefusal('В этом сообщении нет счёта');
  if (stored.invoice === 'paid') throw new ActRefusal('Этот счёт уже оплачен');
  if (stored.message.forward_origin && sale.startParameter !== undefined)
    throw new ActRefusal('Пересланный счёт оплачивают в чате с ботом: откройте его кнопкой');
  return checkout(world, {
    personId: as,
    chatId,
    sale,
    tipAmount: action.tipKopecks ?? 0,
    messageId,
    ...orderDetails(sale, action.details),
    ...(action.isDeclined ? { isDeclined: true } : {}),
  });
}

/** What the invoice asks for and nothing else; refused when something is missing. */
function orderDetails({ asks = [] }: Sale, given: Of<'pay-invoice'>['details'] = {}): Pick<PendingCheckout, 'details'> {
  const details: OrderInfo = {};
  for (const detail of asks) {
    const value = given[detail]?.trim();
    if (!value) throw new ActRefusal('Заполните всё, что просит счёт');
    details[detail] = value;
  }
  return asks.length > 0 ? { details } : {};
}

function checkout(world: World, asked: Parameters<typeof askCheckout>[1]): ActionResult {
  try {
    askCheckout(world, asked);
    return {};
  } catch (error) {
    throw error instanceof Refusal ? new ActRefusal('Столько на чай здесь не берут') : error;
  }
}

/** The bot hears of it only when it asked for `message_reaction`. */
export function react(world: World, action: Of<'react'>): ActionResult {
  const chat = chatSeenBy(world, action.as, action.chatId);
  const { message } = messageAt(chat, action.messageId);
  return world.change(() => {
    const before = setPersonReaction(world, chat, message.message_id, action.as, action.emoji);
    if (chat.card.kind !== 'private' && chat.card.bot.status !== 'administrator') return {};
    queueUpdate(world, 'message_reaction', {
      chat: cardAsChat(world.state, chat.card),
      message_id: message.message_id,
      user: personAsUser(sandboxPersonOf(world, action.as)),
      date: world.seconds(),
      old_reaction: asReactions(before),
      new_reaction: asReactions(action.emoji),
    });
    return {};
  });
}

const asReactions = (emoji: string | undefined): ReactionType[] =>
  emoji === undefined ? [] : [{ type: 'emoji', emoji: emoji as '👍' }];

const isPay = (button: InlineKeyboardButton): boolean => 'pay' in button && button.pay;
