import { type Kysely, sql } from 'kysely';

/** Taking a turn tells how many holders vanished over the same update before: one that kills its process is not to be tried for ever. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table chat_turns add column vanished integer not null default 0`.execute(db);
  await sql`drop function chat_turn_take(text, bigint, text, integer)`.execute(db);
  await sql`
    create function chat_turn_take(
      of_chat text, of_update bigint, by_token text, lock_ms integer,
      out outcome text, out busy_ms integer, out state bytea, out secret boolean, out vanished integer
    ) language plpgsql as $$
    begin
      if exists (select from chat_updates u where u.chat = of_chat and u.update_id = of_update) then
        outcome := 'repeat';
        return;
      end if;
      insert into chat_turns as t (chat, token, token_until, update_id)
      values (of_chat, by_token, clock_timestamp() + lock_ms * interval '1 ms', of_update)
      on conflict (chat) do update set token = excluded.token, token_until = excluded.token_until, update_id = excluded.update_id,
        vanished = case when t.update_id = excluded.update_id then t.vanished + (t.token <> excluded.token)::integer else 0 end
        where t.token is null or t.token = by_token or t.token_until <= clock_timestamp()
      returning case when t.state_until > clock_timestamp() then t.state end, coalesce(t.secret_until > clock_timestamp(), false), t.vanished
        into state, secret, vanished;
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
}
