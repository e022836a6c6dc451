import { type Kysely, sql } from 'kysely';

/**
 * A turn tells whether updates of its chat wait in the inbox (then one that comes past it is 'queued'), and whose lock had run out
 * ('displaced', until a turn after it has ended): that holder may be paused and wake, so its token is revoked, and transactions of the
 * office refuse it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table chat_turns
      add column queued boolean not null default false,
      -- Tokens, behind commas.
      add column displaced text;
    drop function chat_turn_take(text, bigint, text, integer);
    create function chat_turn_take(
      of_chat text, of_update bigint, by_token text, lock_ms integer, from_inbox boolean,
      out outcome text, out busy_ms integer, out state bytea, out secret boolean, out vanished integer, out displaced text
    ) language plpgsql as $$
    declare
      before chat_turns;
    begin
      if exists (select from chat_updates u where u.chat = of_chat and u.update_id = of_update) then
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
      if exists (select from chat_updates u where u.chat = of_chat and u.update_id = of_update) then
        outcome := 'repeat';
        return;
      end if;
      vanished := case when before.update_id = of_update then before.vanished + (before.token <> by_token)::integer else 0 end;
      displaced := nullif(concat_ws(',', before.displaced, nullif(before.token, by_token)), '');
      update chat_turns t set
        token = by_token, token_until = clock_timestamp() + lock_ms * interval '1 ms', update_id = of_update,
        vanished = chat_turn_take.vanished, displaced = chat_turn_take.displaced
        where t.chat = of_chat;
      outcome := 'taken';
      state := case when before.state_until > clock_timestamp() then before.state end;
      secret := coalesce(before.secret_until > clock_timestamp(), false);
    end $$;

    create or replace function chat_turn_finish(
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
        token = null, token_until = null, update_id = null, displaced = null, done_token = by_token,
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
    end $$;

    create table revoked_turns (
      token text primary key,
      at timestamptz not null default clock_timestamp()
    );
    create index revoked_turns_at on revoked_turns (at);
  `.execute(db);
}
