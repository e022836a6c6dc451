import type { RefusalMove, RefusedWhat } from '../../delivery/refusal.ts';

/** How the Bot API says no, and nothing of whom it was said to: `parameters` as it sends them. `code` 0: there was no answer at all. */
export type TelegramNo = {
  code: number;
  description: string;
  parameters?: { retry_after?: number | undefined; migrate_to_chat_id?: number | undefined } | undefined;
};

export type TelegramRefusal = {
  move: RefusalMove;
  what: RefusedWhat;
  /** How long to wait, where Telegram says so. */
  seconds?: number;
  /** The group's new id, where it has one. */
  movedTo?: number;
  /** Telegram's words without those that it quotes: what people wrote is not among them. */
  reason: string;
};

const MOVES: { readonly [What in RefusedWhat]: RefusalMove } = {
  pace: 'retry',
  away: 'retry',
  token: 'retry',
  moved: 'retry',
  closed: 'tell',
  rights: 'tell',
  nobody: 'tell',
  'no-threads': 'retry',
  'thread-gone': 'retry',
  'thread-shut': 'retry',
  unchanged: 'give-up',
  'message-gone': 'tell',
  'message-fixed': 'tell',
  'answered-gone': 'retry',
  copying: 'tell',
  kind: 'tell',
  file: 'tell',
  size: 'tell',
  words: 'tell',
  length: 'tell',
  late: 'give-up',
  reaction: 'give-up',
  unknown: 'tell',
};

/** In place of Telegram's words where something before it answered with this status: a page of a proxy, of a mirror, of whatever guards it. */
export const wordsOfPage = (status: number): string => `HTTP ${status}`;

/** A server's failures that come as if they were the caller's: «Bad Request: …». */
const AWAY =
  /internal server error|request aborted|restart|timed? ?out|temporarily unavailable|try again|RPC_(CALL|SEND)_FAIL|_INTERNAL|NEED_(MEMBER|CHAT)_INVALID|^MSG_WAIT|WORKER_BUSY|HISTORY_GET_FAILED|PTS_|PERSISTENT_TIMESTAMP|NETWORK_MIGRATE|CONNECTION_|FAILED_TO_(GET|SEND)|Timeout/i;

/** What of an album's file is amiss stands, quoted, behind which of them it was. */
const ONE_OF_SEVERAL = /failed to send message #\d+ with the error message "(.*)"$/i;
/** The server behind it wants us to wait, however the way there calls that. */
const WAIT = /^(?:Bad Request: )?(?:FLOOD_WAIT|FLOOD_PREMIUM_WAIT|SLOWMODE_WAIT)_(\d+)|Too Many Requests|TOO_MANY_REQUESTS/i;

/**
 * The first row that fits holds. As tdlib/telegram-bot-api writes them (`fail_query…` of Client.cpp and td's own errors), and those of the
 * servers behind it, which it hands on in capitals.
 */
