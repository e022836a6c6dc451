import type { CallOutcome } from './attempt.ts';

/** The staff group's id of the moment: an upgrade to a supergroup gives it another one. */
export type StaffGroup = {
  /** Undefined: there is no group. */
  id(): number | undefined;
  /** The group has become another one; the second telling of the same changes nothing. */
  moved(to: number): void;
  /** Finds out whether another process was told that it has become another one. */
  lookAgain?(): Promise<void>;
};

/** `onMoved` hears each new id once. */
export function openStaffGroup(first: number | undefined, onMoved: (to: number) => void = () => {}): StaffGroup {
  let current = first;
  return {
    id: () => current,
    moved(to) {
      if (to === current) return;
      current = to;
      onMoved(to);
    },
  };
}

/** Makes a call about the group; where it has become another one, `group` is told, and the call is made once more about that. */
export async function following<T>(
  group: StaffGroup,
  chat: number,
  call: (chat: number) => Promise<CallOutcome<T>>,
): Promise<CallOutcome<T>> {
  const called = await call(chat);
  const to = noteMove(group, called);
  return to === undefined || to === chat ? called : call(to);
}

/** What the group has become, where a call was told so; `group` is told, too. For a call that cannot be made there as it is. */
export function noteMove(group: StaffGroup, called: CallOutcome<unknown>): number | undefined {
  const to = called.done ? undefined : called.refusal.movedTo;
  if (to !== undefined) group.moved(to);
  return to;
}
