import { backoffMs } from '../domain/backoff.ts';
import { setAlarm } from './alarm.ts';
import type { Entry } from './line.ts';

/** The inbox, all of it in the name of this process. */
export type InboxEdge = {
  /** A process that has said nothing for so long is dead. */
  leaseMs: number;
  /** Keeps updates in this order. Those that were not kept before, and whether they are ours to work off. */
  keep: (
    updates: readonly { id: string; line: string | null; update: string }[],
  ) => Promise<readonly { id: string; place: number; ours: boolean }[]>;
  beat: () => Promise<void>;
  /** What the dead have left is ours now: all that is ours but for what we know, in order; the lines that others have; whether anything waits. */
  claim: (knows: readonly string[]) => Promise<{
    claimed: readonly Claimed[];
    others: readonly string[];
    waits: boolean;
  }>;
  stillOurs: (ids: readonly string[]) => Promise<readonly string[]>;
  /** Answers those of `lines` in which nothing waits any more. */
  takeOut: (ids: readonly string[], lines: readonly string[]) => Promise<readonly string[]>;
  /** What is still ours may be taken over at once. */
  leave: () => Promise<void>;
};

/** `ofStaff`: a dead letter that staff let come again; `again`: and nobody has asked yet whether it may; `at`: since when it is kept. */
export type Claimed = {
  id: string;
  line: string | null;
  update: string;
  place: number;
  ofStaff: boolean;
  again: boolean;
  at: Date;
};

export type WriterParts<Update> = {
  inbox: Pick<InboxEdge, 'keep' | 'takeOut'>;
  /** Tells all processes that updates of a chat wait in the inbox, or that none does any more. */
  noteQueue: (line: string, waiting: boolean) => Promise<void>;
  /** A statement that began then was written in our name. */
  onWritten: (asked: number) => void;
  /** An entry is in the inbox now. */
  onKept: (entry: Entry<Update>) => void;
  /** Somebody put something into a line of ours that we do not know of yet. */
  onMore: () => void;
  onError: (error: unknown) => void;
  retryMs: readonly [first: number, most: number];
};

/** Whoever tells other processes of a queue does not wait for a store that is away. */
const NOTE_MS = 300;

/**
 * Writes entries into the inbox and takes out what was worked off: one statement at a time, and in each all that has gathered meanwhile.
 * What cannot be written is tried again until it can.
 */
export function createInboxWriter<Update>({
  inbox,
  noteQueue,
  onWritten,
  onKept,
  onMore,
  onError,
  retryMs,
}: WriterParts<Update>) {
  const wanted: Entry<Update>[] = [];
  const leaving = new Map<string, Entry<Update>>();
  const queued = new Set<string>();
  let running: Promise<void> | undefined;
  let failures = 0;
  let closed = false;

  function wake(): void {
    // What else comes in this moment goes into the same statement.
    running ??= new Promise<void>((resolve) => void setImmediate(resolve)).then(run).finally(() => {
      running = undefined;
      if (!closed && wanted.length + leaving.size > 0) wake();
    });
  }

  async function run(): Promise<void> {
    try {
      await keepWanted();
      await takeOutLeaving();
      failures = 0;
    } catch (error) {
      onError(error);
      const [firstMs, mostMs] = retryMs;
      await setAlarm(backoffMs(failures++, { firstMs, mostMs })).rings;
    }
  }

  async function keepWanted(): Promise<void> {
    const batch = wanted.filter(({ over }) => !over);
    if (batch.length === 0) return void wanted.splice(0);
    // Before anything is waited for: of an entry that is over by then, the update is gone.
    const updates = batch.map(({ id, line, update }) => ({ id, line, update: JSON.stringify(update) }));
    await noteQueues(batch);
    const asked = performance.now();
    const added = await inbox.keep(updates);
    onWritten(asked);
    const places = new Map(added.map((row) => [row.id, row]));
    // What came meanwhile stands behind the batch, which may hold others than those that are over by now.
    const written = new Set(batch);
    wanted.splice(0, wanted.length, ...wanted.filter((entry) => !written.has(entry) && !entry.over));
    for (const entry of batch) {
      const row = places.get(entry.id);
      entry.place = row?.place ?? entry.place;
      entry.kept = row?.ours ? 'ours' : 'others';
      entry.safe();
      if (entry.over) leaving.set(entry.id, entry);
      else onKept(entry);
    }
  }

  async function noteQueues(batch: readonly Entry<Update>[]): Promise<void> {
    const fresh = [...new Set(batch.flatMap(({ line }) => line ?? []))].filter((line) => !queued.has(line));
    if (fresh.length === 0) return;
    const noted = Promise.allSettled(fresh.map((line) => noteQueue(line, true).then(() => queued.add(line))));
    const enough = setAlarm(NOTE_MS);
    await Promise.race([noted, enough.rings]);
    enough.stop();
  }

  async function takeOutLeaving(): Promise<void> {
    if (leaving.size === 0) return;
    const batch = [...leaving.values()];
    const lines = [...new Set(batch.flatMap(({ line }) => line ?? []))];
    const drained = await inbox.takeOut(
      batch.map(({ id }) => id),
      lines,
    );
    for (const { id } of batch) leaving.delete(id);
    for (const line of drained) {
      queued.delete(line);
      if (!wanted.some((entry) => entry.line === line)) void noteQueue(line, false).catch(() => undefined);
    }
    if (drained.length < lines.length) onMore();
  }

  return {
    /** It is to be in the inbox. */
    keep(entry: Entry<Update>): void {
      if (entry.kept !== 'no' || entry.over || closed) return;
      entry.kept = 'wanted';
      wanted.push(entry);
      wake();
    },
    /** It was worked off: it is taken out, should it be there. */
    takeOut(entry: Entry<Update>): void {
      if (entry.kept === 'ours' || entry.kept === 'others') {
        leaving.set(entry.id, entry);
        if (!closed) wake();
      }
    },
    /** What was worked off and is still in the inbox. */
    leaving: (): string[] => [...leaving.keys()],
    /** Undefined when nothing is to be written. */
    settled: (): Promise<void> | undefined => running,
    close(): void {
      closed = true;
    },
  };
}
