/** Words and places: sendMessage, sendVenue, sendChatAction. */
import type { Message } from 'grammy/types';
import { chatWhereBotWrites } from '../access.ts';
import type { ApiCall, Handlers } from '../call.ts';
import { readText } from '../entities/read.ts';
import { present } from '../present.ts';
import { badRequest } from '../refusal.ts';
import { sendContent, threadOf } from './send.ts';

const ACTIONS = new Set([
  'typing',
  'upload_photo',
  'record_video',
  'upload_video',
  'record_voice',
  'upload_voice',
  'record_audio',
  'upload_audio',
  'upload_document',
  'choose_sticker',
  'find_location',
  'record_video_note',
  'upload_video_note',
  'cancel',
]);

export const messages: Handlers = {
  sendMessage(call) {
    const { parameters } = call;
    const { text, entities } = readText(parameters.text('text'), parameters.text('parse_mode'), parameters.json('entities'));
    const preview = readPreview(call);
    return sendContent(
      call,
      present({ text, entities: entities.length > 0 ? entities : undefined, link_preview_options: preview }),
    );
  },

  sendVenue(call) {
    const { parameters } = call;
    const location = readLocation(call);
    const [title, address] = [parameters.text('title'), parameters.text('address')];
    if (title === undefined) throw badRequest('venue title must be non-empty');
    if (address === undefined) throw badRequest('venue address must be non-empty');
    return sendContent(call, { venue: { location, title, address }, location });
  },

  sendChatAction(call) {
    const action = call.parameters.text('action') ?? '';
    if (!ACTIONS.has(action)) throw badRequest('wrong parameter action in request');
    // Telegram does not count actions among messages.
    const chat = chatWhereBotWrites(call, 0);
    const threadId = threadOf(call, chat);
    call.world.publish({ type: 'chat-action', chatId: chat.card.id, action, ...(threadId === undefined ? {} : { threadId }) });
    return true;
  },
};

/** How the link in a text is shown; also for edits. */
export function readPreview({ parameters }: ApiCall): Message['link_preview_options'] {
  const given = parameters.json('link_preview_options');
  if (given === undefined) return undefined;
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw badRequest('object expected as link preview options');
  return given;
}

function readLocation({ parameters }: ApiCall): { latitude: number; longitude: number } {
  const [latitude, longitude] = [parameters.number('latitude'), parameters.number('longitude')];
  if (latitude === undefined) throw badRequest('latitude is empty');
  if (longitude === undefined) throw badRequest('longitude is empty');
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) throw badRequest('invalid location specified');
  return { latitude, longitude };
}
