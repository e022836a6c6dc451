import { Api } from 'grammy';
import { expect, test } from 'vitest';
import { isTelegramAway } from '../../../src/channels/telegram/attempt.ts';
import { openStaffGroup } from '../../../src/channels/telegram/staff-group.ts';
import { createGroupMembership } from '../../../src/channels/telegram/staff-members.ts';
import { MembershipUnknown } from '../../../src/office/staff/staff.ts';

const GROUP = -100_1;
const REFUSED = { ok: false, error_code: 400 };

/** Telegram's answers about people of chats, and who was asked about. */
function outfit(answers: Readonly<Record<string, object>>, seniors: readonly number[] = []) {
  let now = 0;
  const asked: string[] = [];
  const api = new Api('1:TEST');
  api.config.use((async (_call: unknown, _method: string, { chat_id, user_id }: { chat_id: number; user_id: number }) => {
    const key = `${chat_id}/${user_id}`;
    asked.push(key);
    const answer = answers[key] ?? { ...REFUSED, description: 'Bad Request: user not found' };
    return 'ok' in answer ? answer : { ok: true, result: answer };
  }) as unknown as Parameters<Api['config']['use']>[0]);
  const group = openStaffGroup(GROUP);
  const untold: string[] = [];
  const staff = createGroupMembership(
    api,
    group,
    seniors,
    () => new Date(now),
    (reason) => void untold.push(reason),
  );
  return { staff, group, asked, untold, later: (ms: number) => void (now += ms) };
}

test.each([
  [{ status: 'creator' }, true],
  [{ status: 'administrator' }, true],
  [{ status: 'member' }, true],
  [{ status: 'restricted', is_member: true }, true],
  [{ status: 'restricted', is_member: false }, false],
  [{ status: 'left' }, false],
  [{ status: 'kicked' }, false],
  [{ ...REFUSED, description: 'Bad Request: PARTICIPANT_ID_INVALID' }, false],
  [{ ...REFUSED, description: 'Bad Request: user not found' }, false],
  [{ ...REFUSED, description: 'Bad Request: USER_NOT_PARTICIPANT' }, false],
])('%j: a member is %s', async (answer, member) => {
  const { staff } = outfit({ [`${GROUP}/7`]: answer }, [7]);
  expect(await staff.isMember('telegram:7')).toBe(member);
  expect(await staff.isSenior('telegram:7')).toBe(member);
});

test('an answer is remembered for less than a minute, and no failure at all', async () => {
  const answers: Record<string, object> = { [`${GROUP}/7`]: { status: 'member' } };
  const { staff, asked, later } = outfit(answers);
  expect(await staff.isMember('telegram:7')).toBe(true);
  answers[`${GROUP}/7`] = { status: 'kicked' };
  later(59_999);
  expect(await staff.isMember('telegram:7')).toBe(true);
  later(1);
  expect(await staff.isMember('telegram:7')).toBe(false);
  expect(asked).toHaveLength(2);

  later(60_000);
  answers[`${GROUP}/7`] = { ok: false, error_code: 502, description: 'Bad Gateway' };
  await expect(staff.isMember('telegram:7')).rejects.toThrow();
  answers[`${GROUP}/7`] = { status: 'member' };
  expect(await staff.isMember('telegram:7')).toBe(true);
});

test('what was remembered is passed by where it is asked afresh, and what is answered then is remembered', async () => {
  const answers: Record<string, object> = { [`${GROUP}/7`]: { status: 'member' } };
  const { staff, asked } = outfit(answers, [7]);
  expect(await staff.isSenior('telegram:7')).toBe(true);
  answers[`${GROUP}/7`] = { status: 'left' };
  expect(await staff.isMember('telegram:7')).toBe(true);
  expect(await staff.isMember('telegram:7', { afresh: true })).toBe(false);
  expect(await staff.isSenior('telegram:7')).toBe(false);
  expect(asked).toHaveLength(2);
});

test.each([
  [400, 'Bad Request: CHAT_ADMIN_REQUIRED'],
  [400, 'Bad Request: member list is inaccessible'],
  [400, 'Bad Request: chat not found'],
  [403, 'Forbidden: bot was kicked from the supergroup chat'],
  [403, 'Forbidden: bot is not a member of the supergroup chat'],
  [400, 'Bad Request: something that nobody has seen yet'],
  // It would be taken in another way, and there is none to ask who is a member.
  [400, 'Bad Request: method is available only for supergroups'],
  [400, 'Bad Request: message thread not found'],
])(
  '%d «%s» is no answer: nobody is let in, the operator reads it, and it is asked anew the next time',
  async (code, description) => {
    const answers: Record<string, object> = { [`${GROUP}/7`]: { ok: false, error_code: code, description } };
    const { staff, untold, later } = outfit(answers, [7]);
    await expect(staff.isMember('telegram:7')).rejects.toThrow(MembershipUnknown);
    await expect(staff.isSenior('telegram:7')).rejects.toThrow(MembershipUnknown);
    expect(untold).toEqual([description]);
    later(60_000);
    await expect(staff.isMember('telegram:7')).rejects.toThrow(MembershipUnknown);
    expect(untold).toEqual([description, description]);
    answers[`${GROUP}/7`] = { status: 'member' };
    expect(await staff.isMember('telegram:7')).toBe(true);
  },
);

test.each([
  [429, 'Too Many Requests: retry after 60'],
  [400, 'Bad Request: FLOOD_WAIT_20'],
  [400, 'Bad Request: RPC_CALL_FAIL'],
  [400, 'Logged out'],
  [401, 'Unauthorized'],
  [404, 'Not Found'],
  [409, 'Conflict: terminated by other getUpdates request'],
  [403, 'HTTP 403'],
  [451, 'HTTP 451'],
  [502, 'Bad Gateway'],
])('%d «%s» passes: it is asked anew, and is no word about the group', async (code, description) => {
  const answers: Record<string, object> = { [`${GROUP}/7`]: { ok: false, error_code: code, description } };
  const { staff, untold } = outfit(answers);
  const error = await staff.isMember('telegram:7').catch((thrown: unknown) => thrown);
  expect(error).not.toBeInstanceOf(MembershipUnknown);
  expect(isTelegramAway(error)).toBe(true);
  expect(untold).toEqual([]);
  answers[`${GROUP}/7`] = { status: 'member' };
  expect(await staff.isMember('telegram:7')).toBe(true);
});

test('where the group became a supergroup and nobody told us yet, its members are asked of what it has become', async () => {
  const moved = { ...REFUSED, description: 'Bad Request: group chat was upgraded', parameters: { migrate_to_chat_id: -100_2 } };
  const { staff, group } = outfit({ [`${GROUP}/7`]: moved, [`${GROUP}/8`]: moved, '-1002/7': { status: 'member' } });
  expect(await staff.isMember('telegram:7')).toBe(true);
  expect(group.id()).toBe(-100_2);
  expect(await staff.isMember('telegram:8')).toBe(false);
});
