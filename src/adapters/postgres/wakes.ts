import { randomUUID } from 'node:crypto';
import { Client, type Pool } from 'pg';
import { type Bell, createBell } from '../../runtime/bell.ts';
import { sleep } from '../../runtime/sleep.ts';

/** As the triggers in `migrations/` call it; what is said there is the name of a table. */
const CHANNEL = 'work_came';

/** Tables whose workers are woken when a transaction has put something into them (triggers of `migrations/`). */
export type WakingTable = 'outbox' | 'registry_orders' | 'registry_imports' | 'announcements' | 'update_inbox' | 'leads';

export type Wakes = {
  /** Rung whenever something came into the table; one for each worker. */
  bell: (table: WakingTable) => Bell;
  /** Whether what comes in is heard now. */
  isHeard: () => boolean;
  close: () => Promise<void>;
};

export type WakeOptions = {
  url: string;
  /** By which it is tried whether anything is heard. */
  pool: Pool;
  /** How often that is tried. */
  beatMs?: number;
  /** How long what was said may take to be heard. */
  hearMs?: number;
};

/**
 * Hears by LISTEN, on a connection of its own, what comes into tables. Whether it does is tried again and again by a word from another
 * connection: behind a pooler in transaction mode nothing is heard, nor over a connection that died without a word. Then each worker looks by
 * itself, and another connection is made. All bells ring when it is heard again: nobody knows what was missed.
 */
export function openWakes({ url, pool, beatMs = 30_000, hearMs = 3_000 }: WakeOptions): Wakes {
  const bells = new Map<WakingTable, Bell[]>();
  const closing = new AbortController();
  let isHeard = false;

  function ringAll(): void {
    for (const bell of [...bells.values()].flat()) bell.ring();
  }

  function setHeard(now: boolean): void {
    if (isHeard === now) return;
    isHeard = now;
    ringAll();
  }

  /** Until the connection is found broken, or that nothing comes through it. */
  async function listen(): Promise<'broken' | 'deaf'> {
    const client = new Client({ connectionString: url, connectionTimeoutMillis: hearMs, query_timeout: hearMs, keepAlive: true });
    const broken = new AbortController();
    const onWord = new Map<string, () => void>();
    const breakOff = () => broken.abort();
    client.on('error', breakOff);
    client.on('end', breakOff);
    closing.signal.addEventListener('abort', breakOff);
    client.on('notification', ({ payload = '' }) => {
      onWord.get(payload)?.();
      for (const bell of bells.get(payload as WakingTable) ?? []) bell.ring();
    });
    /** Whether a word from elsewhere comes through. */
    async function hears(): Promise<boolean> {
      const word = randomUUID();
      const heard = new AbortController();
      onWord.set(word, () => heard.abort());
      try {
        await pool.query('select pg_notify($1, $2)', [CHANNEL, word]);
        await sleep(hearMs, heard.signal);
      } finally {
        onWord.delete(word);
      }
      return heard.signal.aborted;
    }
    try {
      await client.connect();
      await client.query(`listen ${CHANNEL}`);
      while (!broken.signal.aborted) {
        setHeard(await hears());
        if (!isHeard) return 'deaf';
        await sleep(beatMs, broken.signal);
      }
      return 'broken';
    } finally {
      setHeard(false);
      closing.signal.removeEventListener('abort', breakOff);
      // One that is half-open does not end.
      await Promise.race([client.end().catch(() => undefined), sleep(hearMs)]);
    }
  }

  const listening = (async () => {
    while (!closing.signal.aborted) {
      const end = await listen().catch(() => 'broken');
      await sleep(end === 'deaf' ? beatMs : beatMs / 10, closing.signal);
    }
  })();

  return {
    bell(table) {
      const bell = createBell(sleep, () => isHeard);
      bells.set(table, [...(bells.get(table) ?? []), bell]);
      return bell;
    },
    isHeard: () => isHeard,
    async close() {
      closing.abort();
      await listening;
    },
  };
}
