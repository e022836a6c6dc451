import { Client } from 'pg';
import { sleep } from '../sleep.ts';

type Lead = { url: string; name: string; retryMs?: number };

/**
 * Calls `work` while this process alone, of all that share the database, leads under `name`, and again each time it leads anew; the signal
 * that `work` gets is aborted when the lead is lost or `stop` is. Resolves once `stop` is aborted and `work` has ended; throws what `work` throws.
 * The lead is an advisory lock on a connection of its own, so a process that dies lets go at once; it does not work through a pooler that
 * shares connections.
 */
export async function leadAlone(
  { url, name, retryMs = 3000 }: Lead,
  work: (signal: AbortSignal) => Promise<void>,
  stop: AbortSignal,
): Promise<void> {
  while (!stop.aborted) {
    const lost = new AbortController();
    const client = await takeLead(url, name, () => lost.abort());
    if (client) {
      const beat = setInterval(() => void client.query('select 1').catch(() => lost.abort()), 10_000);
      try {
        await work(AbortSignal.any([lost.signal, stop]));
      } finally {
        clearInterval(beat);
        await client.end().catch(() => {});
      }
    }
    await sleep(retryMs, stop);
  }
}

/** The connection that holds the lead; undefined when somebody else leads, or the database is away: both are tried again. */
async function takeLead(url: string, name: string, onLost: () => void): Promise<Client | undefined> {
  const client = new Client({ connectionString: url, keepAlive: true, query_timeout: 10_000, connectionTimeoutMillis: 10_000 });
  // Without a listener, an error of an idle connection ends the process.
  client.on('error', onLost);
  client.on('end', onLost);
  try {
    await client.connect();
    const { rows } = await client.query<{ leads: boolean }>('select pg_try_advisory_lock(hashtextextended($1, 5)) as leads', [
      name,
    ]);
    if (rows[0]?.leads) return client;
  } catch {
    // As if somebody else led.
  }
  await client.end().catch(() => {});
  return undefined;
}
