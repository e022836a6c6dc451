import { expect, test } from 'vitest';
import { classifyError, classifyRefusal, passes, wordsOfPage } from '../../../src/channels/telegram/refusals.ts';

const said = (code: number, description: string) => classifyRefusal({ code, description });
const bad = (words: string) => said(400, `Bad Request: ${words}`);
const forbidden = (words: string) => said(403, `Forbidden: ${words}`);

/** Descriptions as tdlib/telegram-bot-api, td and the servers behind them write them. */
test.each([
  // Retry: later, or by another way.
  ['message thread not found', 'retry', 'thread-gone'],
  ['TOPIC_DELETED', 'retry', 'thread-gone'],
  ['TOPIC_ID_INVALID', 'retry', 'thread-gone'],
  ['MESSAGE_THREAD_ID_INVALID', 'retry', 'thread-gone'],
  ['TOPIC_CLOSED', 'retry', 'thread-shut'],
  ['the chat is not a forum', 'retry', 'no-threads'],
  ['CHANNEL_FORUM_MISSING', 'retry', 'no-threads'],
  ['method is available only for supergroups', 'retry', 'no-threads'],
  ['message to be replied not found', 'retry', 'answered-gone'],
  ['reply message not found', 'retry', 'answered-gone'],
  ['QUOTE_TEXT_INVALID', 'retry', 'answered-gone'],
  ['group chat was upgraded to a supergroup chat', 'retry', 'moved'],
  ['Request aborted', 'retry', 'away'],
  ['RPC_CALL_FAIL', 'retry', 'away'],
  // Tell: as it is, never.
  ['chat not found', 'tell', 'closed'],
  ['PEER_ID_INVALID', 'tell', 'closed'],
  ['CHAT_WRITE_FORBIDDEN', 'tell', 'closed'],
  ['CHAT_RESTRICTED', 'tell', 'closed'],
  ['CHANNEL_PRIVATE', 'tell', 'closed'],
  ['GROUP_DEACTIVATED', 'tell', 'closed'],
  ['USER_BANNED_IN_CHANNEL', 'tell', 'closed'],
  ['PRIVACY_PREMIUM_REQUIRED', 'tell', 'closed'],
  ['user not found', 'tell', 'nobody'],
  ['PARTICIPANT_ID_INVALID', 'tell', 'nobody'],
  ['USER_NOT_PARTICIPANT', 'tell', 'nobody'],
  ['invalid user_id specified', 'tell', 'nobody'],
  ['CHAT_ADMIN_REQUIRED', 'tell', 'rights'],
  ['member list is inaccessible', 'tell', 'rights'],
  ['have no rights to send a message', 'tell', 'rights'],
  ['not enough rights to send text messages to the chat', 'tell', 'rights'],
  ['CHAT_SEND_PLAIN_FORBIDDEN', 'tell', 'rights'],
  ['not enough rights to create a topic', 'tell', 'rights'],
  ['not enough rights to manage topics', 'tell', 'rights'],
  ['VOICE_MESSAGES_FORBIDDEN', 'tell', 'kind'],
  ['ROUND_MESSAGES_FORBIDDEN', 'tell', 'kind'],
  ['user restricted receiving of voice messages', 'tell', 'kind'],
  ['user restricted receiving of video messages', 'tell', 'kind'],
  ['CHAT_SEND_PHOTOS_FORBIDDEN', 'tell', 'kind'],
  ['CHAT_SEND_VOICES_FORBIDDEN', 'tell', 'kind'],
  ['not enough rights to send photos to the chat', 'tell', 'kind'],
  ['not enough rights to send voice notes to the chat', 'tell', 'kind'],
  ['wrong file identifier/HTTP URL specified', 'tell', 'file'],
  ['wrong remote file identifier specified: Wrong padding in the string', 'tell', 'file'],
  ['wrong file_id or the file is temporarily unavailable', 'tell', 'file'],
  ['invalid file_id', 'tell', 'file'],
  ['FILE_REFERENCE_EXPIRED', 'tell', 'file'],
  ['FILE_REFERENCE_0_EXPIRED', 'tell', 'file'],
  ['PHOTO_INVALID_DIMENSIONS', 'tell', 'file'],
  ['IMAGE_PROCESS_FAILED', 'tell', 'file'],
  ["can't use file of type Photo as Document", 'tell', 'file'],
  ["Can't use the media of the specified type in the album", 'tell', 'file'],
  ['type of file mismatch', 'tell', 'file'],
  ['MEDIA_EMPTY', 'tell', 'file'],
  ['VIDEO_FILE_INVALID', 'tell', 'file'],
  ['file is too big', 'tell', 'size'],
  ['FILE_PARTS_INVALID', 'tell', 'size'],
  ["message can't be copied", 'tell', 'copying'],
  ["message can't be forwarded", 'tell', 'copying'],
  ['CHAT_FORWARDS_RESTRICTED', 'tell', 'copying'],
  ['message to edit not found', 'tell', 'message-gone'],
  ['message to delete not found', 'tell', 'message-gone'],
  ['message to copy not found', 'tell', 'message-gone'],
  ['MESSAGE_ID_INVALID', 'tell', 'message-gone'],
  ["message can't be edited", 'tell', 'message-fixed'],
  ["message can't be deleted", 'tell', 'message-fixed'],
  ["message can't be deleted for everyone", 'tell', 'message-fixed'],
  ['MESSAGE_EDIT_TIME_EXPIRED', 'tell', 'message-fixed'],
  ['there is no text in the message to edit', 'tell', 'message-fixed'],
  ['message is too long', 'tell', 'length'],
  ['message caption is too long', 'tell', 'length'],
  ['MEDIA_CAPTION_TOO_LONG', 'tell', 'length'],
  ['ENTITIES_TOO_LONG', 'tell', 'length'],
  ["can't parse entities: unexpected end of tag at byte offset 7", 'tell', 'words'],
  ['message text is empty', 'tell', 'words'],
  ['BUTTON_DATA_INVALID', 'tell', 'words'],
  ['reply markup is too long', 'tell', 'words'],
  ['something that nobody has seen yet', 'tell', 'unknown'],
  // Give up: nobody misses it.
  ['message is not modified: specified new message content and reply markup are exactly the same', 'give-up', 'unchanged'],
  ['TOPIC_NOT_MODIFIED', 'give-up', 'unchanged'],
  ['query is too old and response timeout expired or query ID is invalid', 'give-up', 'late'],
  ['REACTION_INVALID', 'give-up', 'reaction'],
  ['message to react not found', 'give-up', 'reaction'],
] as const)('400 «%s»: %s (%s)', (words, move, what) => {
  expect(bad(words)).toMatchObject({ move, what });
});

