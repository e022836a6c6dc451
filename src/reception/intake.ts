import { openTimeLimit } from '../runtime/time-limit.ts';
import { QueuedElsewhere } from '../adapters/turns/turns.ts';
import { backoffMs } from '../domain/backoff.ts';
import { setAlarm } from './alarm.ts';
import { openLease } from './inbox-lease.ts';
import { createInboxWriter, type InboxEdge } from './inbox-writer.ts';
import { type Entry, insert, type UpdateLine, releaseUpdate, newEntry, remove } from './line.ts';
import { MessengerAway, type TakeUpdate } from './take-update.ts';
import { isTurnOver } from './describe-error.ts';

export type IntakeParts<Update> = {
  take: TakeUpdate<Update>;
  /** What it is called among the updates of all messengers; the same when it comes again. */
  idOf: (update: Update) => string;
  /** The chat whose order an update keeps; undefined: it stands alone. */
  lineOf: (update: Update) => string | undefined;
  /** What waits for nobody else's turn: money. */
  isUrgent?: (update: Update) => boolean;
  inbox: InboxEdge;
  /** Tells all processes that updates of a chat wait in the inbox, or that none does any more. */
  noteQueue?: (line: string, waiting: boolean) => Promise<void>;
  /** Staff let an update come again: whether it may (they hear it when not), and that it was worked off. */
  again?: { mayCome: (update: Update, keptAt: Date) => Promise<boolean>; came: (update: Update) => Promise<void> };
  /** An update could not be worked off now, or the inbox did not answer: it is tried again. */
  onError: (error: unknown) => void;
  /** An update that takes longer is kept safe and no longer waited for: a webhook is answered within two seconds. */
  slowMs?: number;
  /** So many chats are served at once; one that waits for a messenger's pace counts, too. */
  mostAtOnce?: number;
  /** After how long an update, or a write, is tried again: first, and at most. */
  retryMs?: readonly [first: number, most: number];
};

export type Intake<Update> = {
  /** Resolves when nothing of the update can be lost any more: it was worked off, or is kept safe. Rejects when another process has its chat by now. */
  accept: (update: Update) => Promise<void>;
  /** All that was accepted is to be kept safe now, however soon it would be worked off. */
  keepAll: () => void;
  /**
   * Takes over what dead processes left, and learns which lines others have. To be called before the first update is accepted, and again and
   * again: `soon` where others have something that would be ours if they died.
   */
  claim: () => Promise<'soon' | 'later'>;
  /** How many updates wait or are worked off here. */
  size: () => number;
  /** Begins nothing more that is safe; waits until what was begun has come to an end, for so long at most; leaves the rest to others. */
  drain: (mostMs: number) => Promise<void>;
};

/** A process that is awake is told of the time by then. */
const AWAKE_MS = 2_000;

/**
 * Every update has its place in the line of its chat, and each line is served one update after another, beside all other lines: a backlog is
 * its author's alone. What can start at once does, and is written nowhere. What cannot, and what takes long, is written into the inbox,
 * always with all that comes before it in its line: whoever finds the inbox after a kill finds the oldest first.
 */
