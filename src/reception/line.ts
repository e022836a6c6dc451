/** An update in the line of its chat. */
export type Entry<Update> = {
  readonly id: string;
  /** Undefined once it is over. */
  update: Update | undefined;
  /** The chat whose order it keeps; null: it stands alone. */
  readonly line: string | null;
  /** Its line among all lines. */
  key: string;
  /** Its place in the inbox, once it is there. */
  place: number | undefined;
  /** Whether it is in the inbox: not; to be written; ours to work off; another process's. */
  kept: 'no' | 'wanted' | 'ours' | 'others';
  /** Others may have earlier ones: it may not begin before it is known whose its line is. */
  needsPlace: boolean;
  /** Staff let it come again; `mayCome`: and it was found that it may. */
  readonly ofStaff: boolean;
  mayCome: boolean;
  /** Since when it is in the inbox, where it was taken over from there. */
  readonly keptAt: Date | undefined;
  begun: boolean;
  over: boolean;
  tries: number;
  /** Resolves when nothing of it can be lost any more; rejects when it is none of ours. */
  readonly isSafe: Promise<void>;
  readonly safe: () => void;
  /** It is none of ours: whoever sent it must send it again. */
  readonly refuse: (error: unknown) => void;
};

/** The updates of one chat, oldest first; `busy` while the first is worked off, or waits to be tried again. */
export type UpdateLine<Update> = { readonly key: string; readonly entries: Entry<Update>[]; busy: boolean };

type Kept = { place: number; ofStaff: boolean; mayCome: boolean; keptAt: Date };

/**
 * A Map throws its table away every hundred entries or so, and until the next full collection that table keeps alive all that was in it:
 * of an entry that is over, whole updates.
 */
export function releaseUpdate(entry: Entry<unknown>): void {
  entry.update = undefined;
}

/** `kept`: it comes from the inbox, and is ours. */
export function newEntry<Update>(id: string, update: Update, line: string | null, kept?: Kept): Entry<Update> {
  let safe = () => {};
  let refuse: (error: unknown) => void = () => {};
  const isSafe = new Promise<void>((resolve, reject) => {
    safe = resolve;
    refuse = reject;
  });
  if (kept) safe();
  return {
    id,
    update,
    line,
    key: '',
    place: kept?.place,
    kept: kept ? 'ours' : 'no',
    needsPlace: false,
    ofStaff: kept?.ofStaff ?? false,
    mayCome: kept?.mayCome ?? true,
    keptAt: kept?.keptAt,
    begun: false,
    over: false,
    tries: 0,
    isSafe,
    safe,
    refuse,
  };
}

/** What has a place in the inbox stands before all that came later, but never before what has begun. */
export function insert<Update>(entries: Entry<Update>[], entry: Entry<Update>): void {
  const { place } = entry;
  const later = (other: Entry<Update>) =>
    !other.begun && (other.place ?? Number.POSITIVE_INFINITY) > (place ?? Number.POSITIVE_INFINITY);
  const at = place === undefined ? -1 : entries.findIndex(later);
  entries.splice(at < 0 ? entries.length : at, 0, entry);
}

export function remove<Update>(entries: Entry<Update>[], entry: Entry<Update>): void {
  const at = entries.indexOf(entry);
  if (at >= 0) entries.splice(at, 1);
}