const TABLE: readonly (readonly [RegExp, RefusedWhat])[] = [
  [/not modified|_NOT_MODIFIED|exactly the same/i, 'unchanged'],
  [/upgraded to a supergroup|migrated to a supergroup|CHAT_MIGRATED/i, 'moved'],

  [/query is too old|query ID is invalid|QUERY_ID_INVALID|invalid query|DATA_TOO_LATE|response timeout expired/i, 'late'],
  [/REACTION|reaction type|message to react not found/i, 'reaction'],

  [
    /thread not found|TOPIC_ID_INVALID|TOPIC_DELETED|MESSAGE_THREAD_ID_INVALID|topic not found|FORUM_TOPIC_NOT_FOUND/i,
    'thread-gone',
  ],
  [/TOPIC_CLOSED|topic is closed/i, 'thread-shut'],
  [
    /not a forum|CHAT_NOT_FORUM|CHANNEL_FORUM_MISSING|FORUM_MISSING|only for supergroups|available only in forum|no topics in|TOPICS_TOO_MUCH/i,
    'no-threads',
  ],

  [
    /message to be replied not found|reply message not found|replied message not found|message to reply not found|invalid reply message|REPLY_MESSAGE_ID_INVALID|REPLY_TO_|QUOTE_(TEXT_)?INVALID|quote.* not found/i,
    'answered-gone',
  ],
  [
    /message to (edit|delete|copy|forward|pin|unpin) not found|message not found|MESSAGE_IDS?_INVALID|message identifier is (not specified|invalid)|MESSAGE_IDS_EMPTY|there are no messages to/i,
    'message-gone',
  ],
  [
    /can't be (edited|deleted|stopped)|MESSAGE_DELETE_FORBIDDEN|MESSAGE_EDIT_TIME_EXPIRED|MESSAGE_TOO_OLD|MESSAGE_AUTHOR_REQUIRED|EDIT_.*FORBIDDEN|there is no (text|caption|media) in the message/i,
    'message-fixed',
  ],
  [
    /can't be (copied|forwarded)|CHAT_FORWARDS_RESTRICTED|protected content|has no content that can be copied|wrong message to (copy|forward)/i,
    'copying',
  ],

  [/CHAT_SEND_PLAIN_FORBIDDEN/i, 'rights'],
  [
    /VOICE_MESSAGES_FORBIDDEN|ROUND_MESSAGES?_FORBIDDEN|(VIDEO|VIDEO_NOTE|ROUNDVIDEO)S?_MESSAGES_FORBIDDEN|CHAT_SEND_[A-Z]+_FORBIDDEN|user restricted receiving of|restricts? (the )?receiving|not enough rights to send (?!text)\w+( \w+)? to the chat|STICKERS?_(TYPE_)?FORBIDDEN/i,
    'kind',
  ],

  [/PARTICIPANT_ID_INVALID|USER_NOT_PARTICIPANT|USER_ID_INVALID|invalid user_id|member not found|user not found/i, 'nobody'],
  [
    /bot was (blocked|kicked)|user is deactivated|USER_DEACTIVATED|INPUT_USER_DEACTIVATED|USER_IS_BLOCKED|YOU_BLOCKED_USER|USER_IS_BOT|can't (initiate|send messages to)|chat not found|chat was deactivated|group chat was deleted|GROUP_DEACTIVATED|not a member|PEER_ID_INVALID|CHAT_ID_INVALID|CHANNEL_(PRIVATE|INVALID)|CHAT_(WRITE_)?FORBIDDEN|CHAT_RESTRICTED|USER_BANNED_IN_CHANNEL|PRIVACY_PREMIUM_REQUIRED|ALLOW_PAYMENT_REQUIRED|PAYMENT_REQUIRED|USER_PRIVACY_RESTRICTED|have no (access|write access)|can't access the chat/i,
    'closed',
  ],
  [
    /not enough rights|have no rights|CHAT_ADMIN_REQUIRED|RIGHT_FORBIDDEN|need administrator rights|must be (an )?administrator|member list is inaccessible|members are unavailable|CHAT_ADMIN_INVITE_REQUIRED|method is available only for|GUEST_SEND_FORBIDDEN/i,
    'rights',
  ],

  [
    /message is too long|MESSAGE_TOO_LONG|caption is too long|CAPTION_TOO_LONG|text is too long|TEXT_TOO_LONG|ENTITIES_TOO_LONG|too much (text|entities)/i,
    'length',
  ],
  [/file is too big|too (big|large)|FILE_PARTS_INVALID|PHOTO_FILE_TOO_|VIDEO_FILE_TOO_/i, 'size'],
  [
    /file.?(_?id|identifier|reference|_PART)|wrong (remote )?file|FILE_|PHOTO_|IMAGE_|VIDEO_|AUDIO_|DOCUMENT_|STICKER_|STICKERSET_|MEDIA_|file must be|group send failed|type of file|use (the )?(file|media) of|use file|(media|photo|sticker|voice|video|document|audio) not found|there is no (photo|voice|video|video note|sticker|document|audio|animation)|wrong type of the web page|HTTP URL|upload/i,
    'file',
  ],
  [
    /can't parse|parse entities|ENTITY_|ENTITIES_|text (is empty|must be)|MESSAGE_EMPTY|BUTTON|reply markup|REPLY_MARKUP|inline keyboard|must be encoded in UTF-8|TITLE|URL_INVALID|unsupported parse_mode/i,
    'words',
  ],
];

/** What Telegram's no means, wherever the bot hears it: one table for replies, deliveries, notices and questions. */
export function classifyRefusal({ code, description, parameters }: TelegramNo): TelegramRefusal {
  const one = ONE_OF_SEVERAL.exec(description)?.[1];
  if (one !== undefined) return classifyRefusal({ code, description: one, parameters });
  const reason = description.replace(/"[^"]*"/g, '…');
  const { retry_after: seconds, migrate_to_chat_id: movedTo } = parameters ?? {};
  const of = (what: RefusedWhat): TelegramRefusal => ({ move: MOVES[what], what, reason });
  if (movedTo !== undefined) return { ...of('moved'), movedTo };
  if (code === 429 || code === 420) return { ...of('pace'), seconds: Math.max(1, seconds ?? 5) };
  const wait = code === 400 || code === 403 ? WAIT.exec(reason) : null;
  if (wait) return { ...of('pace'), seconds: Math.max(1, Number(wait[1] ?? 5)) };
  if (code === 413) return of('size');
  // It speaks for itself, and says nothing of whom Telegram was asked to write to; of a size alone, above, it says the same as Telegram.
  if (description === wordsOfPage(code)) return of('away');
  // An older Bot API server of one's own: what it does not know it will not learn by being asked again.
  if (code === 404 && /method not found/i.test(reason)) return of('unknown');
  // It is at home at another Bot API server.
  if (code === 401 || code === 404 || /^(Bad Request: )?logged out$/i.test(reason)) return of('token');
  // No answer; not from Telegram (a proxy's page); another process asks, too.
  if (code === 0 || code >= 500 || code === 408 || code === 409 || code === 407) return of('away');
  const what = TABLE.find(([sign]) => sign.test(reason))?.[1];
  if (what !== undefined) return of(what);
  if (AWAY.test(reason)) return of('away');
  return of(code === 403 ? 'closed' : 'unknown');
}

/** The same of the error that grammY throws for it; what is JSON and none of Telegram's has neither a code nor a description, and counts as no answer. */
export function classifyError(error: {
  error_code?: number | undefined;
  description?: string | undefined;
  parameters?: TelegramNo['parameters'];
}): TelegramRefusal {
  const { error_code: code, description, parameters } = error;
  if (code === undefined || description === undefined) return classifyRefusal({ code: 0, description: 'another JSON' });
  return classifyRefusal({ code, description, parameters });
}

/** Nobody's fault, and it passes: the same is taken later. */
export function passes(refusal: TelegramRefusal): boolean {
  return passesByItself(refusal) || refusal.what === 'token';
}

/** The same without anybody doing something: a token that is not known does not by itself become known. */
export function passesByItself({ what }: TelegramRefusal): boolean {
  return what === 'away' || what === 'pace';
}