test.each([
  ['bot was blocked by the user'],
  ['user is deactivated'],
  ["bot can't initiate conversation with a user"],
  ["bot can't send messages to bots"],
  ['bot was kicked from the group chat'],
  ['bot was kicked from the supergroup chat'],
  ['bot is not a member of the supergroup chat'],
  ['the group chat was deleted'],
  ['something that nobody has seen yet'],
])('403 «%s»: the chat is closed to us', (words) => {
  expect(forbidden(words)).toMatchObject({ move: 'tell', what: 'closed' });
});

test.each([
  [0, 'network request failed', 'retry', 'away'],
  [401, 'Unauthorized', 'retry', 'token'],
  [404, 'Not Found', 'retry', 'token'],
  [409, 'Conflict: terminated by other getUpdates request', 'retry', 'away'],
  [413, 'Request Entity Too Large', 'tell', 'size'],
  [500, 'Internal Server Error: sent message was immediately deleted', 'retry', 'away'],
  [502, 'Bad Gateway', 'retry', 'away'],
  [503, 'Service Unavailable', 'retry', 'away'],
  [504, 'Gateway Timeout', 'retry', 'away'],
] as const)('%d «%s»: %s (%s)', (code, words, move, what) => {
  expect(said(code, words)).toMatchObject({ move, what });
});

/** What a proxy, a mirror or a guard before Telegram may answer with a page of its own. */
const PAGES = [
  400, 401, 402, 403, 404, 405, 406, 407, 408, 409, 410, 411, 412, 414, 415, 418, 421, 422, 425, 426, 428, 431, 444, 451, 499,
];

test.each([...PAGES, 500, 502, 503, 504, 520, 522])(
  'a page with %i says nothing of whom it was written to: the way there is closed for a while',
  (status) => {
    const refusal = said(status, wordsOfPage(status));
    expect(refusal).toMatchObject({ move: 'retry', what: 'away' });
    expect(passes(refusal)).toBe(true);
  },
);

