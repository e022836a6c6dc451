import type { Socket } from 'node:net';
import type { Pool, PoolClient, QueryResultRow } from 'pg';

/** On a connection of another pool. */
export type AskElsewhere = <Row extends QueryResultRow>(text: string, values: unknown[]) => Promise<Row[]>;

type Guard = { ask: AskElsewhere; everyMs: number };

/** So often it is asked whether a statement that lasts is still in hand. */
const LOOK_MS = 10_000;
/** An answer may be on its way at one look; at so many in a row it is not. */
const LOOKS = 2;

const guards = new WeakMap<Pool, Guard>();

/**
 * From now on a statement of this pool may last as long as Postgres works on it, and no longer. Of a connection that died without a word while
 * something was on its way, the system says so after a quarter of an hour only. Not behind a pooler: it gives connections numbers of its own.
 */
export function endLostStatements(pool: Pool, ask: AskElsewhere, everyMs = LOOK_MS): void {
  guards.set(pool, { ask, everyMs });
}

/** Does `work`, a statement on a connection of the pool; ends the connection, and `work` with it, where nobody works on the statement. */
export async function unlessLost<T>(pool: Pool, client: PoolClient, work: () => Promise<T>): Promise<T> {
  const guard = guards.get(pool);
  if (!guard || !('processID' in client)) return work();
  const stop = guardOne(guard, client, client.processID);
  try {
    return await work();
  } finally {
    stop();
  }
}

/** Waits for what we say, or for us to hear: neither comes through. */
const WAITS_FOR_US = `select wait_event_type = 'Client' as waits from pg_stat_activity where pid = $1`;
/** What it holds is free at once. */
const END_IT = `select pg_terminate_backend(pid) from pg_stat_activity where pid = $1 and wait_event_type = 'Client'`;

function guardOne({ ask, everyMs }: Guard, client: PoolClient, backend: unknown): () => void {
  const socket = client.connection.stream as Socket;
  const moved = () => socket.bytesRead + socket.bytesWritten;
  let before = moved();
  let looks = 0;
  let isLooking = false;
  let isOver = false;

  async function look(): Promise<void> {
    const now = moved();
    const stands = now === before;
    before = now;
    const [found] = stands ? await ask<{ waits: boolean | null }>(WAITS_FOR_US, [backend]) : [];
    looks = stands && (!found || found.waits) ? looks + 1 : 0;
    if (isOver || looks < LOOKS) return;
    stop();
    await client.end();
    await ask(END_IT, [backend]);
  }

  const timer = setInterval(() => {
    if (isLooking) return;
    isLooking = true;
    // Where Postgres does not answer nobody can tell.
    look()
      .catch(() => undefined)
      .finally(() => (isLooking = false));
  }, everyMs).unref();

  function stop(): void {
    isOver = true;
    clearInterval(timer);
  }
  return stop;
}
