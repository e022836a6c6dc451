import type { Message } from 'grammy/types';
import type { MessageRef, Piece } from '../../office/desk/piece.ts';

/** How a message in Telegram is named in the office. */
export const messageRef = (chat: number, message: number): MessageRef => `telegram:${chat}/${message}`;

/** A message as a request needs it; undefined for what is none: service messages, dice, invoices, polls… */
export function pieceOf(message: Message): Piece | undefined {
  const content = contentOf(message);
  if (!content) return undefined;
  const album = message.media_group_id;
  return {
    source: messageRef(message.chat.id, message.message_id),
    album: album === undefined ? null : `telegram:${message.chat.id}/${album}`,
    repliesTo: repliedTo(message),
    words: wordsOf(message),
    file: null,
    fileName: null,
    ...content,
  };
}

/** Plain text; where a word is a link by its looks only, its address follows it. */
function wordsOf({ text, caption, entities, caption_entities: captionEntities }: Message): string {
  let words = text ?? caption ?? '';
  for (const entity of (entities ?? captionEntities ?? []).toSorted((a, b) => b.offset - a.offset)) {
    if (entity.type !== 'text_link') continue;
    const end = entity.offset + entity.length;
    words = `${words.slice(0, end)} (${entity.url})${words.slice(end)}`;
  }
  return words;
}

/** In a topic every message that answers none is shown as an answer to the topic's beginning. */
function repliedTo({ chat, reply_to_message: replied, message_thread_id: thread }: Message): MessageRef | null {
  if (!replied || replied.forum_topic_created || replied.message_id === thread) return null;
  return messageRef(chat.id, replied.message_id);
}

function contentOf(message: Message): (Pick<Piece, 'kind'> & Partial<Piece>) | undefined {
  const { photo, document, video, voice, audio, video_note: videoNote, sticker, animation, location, contact } = message;
  if (message.text !== undefined) return { kind: 'words' };
  // The sizes of a photo run from the smallest.
  const picture = photo?.at(-1);
  if (picture) return { kind: 'photo', file: picture.file_id };
  // An animation is a document as well, for those who do not know it.
  const held = document ?? animation;
  if (held) return { kind: 'document', file: held.file_id, fileName: held.file_name ?? null };
  if (video) return { kind: 'video', file: video.file_id, fileName: video.file_name ?? null };
  if (voice) return { kind: 'voice', file: voice.file_id };
  if (audio) return { kind: 'audio', file: audio.file_id, fileName: audio.file_name ?? null };
  if (videoNote) return { kind: 'video-note', file: videoNote.file_id };
  if (sticker) return { kind: 'sticker', file: sticker.file_id, words: sticker.emoji ?? '' };
  if (location) return { kind: 'location', words: `${location.latitude}, ${location.longitude}` };
  if (contact)
    return { kind: 'contact', words: [contact.first_name, contact.last_name, contact.phone_number].filter(Boolean).join(' ') };
  return undefined;
}
