import { GrammyError } from 'grammy';
import { expect, test } from 'vitest';
import { outcomeOfRefused } from '../../../src/channels/telegram/action-refusals.ts';
import type { CallOutcome } from '../../../src/channels/telegram/attempt.ts';
import { classifyError } from '../../../src/channels/telegram/refusals.ts';
import type { MessengerAction } from '../../../src/delivery/requests/actions.ts';

const inThread = { group: true, thread: 'telegram:-1001/5' } as const;
const rest = { marked: 'слова', buttons: [], replyTo: undefined, silent: false };
const toGroup: MessengerAction = { does: 'say', to: inThread, ...rest };
const toPerson: MessengerAction = { does: 'say', to: { person: 'telegram:7' }, ...rest };
const opening: MessengerAction = { does: 'open-thread', title: '№ 1' };

type Refused = Extract<CallOutcome<unknown>, { done: false }>;

function refusal(error_code: number, description: string, parameters = {}): Refused {
  const error = new GrammyError('refused', { ok: false, error_code, description, parameters }, 'sendMessage', {});
  return { done: false, refusal: classifyError(error), error };
}

test.each([
  [
    'a flood wait',
    toGroup,
    refusal(429, 'Too Many Requests: retry after 7', { retry_after: 7 }),
    { outcome: 'wait', seconds: 7 },
  ],
  ['a resident who blocked us', toPerson, refusal(403, 'Forbidden: bot was blocked by the user'), { outcome: 'blocked' }],
  [
    'a group that we are not in',
    toGroup,
    refusal(403, 'Forbidden: bot was kicked from the supergroup chat'),
    { outcome: 'blocked' },
  ],
  [
    'a group that takes no words from us',
    toGroup,
    refusal(400, 'Bad Request: not enough rights to send text messages to the chat'),
    { outcome: 'blocked' },
  ],
  ['a plain group', opening, refusal(400, 'Bad Request: the chat is not a forum'), { outcome: 'no-threads' }],
  [
    'no right to make topics',
    opening,
    refusal(400, 'Bad Request: not enough rights to create a topic'),
    { outcome: 'no-threads' },
  ],
  ['a deleted topic', toGroup, refusal(400, 'Bad Request: message thread not found'), { outcome: 'thread-gone' }],
  [
    'a deleted topic that is renamed',
    { does: 'retitle', thread: 'telegram:-1001/5', title: 'x' } as const,
    refusal(400, 'Bad Request: TOPIC_ID_INVALID'),
    { outcome: 'thread-gone' },
  ],
  ['a topic that was closed', toGroup, refusal(400, 'Bad Request: TOPIC_CLOSED'), { outcome: 'thread-shut' }],
  [
    'a title that is so already',
    { does: 'retitle', thread: 'telegram:-1001/5', title: 'x' } as const,
    refusal(400, 'Bad Request: TOPIC_NOT_MODIFIED'),
    { outcome: 'done' },
  ],
  [
    'words that are so already',
    { does: 'change-words', message: 'telegram:7/5', marked: 'x', buttons: [] } as const,
    refusal(400, 'Bad Request: message is not modified: specified new message content and reply markup are exactly the same'),
    { outcome: 'done' },
  ],
  [
    'a message that is gone',
    { does: 'delete', message: 'telegram:7/5' } as const,
    refusal(400, 'Bad Request: message to delete not found'),
    { outcome: 'message-gone' },
  ],
  [
    'one that is too old',
    { does: 'delete', message: 'telegram:7/5' } as const,
    refusal(400, "Bad Request: message can't be deleted"),
    { outcome: 'refused' },
  ],
] as const)('%s', (_, action, error, expected) => {
  expect(outcomeOfRefused(action, error)).toMatchObject(expected);
});

test('what says nothing of the action is thrown on; what people wrote is in no reason', () => {
  expect(() => outcomeOfRefused(toGroup, refusal(502, 'Bad Gateway'))).toThrow('502');
  expect(() => outcomeOfRefused(toGroup, refusal(401, 'Unauthorized'))).toThrow('401');
  const said = outcomeOfRefused(
    toPerson,
    refusal(400, `Bad Request: can't parse entities: unsupported start tag "Иванов" at byte offset 3`),
  );
  expect(JSON.stringify(said)).not.toContain('Иванов');
});

test.each([
  ['Bad Request: FORUM_TOPICS_TOO_MUCH', 'no-threads'],
  ['Bad Request: not enough rights to create a topic', 'no-threads'],
  ['Bad Request: the chat is not a forum', 'no-threads'],
  ['Bad Request: group chat was upgraded to a supergroup chat', 'no-threads'],
  ['Bad Request: TOPIC_TITLE_EMPTY', 'refused'],
  ['Bad Request: strings must be encoded in UTF-8', 'refused'],
  ['Bad Request: TOPIC_CLOSED', 'refused'],
  ['Bad Request: TOPIC_NOT_MODIFIED', 'refused'],
  ['Bad Request: something that nobody has seen yet', 'refused'],
])('a thread that cannot be opened, «%s», is %s: of the group, or of this one alone', (words, outcome) => {
  expect(outcomeOfRefused(opening, refusal(400, words))).toMatchObject({ outcome });
});

test.each(['TOPIC_CLOSED', 'message thread not found'])('what is said at large where that is not taken (%s) waits', (words) => {
  const atLarge = { does: 'say', to: { group: true, thread: undefined }, ...rest } as const;
  expect(outcomeOfRefused(atLarge, refusal(400, `Bad Request: ${words}`))).toMatchObject({ outcome: 'blocked', partly: true });
});
