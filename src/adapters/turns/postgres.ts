import type { Pool, QueryResultRow } from 'pg';
import { MINUTE_MS } from '../../domain/durations.ts';
import type { BytesKeyring } from '../keyring.ts';
import { borrow } from '../postgres/pool.ts';
import { openTurns, type RevokeTurn } from './open-turns.ts';
import type { TurnStore } from './store.ts';
import { type ChatTurns, type MayCome, StoreUnavailable, TURN_TIMES, type TurnTimes } from './turns.ts';

/** How often what is too old is removed. */
const SWEEP_MS = 10 * MINUTE_MS;

/** Chat turns on Postgres, for one machine without Redis: two round trips a turn (`migrations/0009_runtime.ts`). The pool stays its owner's to end. */
export function postgresTurns(
  pool: Pool,
  keyring: BytesKeyring,
  given: Partial<TurnTimes> = {},
  revoke?: RevokeTurn,
  /** Where a pooler stands before Postgres, a connection may not have the statements that it was given. */
  { named = true }: { named?: boolean } = {},
): ChatTurns {
  const times = { ...TURN_TIMES, ...given };
  return openTurns(postgresStore({ pool, named }, times), keyring, times, revoke);
}

type Base = { pool: Pool; named: boolean };

/**
 * A row of `chat_turns` as a holder takes it. What else it has: `queued`, updates of the chat wait in the inbox; `done_token`, who finished last, so that
 * a finish that is asked for again is answered alike.
 */
type TakenRow = {
  outcome: 'repeat' | 'queued' | 'busy' | 'taken';
  busy_ms: number | null;
  state: Buffer | null;
  secret: boolean | null;
  /** So many holders died over this very update. */
  vanished: number | null;
  /** The tokens of holders whose lease ran out since a turn ended last, with commas between: they may be paused, and wake. */
  displaced: string | null;
};

function postgresStore(base: Base, times: TurnTimes): TurnStore {
  const sweeping = setInterval(() => void sweepTurns(base.pool, times).catch(() => undefined), SWEEP_MS).unref();

  return {
    take: async (chat, updateKey, token, { fromInbox }) => {
      const text = 'select outcome, busy_ms, state, secret, vanished, displaced from chat_turn_take($1, $2, $3, $4, $5)';
      const [row] = await ask<TakenRow>(base, 'take', text, [chat, updateKey, token, times.lockMs, fromInbox]);
      if (row === undefined || row.outcome === 'repeat') return { outcome: 'repeat' };
      if (row.outcome === 'queued') return { outcome: 'queued' };
      if (row.outcome === 'busy') return { outcome: 'busy', forMs: row.busy_ms ?? 0 };
      const { state, secret, vanished, displaced } = row;
      return {
        outcome: 'taken',
        state: state ?? undefined,
        secretExpected: secret === true,
        deaths: vanished ?? 0,
        displaced: displaced?.split(',') ?? [],
      };
    },
    finish: async (chat, token, { state, stateMs, secretExpected }) => {
      const text = 'select chat_turn_finish($1, $2, $3, $4, $5, $6, $7) as done';
      const change = typeof state === 'string' ? [state, null] : ['set', state];
      const values = [chat, token, ...change, stateMs, secretExpected ?? null, times.secretMs];
      const [row] = await ask<{ done: boolean }>(base, 'finish', text, values);
      return row?.done === true;
    },
    renew: async (chat, token) => {
      const text = `update chat_turns set token_until = clock_timestamp() + $3 * interval '1 ms' where chat = $1 and token = $2 returning 1`;
      return (await ask(base, 'renew', text, [chat, token, times.lockMs])).length > 0;
    },
    abandon: async (chat, token) => {
      const text = 'update chat_turns set token = null, token_until = null, update_key = null where chat = $1 and token = $2';
      await ask(base, 'abandon', text, [chat, token]);
    },
    queue: async (chat, waiting) => {
      const text = waiting
        ? 'insert into chat_turns (chat, queued) values ($1, true) on conflict (chat) do update set queued = true'
        : 'update chat_turns set queued = false where chat = $1 and queued';
      await ask(base, waiting ? 'queue' : 'unqueue', text, [chat]);
    },
    forget: async (chat, updateKey, { since, anyway = false }) => {
      const text = `with known as (select u.at from chat_updates u where u.chat = $1 and u.update_key = $2),
        gone_on as (
          select 1 where not $4 and (
            exists (select from chat_turns t where t.chat = $1 and t.token_until > clock_timestamp())
            or exists (select from chat_updates n where n.chat = $1 and n.update_key <> $2
              and case when exists (select from known) then n.at >= (select at from known) else n.at > $3 end)
          )
        ),
        forgotten as (
          delete from chat_updates u where u.chat = $1 and u.update_key = $2 and not exists (select from gone_on) returning 1
        )
        select case when exists (select from gone_on) then 'gone-on' when exists (select from forgotten) then 'forgotten'
          else 'not-remembered' end as answer`;
      const [row] = await ask<{ answer: MayCome }>(base, 'forget', text, [chat, updateKey, since, anyway]);
      return row?.answer ?? 'gone-on';
    },
    ping: async () => void (await ask(base, 'ping', 'select 1', [])),
    close: () => {
      clearInterval(sweeping);
      return Promise.resolve();
    },
  };
}

/** Removes updates that nobody repeats any more, states that are too old, and chats of which nothing is left. */
export async function sweepTurns(pool: Pool, times: TurnTimes): Promise<void> {
  await pool.query(`delete from chat_updates where at < clock_timestamp() - $1 * interval '1 ms'`, [times.memoryMs]);
  await pool.query('update chat_turns set state = null, state_until = null where state_until < clock_timestamp()');
  await pool.query(
    `delete from chat_turns t where token is null and state is null and not queued and coalesce(secret_until < clock_timestamp(), true)
       and not exists (select from chat_updates u where u.chat = t.chat)`,
  );
}

async function ask<Row extends QueryResultRow>(
  { pool, named }: Base,
  name: string,
  text: string,
  values: unknown[],
): Promise<Row[]> {
  try {
    const connection = await borrow(pool);
    try {
      // Named: Postgres parses and plans it once a connection.
      return (await connection.query<Row>({ ...(named && { name: `chat-turn-${name}` }), text, values })).rows;
    } finally {
      connection.release();
    }
  } catch (error) {
    throw new StoreUnavailable('Postgres did not do what a turn needs', { cause: error });
  }
}
