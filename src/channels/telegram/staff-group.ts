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
