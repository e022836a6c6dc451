import { type Kysely, sql } from 'kysely';

/**
 * What processes need to know of each other and of what they did: turns of chats (where there is no Redis), the inbox of updates,
 * idempotency keys, leads.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- What an office verb answered to one step of one update, kept so that a repeat hears the same.
    create table idempotency_keys (
      key text primary key,
      outcome jsonb not null,
      at timestamptz not null default now()
    );
    create index idempotency_keys_at on idempotency_keys (at);

    -- One turn of a chat at a time, where there is no Redis; the sealed state of its dialog.
    create table chat_turns (
      chat text collate "C" primary key,
      token text,
      token_until timestamptz,
      update_key text collate "C",
      done_token text,
      state bytea,
      state_until timestamptz,
      secret_until timestamptz,
      vanished integer not null default 0,
      queued boolean not null default false,
      displaced text,
      constraint chat_turns_state_whole check ((state is null) = (state_until is null)),
      constraint chat_turns_token_whole check (((token is null) = (token_until is null)) and ((token is null) = (update_key is null)))
    );

    -- Updates that were worked off: one that is repeated has no second effect.
    create table chat_updates (
      chat text collate "C" not null,
      update_key text collate "C" not null,
      at timestamptz not null default clock_timestamp(),
      primary key (chat, update_key)
    );
    create index chat_updates_at on chat_updates (at);

    -- Turns of chats that were taken away from a process which may be paused and wake: nothing more of them is written.
    create table revoked_turns (
      token text primary key,
      at timestamptz not null default clock_timestamp()
    );
    create index revoked_turns_at on revoked_turns (at);

    -- Updates that wait for their turn in the line of their chat, and dead letters (failed, stuck): for people to look at, and to let come
    -- again.
    create table update_inbox (
      id text primary key,
      seq bigint generated always as identity,
      line text,
      state text not null,
      sealed text not null,
      owner text,
      at timestamptz not null,
      request_id uuid references requests on delete set null,
      whole boolean not null default false,
      again boolean not null default false
    );
    create index update_inbox_request on update_inbox (request_id) where request_id is not null;
    create index update_inbox_waiting on update_inbox (line, seq) where state = 'waiting';
    create trigger update_inbox_work after insert or update of state on update_inbox
      for each statement execute function work_came();

    -- A process that has updates in the inbox, and until when it counts as alive.
    create table inbox_owners (
      id text primary key,
      alive_until timestamptz not null
    );

    -- That the next words of a person may be a secret; written when one is asked for, gone with the answer.
    create table awaited_secrets (
      messenger_id text primary key check (messenger_id like '_%:_%'),
      until timestamptz not null
    );
    create index awaited_secrets_until on awaited_secrets (until);

    -- Of several processes one does what name stands for, until then: by the server's clock.
    create table leads (
      name text primary key,
      holder text not null,
      until timestamptz not null
    );
    create trigger leads_work after delete on leads
      for each statement execute function work_came();

    -- One row at most. key_print is that of the newest key by which secrets were made; null before any was.
    create table data_owner (
      one_row boolean primary key default true check (one_row),
      owner text not null check (owner ~ '^(sandbox|moved|bot( [0-9]+)?)$'),
      key_print text,
      marked_at timestamptz not null default now()
    );

    -- One row that holds nothing but when it was written last.
    create table write_probe (
      id boolean primary key default true check (id),
      at timestamptz not null
    );

    -- Functions, so that a turn is two round trips, and so that each of their statements sees what was committed before it: a single statement
    -- would look for repeats in a snapshot older than its own lock. vanished: so many holders died over this very update; displaced: whose
    -- lock had run out, and who may be paused and wake.
    create function chat_turn_take(
      of_chat text, of_update text, by_token text, lock_ms integer, from_inbox boolean,
      out outcome text, out busy_ms integer, out state bytea, out secret boolean, out vanished integer, out displaced text
    ) returns record language plpgsql as $$
    declare
      before chat_turns;
    begin
      if exists (select from chat_updates u where u.chat = of_chat and u.update_key = of_update) then
        outcome := 'repeat';
        return;
      end if;
      loop
        insert into chat_turns (chat) values (of_chat) on conflict do nothing;
        select * into before from chat_turns t where t.chat = of_chat for update;
        -- The sweep may have taken it out in between.
        exit when found;
      end loop;
      if before.queued and not from_inbox then
        outcome := 'queued';
        return;
      end if;
      if before.token <> by_token and before.token_until > clock_timestamp() then
        outcome := 'busy';
        busy_ms := greatest(0, extract(epoch from before.token_until - clock_timestamp()) * 1000)::integer;
        return;
      end if;
      -- Who had the chat before us may have finished this very update while we waited for the row.
      if exists (select from chat_updates u where u.chat = of_chat and u.update_key = of_update) then
        outcome := 'repeat';
        return;
      end if;
      vanished := case when before.update_key = of_update then before.vanished + (before.token <> by_token)::integer else 0 end;
      displaced := nullif(concat_ws(',', before.displaced, nullif(before.token, by_token)), '');
      update chat_turns t set
        token = by_token, token_until = clock_timestamp() + lock_ms * interval '1 ms', update_key = of_update,
        vanished = chat_turn_take.vanished, displaced = chat_turn_take.displaced
        where t.chat = of_chat;
      outcome := 'taken';
      state := case when before.state_until > clock_timestamp() then before.state end;
      secret := coalesce(before.secret_until > clock_timestamp(), false);
    end $$;

    create function chat_turn_finish(
      of_chat text, by_token text, change text, new_state bytea, state_ms integer, expect_secret boolean, secret_ms integer
    ) returns boolean language plpgsql as $$
    declare
      done_update text;
    begin
      select t.update_key into done_update from chat_turns t where t.chat = of_chat and t.token = by_token for update;
      if not found then
        return exists (select from chat_turns t where t.chat = of_chat and t.done_token = by_token);
      end if;
      update chat_turns t set
        token = null, token_until = null, update_key = null, displaced = null, done_token = by_token,
        state = case change when 'keep' then t.state when 'set' then new_state end,
        state_until = case change
          when 'keep' then t.state_until
          when 'set' then clock_timestamp() + state_ms * interval '1 ms' end,
        secret_until = case expect_secret
          when true then clock_timestamp() + secret_ms * interval '1 ms'
          when false then null
          else t.secret_until end
        where t.chat = of_chat;
      insert into chat_updates (chat, update_key) values (of_chat, done_update) on conflict do nothing;
      return true;
    end $$;
  `.execute(db);
}
