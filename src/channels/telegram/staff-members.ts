import type { Api } from 'grammy';
import type { ChatMember } from 'grammy/types';
import type { MessengerId } from '../../office/caller.ts';
import { MembershipUnknown } from '../../office/staff/staff.ts';
import type { Clock, StaffEdge } from '../../office/edges.ts';
import { attempt } from './attempt.ts';
import { groupLink, readPersonId } from './ids.ts';
import { passes } from './refusals.ts';
import { following, type StaffGroup } from './staff-group.ts';

/** Section 5: membership is not remembered for more than a minute. */
const REMEMBERED_MS = 60_000;

/**
 * Asks Telegram who is a member of the staff group. That it does not know a person is a no; that it may not tell us is no answer, goes to
 * `onUntold` and is not remembered.
 */
export function createGroupMembership(
  api: Api,
  group: StaffGroup,
  seniors: readonly number[],
  clock: Clock,
  onUntold: (reason: string) => void = () => {},
): StaffEdge {
  const known = new Map<string, { asked: number; answer: Promise<boolean> }>();
  let untoldAt = Number.NEGATIVE_INFINITY;

  async function ask(chat: number, person: number): Promise<boolean> {
    const asked = await following(group, chat, (id) => attempt(() => api.getChatMember(id, person)));
    if (asked.done) return isInside(asked.result);
    const { refusal, error } = asked;
    // Telegram has never seen this person in the group, or anywhere.
    if (refusal.what === 'nobody') return false;
    if (passes(refusal)) throw error;
    // Every menu asks: once a minute is said enough.
    if (clock().getTime() - untoldAt >= REMEMBERED_MS) {
      untoldAt = clock().getTime();
      onUntold(refusal.reason);
    }
    throw new MembershipUnknown('Telegram does not tell who is a member of the staff group', { cause: error });
  }

  async function isMember(messengerId: MessengerId, { afresh = false } = {}): Promise<boolean> {
    const chat = group.id();
    const person = readPersonId(messengerId);
    if (chat === undefined || person === undefined) return false;
    const now = clock().getTime();
    for (const [key, { asked }] of known) if (Math.abs(now - asked) >= REMEMBERED_MS) known.delete(key);
    const key = `${chat}/${person}`;
    const before = known.get(key);
    if (before && !afresh) return before.answer;
    const answer = ask(chat, person);
    known.set(key, { asked: now, answer });
    answer.catch(() => known.get(key)?.answer === answer && known.delete(key));
    return answer;
  }

  return {
    isMember,
    linkTo: groupLink,
    isSenior: async (messengerId) => seniors.includes(readPersonId(messengerId) ?? 0) && (await isMember(messengerId)),
  };
}

const INSIDE: ReadonlySet<ChatMember['status']> = new Set(['creator', 'administrator', 'member']);

function isInside(member: ChatMember): boolean {
  return member.status === 'restricted' ? member.is_member : INSIDE.has(member.status);
}
