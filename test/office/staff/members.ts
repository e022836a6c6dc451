import type { MessengerId } from '../../../src/office/caller.ts';
import type { StaffCaller } from '../../../src/office/staff/staff.ts';
import type { StaffEdge } from '../../../src/office/edges.ts';

/** A staff group with a member and a senior, who may leave it, and a step of an update by anybody. */
export function openMembers() {
  const members = new Set<MessengerId>(['telegram:801', 'telegram:802']);
  let operations = 0;
  const edge: StaffEdge = {
    isMember: async (id) => members.has(id),
    isSenior: async (id) => id === 'telegram:802' && members.has(id),
  };
  const by =
    (messengerId: MessengerId, name: string) =>
    (operation = `staff-${++operations}`): StaffCaller => ({
      messengerId,
      name,
      idempotencyKey: operation,
    });
  return {
    edge,
    members,
    olga: by('telegram:801', 'Ольга'),
    maria: by('telegram:802', 'Мария'),
    stranger: by('telegram:900', 'Чужой'),
  };
}

/** Outside of any thread: a button alone. */
export const AT_LARGE = { thread: null, repliesTo: null } as const;
