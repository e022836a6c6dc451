/** Watches the keys of rows go by, to tell cheaply that none of them came twice. */
export type RepeatWatch = {
  see(values: readonly (string | null)[]): void;
  /** False only when no key came twice: rows of a group stood together, and the groups in ascending order. */
  mayRepeat(): boolean;
};

/** `group` and `member` are places in a row; together they are its key. */
export function watchRepeats(group: readonly number[], member: readonly number[]): RepeatWatch {
  let last: string | undefined;
  let may = false;
  const members = new Set<string>();
  return {
    see(values) {
      if (may) return;
      const now = keyOf(values, group);
      if (now !== last) {
        if (last !== undefined && now < last) may = true;
        last = now;
        members.clear();
      }
      const one = keyOf(values, member);
      if (members.has(one)) may = true;
      members.add(one);
    },
    mayRepeat: () => may,
  };
}

function keyOf(values: readonly (string | null)[], places: readonly number[]): string {
  let key = '';
  for (const place of places) key += `${values[place] ?? ''}\u0000`;
  return key;
}
