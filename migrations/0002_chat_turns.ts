import { type Kysely, sql } from 'kysely';

/**
 * One turn of a chat at a time, where there is no Redis. Functions, so that a turn is two round trips, and so that each of their
 * statements sees what was committed before it (a single statement would look for repeats in a snapshot older than its own lock).
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table chat_turns (
      chat text collate "C" primary key,
      -- Who has the chat, until when, and the update he has it for.
      token text,
      token_until timestamptz,
      update_id bigint,
      -- Whose turn was finished last: a finish that is asked for twice was done once.
      done_token text,
      -- Sealed.
      state bytea,
      state_until timestamptz,
      secret_until timestamptz,
      constraint chat_turns_token_whole check ((token is null) = (token_until is null) and (token is null) = (update_id is null)),
      constraint chat_turns_state_whole check ((state is null) = (state_until is null))
    )
  `.execute(db);
  await sql`
    create table chat_updates (
      chat text collate "C" not null,
      update_id bigint not null,
      at timestamptz not null default clock_timestamp(),
      primary key (chat, update_id)
    )
  `.execute(db);
  await sql`create index chat_updates_at on chat_updates (at)`.execute(db);

  await sql`
    create function chat_turn_take(
      of_chat text, of_update bigint, by_token text, lock_ms integer,
      out outcome text, out busy_ms integer, out state bytea, out secret boolean
    ) language plpgsql as $$
    begin
      if exists (select from chat_updates u where u.chat = of_chat and u.update_id = of_update) then
        outcome := 'repeat';
        return;
      end if;
      insert into chat_turns as t (chat, token, token_until, update_id)
      values (of_chat, by_token, clock_timestamp() + lock_ms * interval '1 ms', of_update)
      on conflict (chat) do update set token = excluded.token, token_until = excluded.token_until, update_id = excluded.update_id
        where t.token is null or t.token = by_token or t.token_until <= clock_timestamp()
      returning case when t.state_until > clock_timestamp() then t.state end, coalesce(t.secret_until > clock_timestamp(), false)
        into state, secret;
      if not found then
        outcome := 'busy';
        select greatest(0, extract(epoch from t.token_until - clock_timestamp()) * 1000)::integer into busy_ms
          from chat_turns t where t.chat = of_chat;
        return;
      end if;
      -- Who had the chat before us may have finished this very update while we waited for the row.
      if exists (select from chat_updates u where u.chat = of_chat and u.update_id = of_update) then
        update chat_turns t set token = null, token_until = null, update_id = null where t.chat = of_chat;
        outcome := 'repeat';
        return;
      end if;
      outcome := 'taken';
    end $$
  `.execute(db);

  await sql`
    create function chat_turn_finish(
      of_chat text, by_token text, change text, new_state bytea, state_ms integer, expect_secret boolean, secret_ms integer
    ) returns boolean language plpgsql as $$
    declare
      done_update bigint;
    begin
      select t.update_id into done_update from chat_turns t where t.chat = of_chat and t.token = by_token for update;
      if not found then
        return exists (select from chat_turns t where t.chat = of_chat and t.done_token = by_token);
      end if;
      update chat_turns t set
        token = null, token_until = null, update_id = null, done_token = by_token,
        state = case change when 'keep' then t.state when 'set' then new_state end,
        state_until = case change
          when 'keep' then t.state_until
          when 'set' then clock_timestamp() + state_ms * interval '1 ms' end,
        secret_until = case expect_secret
          when true then clock_timestamp() + secret_ms * interval '1 ms'
          when false then null
          else t.secret_until end
        where t.chat = of_chat;
      insert into chat_updates (chat, update_id) values (of_chat, done_update) on conflict do nothing;
      return true;
    end $$
  `.execute(db);
}
