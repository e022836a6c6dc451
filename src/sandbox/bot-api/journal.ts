/** Facts on disk, a line a change: what was acknowledged is there after kill -9. */
import { closeSync, existsSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { apply, type Fact, factsOf } from './facts.ts';
import type { State } from './state.ts';

export type Journal = {
  /** Writes the facts of one change as one line, before returning. */
  append(facts: readonly Fact[]): void;
  /** What comes later, of timers that were still running, is lost. */
  close(): void;
};

const FILE = 'journal.jsonl';

/** Brings the state to where the journal of this folder ends; only reads. */
export function replayJournal(folder: string, state: State): void {
  const path = join(folder, FILE);
  if (!existsSync(path)) return;
  for (const line of readFileSync(path, 'utf8').split('\n')) for (const fact of factsIn(line)) apply(state, fact);
}

/** Puts the journal of this folder aside: what its chats speak of is in no base any more. */
export function setJournalAside(folder: string): void {
  const path = join(folder, FILE);
  if (existsSync(path)) renameSync(path, `${path}.old`);
}

/** Compaction: rewrites the journal from the state, without what was deleted, and appends to it from there. */
export function openJournal(folder: string, state: State): Journal {
  const path = join(folder, FILE);
  const fresh = `${path}.new`;
  const compacted = openSync(fresh, 'w', 0o600);
  for (const fact of factsOf(state)) writeLine(compacted, [fact]);
  closeSync(compacted);
  renameSync(fresh, path);
  const file = openSync(path, 'a', 0o600);
  let isOpen = true;
  return {
    append(facts) {
      if (isOpen) writeLine(file, facts);
    },
    close() {
      if (isOpen) closeSync(file);
      isOpen = false;
    },
  };
}

function writeLine(file: number, facts: readonly Fact[]): void {
  const bytes = Buffer.from(`${JSON.stringify(facts)}\n`);
  for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
}

/** A line that a killed process left half-written was never acknowledged: it is dropped. */
function factsIn(line: string): Fact[] {
  if (line === '') return [];
  try {
    return JSON.parse(line) as Fact[];
  } catch {
    return [];
  }
}