export function createIntake<Update>({
  take,
  idOf,
  lineOf,
  isUrgent = () => false,
  inbox,
  noteQueue = async () => undefined,
  again = { mayCome: async () => true, came: async () => undefined },
  onError,
  slowMs = 1_500,
  mostAtOnce = 500,
  retryMs = [500, 15_000],
}: IntakeParts<Update>): Intake<Update> {
  const lines = new Map<string, UpdateLine<Update>>();
  const known = new Map<string, Entry<Update>>();
  /** Lines of which other processes have earlier updates. */
  let others: ReadonlySet<string> = new Set();
  /** Lines that begin as soon as there is room. */
  const ready = new Set<UpdateLine<Update>>();
  let atWork = 0;
  let alone = 0;
  let ending = false;
  let onIdle = () => {};
  const cuts = new Set<() => void>();
  const slow = openTimeLimit(slowMs);
  const lease = openLease(inbox, () => [...known.values()].flatMap(({ kept, id }) => (kept === 'ours' ? id : [])), onError);
  const writer = createInboxWriter({
    inbox,
    noteQueue,
    onWritten: lease.renewed,
    onKept,
    onMore: () => void claim().catch(onError),
    onError,
    retryMs,
  });

  function enter(entry: Entry<Update>): UpdateLine<Update> {
    known.set(entry.id, entry);
    entry.key = entry.line ?? `alone ${++alone}`;
    const line = lines.get(entry.key) ?? { key: entry.key, entries: [], busy: false };
    lines.set(entry.key, line);
    insert(line.entries, entry);
    return line;
  }

  /** Begins the first of a line, where it may be begun. */
  function advance(line: UpdateLine<Update>): void {
    const [head] = line.entries;
    if (line.busy) return;
    if (!head) return void lines.delete(line.key);
    if (!mayBegin(head)) return;
    if (atWork >= mostAtOnce && !isUrgent(updateOf(head))) {
      ready.add(line);
      return writer.keep(head);
    }
    line.busy = true;
    atWork += 1;
    void work(line, head);
  }

  /** The next one of this line, and of another that waits for room. */
  function goOn(line: UpdateLine<Update>): void {
    atWork -= 1;
    if (atWork === 0) onIdle();
    line.busy = false;
    advance(line);
    if (ready.size === 0 || atWork >= mostAtOnce) return;
    const [next] = ready;
    if (!next) return;
    ready.delete(next);
    advance(next);
  }

  function mayBegin(entry: Entry<Update>): boolean {
    if (entry.kept === 'ours') return !ending && lease.isValid();
    // Others may have earlier ones: whose the line is turns out when it is kept.
    return !entry.needsPlace && !(entry.line !== null && others.has(entry.line));
  }

  /** Resolves when the entry has left its line, or may be begun anew. */
  async function work(line: UpdateLine<Update>, entry: Entry<Update>): Promise<void> {
    let stopWatch = slow.watch(() => late(performance.now()));
    const began = performance.now();
    const late = (now: number) => {
      if (now - began < slowMs + AWAKE_MS) return keepUpTo(line, entry);
      // Who stood still may have lost the chat, and hears of it at once.
      stopWatch = slow.watch(() => keepUpTo(line, entry));
    };
    entry.begun = true;
    try {
      const update = updateOf(entry);
      entry.mayCome ||= await again.mayCome(update, entry.keptAt ?? new Date());
      if (entry.mayCome) {
        await take(update, { fromInbox: entry.kept === 'ours' });
        if (entry.ofStaff) await again.came(update);
      }
      leave(line, entry);
    } catch (error) {
      entry.begun = false;
      if (entry.kept === 'others') return drop(entry);
      if (entry.kept === 'no' && isTurnOver(error)) {
        drop(entry);
        return entry.refuse(error);
      }
      entry.needsPlace = error instanceof QueuedElsewhere;
      keepUpTo(line, entry);
      if (!entry.needsPlace) await restAfter(entry, error);
    } finally {
      stopWatch();
      goOn(line);
    }
  }

  async function restAfter(entry: Entry<Update>, error: unknown): Promise<void> {
    onError(error);
    const [firstMs, mostMs] = retryMs;
    const leastMs = error instanceof MessengerAway ? error.seconds * 1000 : 0;
    const alarm = setAlarm(Math.max(leastMs, backoffMs(entry.tries++, { firstMs, mostMs })));
    const cut = new Promise<void>((resolve) => {
      cuts.add(resolve);
      void alarm.rings.then(() => cuts.delete(resolve));
    });
    await Promise.race([alarm.rings, cut]);
    alarm.stop();
  }

  function leave(line: UpdateLine<Update>, entry: Entry<Update>): void {
    entry.over = true;
    remove(line.entries, entry);
    if (known.get(entry.id) === entry) known.delete(entry.id);
    entry.safe();
    writer.takeOut(entry);
    releaseUpdate(entry);
  }

  /** What comes before it in its line goes into the inbox before it. */
  function keepUpTo(line: UpdateLine<Update>, entry: Entry<Update>): void {
    for (const one of line.entries) {
      writer.keep(one);
      if (one === entry) return;
    }
  }

  /** It is safe. Another process's own is none of ours, unless we are at it. */
  function onKept(entry: Entry<Update>): void {
    entry.needsPlace = false;
    if (entry.kept === 'others' && !entry.begun) drop(entry);
    const line = lines.get(entry.key);
    if (line) advance(line);
  }

  function drop(entry: Entry<Update>): void {
    known.delete(entry.id);
    const line = lines.get(entry.key);
    if (line) remove(line.entries, entry);
  }

  /** What was begun has come to an end, and all that is to be written is. */
  async function allOver(): Promise<void> {
    await new Promise<void>((resolve) => {
      onIdle = resolve;
      if (atWork === 0) resolve();
    });
    for (let writing = writer.settled(); writing; writing = writer.settled()) await writing;
  }

  async function claim(): Promise<'soon' | 'later'> {
    if (ending) return 'later';
    const lost = await lease.check();
    // We counted as dead for a while: what is no longer ours was taken over.
    for (const id of lost) {
      const entry = known.get(id);
      if (entry && !entry.begun) drop(entry);
    }
    const asked = performance.now();
    const found = await inbox.claim([...known.keys(), ...writer.leaving()]);
    lease.renewed(asked);
    others = new Set(found.others);
    for (const { id, line, update, place, ofStaff, again: isToBeAsked, at } of found.claimed) {
      // It came from the messenger, too, meanwhile.
      if (known.has(id)) continue;
      enter(newEntry(id, JSON.parse(update) as Update, line, { place, ofStaff, mayCome: !isToBeAsked, keptAt: at }));
    }
    for (const line of lines.values()) advance(line);
    return found.waits ? 'soon' : 'later';
  }

  return {
    accept(update) {
      const before = known.get(idOf(update));
      if (before) return before.isSafe;
      const entry = newEntry(idOf(update), update, lineOf(update) ?? null);
      const line = enter(entry);
      // What has to wait, for another one here or elsewhere, is to be safe meanwhile.
      if (line.entries.length > 1 || !mayBegin(entry)) keepUpTo(line, entry);
      advance(line);
      return entry.isSafe;
    },

    keepAll() {
      for (const line of lines.values()) for (const entry of line.entries) writer.keep(entry);
    },

    claim,
    size: () => known.size,

    async drain(mostMs) {
      ending = true;
      for (const cut of cuts) cut();
      const enough = setAlarm(mostMs);
      await Promise.race([allOver(), enough.rings]);
      enough.stop();
      writer.close();
      lease.stop();
      await inbox.leave().catch(onError);
    },
  };
}

function updateOf<Update>({ id, update }: Entry<Update>): Update {
  if (update === undefined) throw new Error(`${id} is over`);
  return update;
}
