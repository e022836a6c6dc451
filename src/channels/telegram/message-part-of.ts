import type { Chat, Message, MessageEntity, MessageOrigin } from 'grammy/types';
import { cutTo, shortenTo } from '../../domain/cut.ts';
import { blankSecrets } from '../../domain/secret-words.ts';
import { seenOf } from '../../domain/unseen.ts';
import type { LookedWords, WordLook } from '../../texts/markup.ts';
import type { MessageRef, MessagePart } from '../../office/staff/message-part.ts';
import { albumId, messageRef } from './ids.ts';

/** A message as a request needs it; undefined for what is none: service messages, dice, invoices, polls… */
export function messagePartOf(message: Message): MessagePart | undefined {
  const content = contentOf(message);
  if (!content) return undefined;
  const album = message.media_group_id;
  return {
    source: messageRef(message.chat.id, message.message_id),
    album: album === undefined ? null : albumId(message.chat.id, album),
    repliesTo: repliedTo(message),
    words: wordsOf(message),
    file: null,
    fileName: null,
    ...content,
    ...citedBy(message),
  };
}

const LONGEST_QUOTE = 300;
/** What is shown of it is less: nothing that is to be masked stands there in half. */
const LONGEST_ABOUT = 200;

/** What it quotes or is an answer to, and from whom it was passed on. */
function citedBy(message: Message): Pick<MessagePart, 'context'> {
  const { quote, reply_to_message: replied, external_reply: external, forward_origin: origin } = message;
  // A secret goes no further than the message in which it stands, nor does a piece of it that was picked out.
  const whole = replied?.text ?? replied?.caption;
  const bare = blankSecrets(whole ?? quote?.text ?? '');
  const isPicked = quote?.is_manual === true && (whole === undefined || whole === bare || bare.includes(quote.text));
  const picked = isPicked ? shortenTo(withoutNul(blankSecrets(quote.text)).trim(), LONGEST_QUOTE) : '';
  const answered = repliedTo(message) === null && !external ? '' : bare;
  const about = shortenTo(withoutNul(answered).replace(/\s+/g, ' ').trim(), LONGEST_ABOUT);
  const from = origin && senderOf(origin);
  const looks = looksOf(message);
  if (picked === '' && about === '' && !from && looks.length === 0) return {};
  return {
    context: {
      ...(looks.length > 0 && { looks }),
      ...(picked !== '' && { quote: picked }),
      ...(about !== '' && { about }),
      ...(external?.origin.type === 'channel' && isPublic(external.origin.chat) && { open: true }),
      ...(from && { from }),
    },
  };
}

function senderOf(origin: MessageOrigin): { who: 'person' | 'chat'; name: string } | undefined {
  const named = (who: 'person' | 'chat', name: string | undefined) => {
    const seen = cutTo(seenOf(name ?? ''), LONGEST_NAME);
    return { who, name: seen === '' ? '…' : seen };
  };
  switch (origin.type) {
    case 'user':
      return named('person', [origin.sender_user.first_name, origin.sender_user.last_name].filter(Boolean).join(' '));
    case 'hidden_user':
      return named('person', origin.sender_user_name);
    case 'chat':
      return named(whoseWords(origin.sender_chat), origin.sender_chat.title);
    case 'channel':
      return named(whoseWords(origin.chat), origin.chat.title);
  }
}

/** A group or channel with a public name is read by all; what another one is called is known to its members. */
const isPublic = ({ username }: Chat): boolean => username !== undefined;
const whoseWords = (chat: Chat) => (isPublic(chat) ? 'chat' : 'person');

const LONGEST_NAME = 64;

/** Telegram sends none; where one came all the same, no database would take it. */
const withoutNul = (text: string): string => text.replaceAll('\u0000', '');

/** Plain text; where a word is a link by its looks only, its address follows it. */
function wordsOf({ text, caption, entities, caption_entities: captionEntities }: Message): string {
  let words = text ?? caption ?? '';
  for (const entity of (entities ?? captionEntities ?? []).toSorted((a, b) => b.offset - a.offset)) {
    if (entity.type !== 'text_link') continue;
    const end = entity.offset + entity.length;
    words = `${words.slice(0, end)} (${entity.url})${words.slice(end)}`;
  }
  return withoutNul(words);
}

const LOOKS_OF: Readonly<Partial<Record<MessageEntity['type'], WordLook>>> = {
  bold: 'b',
  italic: 'i',
  underline: 'u',
  strikethrough: 's',
  code: 'code',
  pre: 'code',
};

/** How its words look, in places of the plain text that `wordsOf` makes. */
function looksOf({ text, caption, entities, caption_entities: captionEntities }: Message): LookedWords[] {
  const all = entities ?? captionEntities ?? [];
  if ((text ?? caption ?? '').includes('\u0000')) return [];
  const links = all.flatMap((entity) =>
    entity.type === 'text_link' ? [{ end: entity.offset + entity.length, added: entity.url.length + 3 }] : [],
  );
  /** Where a place of the message is once the addresses of links stand behind their words. */
  const moved = (place: number, isEnd: boolean) =>
    links.reduce((at, { end, added }) => at + (end < place || (end === place && !isEnd) ? added : 0), place);
  return all.flatMap(({ type, offset, length }): LookedWords[] => {
    const look = LOOKS_OF[type];
    return look ? [{ look, from: moved(offset, false), to: moved(offset + length, true) }] : [];
  });
}

/** In a topic every message that answers none is shown as an answer to the topic's beginning. */
function repliedTo({ chat, reply_to_message: replied, message_thread_id: thread }: Message): MessageRef | null {
  if (!replied || replied.forum_topic_created || replied.message_id === thread) return null;
  return messageRef(chat.id, replied.message_id);
}

function contentOf(message: Message): (Pick<MessagePart, 'kind'> & Partial<MessagePart>) | undefined {
  const { photo, document, video, voice, audio, video_note: videoNote, sticker, animation, location, contact } = message;
  if (message.text !== undefined) return { kind: 'words' };
  // The sizes of a photo run from the smallest.
  const picture = photo?.at(-1);
  if (picture) return { kind: 'photo', ...held(picture) };
  // An animation is a document as well, for those who do not know it.
  const papers = document ?? animation;
  if (papers) return { kind: 'document', ...held(papers), fileName: nameOf(papers) };
  if (video) return { kind: 'video', ...held(video), fileName: nameOf(video) };
  if (voice) return { kind: 'voice', ...held(voice) };
  if (audio) return { kind: 'audio', ...held(audio), fileName: nameOf(audio) };
  if (videoNote) return { kind: 'video-note', ...held(videoNote) };
  if (sticker) return { kind: 'sticker', ...held(sticker), words: sticker.emoji ?? '' };
  if (location) return { kind: 'location', words: `${location.latitude}, ${location.longitude}` };
  if (contact) {
    const words = [contact.first_name, contact.last_name, contact.phone_number].filter(Boolean).join(' ');
    return { kind: 'contact', words: withoutNul(words) };
  }
  return undefined;
}

/** A file's handle may be another each time it is shown to us; its key stays. */
const held = ({ file_id: file, file_unique_id: fileKey }: { file_id: string; file_unique_id: string }) => ({ file, fileKey });

const nameOf = ({ file_name: name }: { file_name?: string }): string | null => (name === undefined ? null : withoutNul(name));