test.each([
  [413, 'tell', 'size'],
  [429, 'retry', 'pace'],
] as const)('a page with %i means what it means of Telegram', (status, move, what) => {
  expect(said(status, wordsOfPage(status))).toMatchObject({ move, what });
});

test.each([
  ['another JSON', {}],
  ['an error that names itself otherwise', { error_code: undefined, description: 'forbidden' }],
  ['a code without words', { error_code: 403 }],
])('%s is no answer of Telegram', (_, error) => {
  expect(classifyError(error)).toMatchObject({ move: 'retry', what: 'away' });
});

test('Telegram says how long to wait, and where a group has gone', () => {
  const { seconds } = classifyRefusal({
    code: 429,
    description: 'Too Many Requests: retry after 7',
    parameters: { retry_after: 7 },
  });
  expect(seconds).toBe(7);
  expect(said(429, 'Too Many Requests')).toMatchObject({ move: 'retry', what: 'pace', seconds: 5 });
  const words = 'Bad Request: group chat was upgraded to a supergroup chat';
  expect(classifyRefusal({ code: 400, description: words, parameters: { migrate_to_chat_id: -1002 } })).toMatchObject({
    what: 'moved',
    movedTo: -1002,
  });
});

test('what people wrote is in no reason', () => {
  const { reason } = bad(`can't parse entities: unsupported start tag "Иванов" at byte offset 3`);
  expect(reason).not.toContain('Иванов');
});

test.each([
  [400, 'Bad Request: failed to send message #1 with the error message "WEBPAGE_MEDIA_EMPTY"', 'file'],
  [400, 'Bad Request: failed to send message #2 with the error message "PHOTO_INVALID_DIMENSIONS"', 'file'],
  [400, 'Bad Request: failed to send message #2 with the error message "Wrong file identifier/HTTP URL specified"', 'file'],
  [400, 'Bad Request: failed to send message #1 with the error message "CHAT_SEND_PHOTOS_FORBIDDEN"', 'kind'],
  [400, 'Bad Request: failed to send message #3 with the error message "TOPIC_CLOSED"', 'thread-shut'],
  [400, 'Bad Request: failed to send message #1 with the error message "Message thread not found"', 'thread-gone'],
  [403, 'Forbidden: failed to send message #1 with the error message "Bot was blocked by the user"', 'closed'],
  [500, 'Internal Server Error: failed to send message #1 with the error message "Internal Server Error"', 'away'],
] as const)('an album, %i «%s»: what its file met with', (code, words, what) => {
  expect(said(code, words)).toMatchObject({ what });
});

test.each([
  ['FLOOD_WAIT_17', 17],
  ['Bad Request: FLOOD_WAIT_17', 17],
  ['Bad Request: SLOWMODE_WAIT_30', 30],
  ['Bad Request: Too Many Requests: retry later', 5],
  ['Bad Request: TOO_MANY_REQUESTS', 5],
] as const)('400 «%s»: a flood wait all the same', (words, seconds) => {
  expect(said(400, words)).toMatchObject({ move: 'retry', what: 'pace', seconds });
});

test.each([
  [404, 'Not Found: method not found', 'tell', 'unknown'],
  [400, 'Logged out', 'retry', 'token'],
  [400, 'Bad Request: FORUM_TOPICS_TOO_MUCH', 'retry', 'no-threads'],
  [400, 'Bad Request: message to reply not found', 'retry', 'answered-gone'],
  [400, 'Bad Request: MESSAGE_TOO_OLD', 'tell', 'message-fixed'],
  [400, 'Bad Request: wrong message to copy specified', 'tell', 'copying'],
  [400, "Bad Request: can't access the chat", 'tell', 'closed'],
  [400, 'Bad Request: supergroup members are unavailable', 'tell', 'rights'],
  [400, 'Bad Request: TEXT_TOO_LONG', 'tell', 'length'],
  [400, 'Bad Request: file must be non-empty', 'tell', 'file'],
  [400, 'Bad Request: STICKERSET_INVALID', 'tell', 'file'],
] as const)('%i «%s»: %s (%s)', (code, words, move, what) => {
  expect(said(code, words)).toMatchObject({ move, what });
});
