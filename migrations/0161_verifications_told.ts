import { type Kysely, sql } from 'kysely';

/** Of which meter's verification a resident was told: by the meter, not by the day that its registry happens to give for several. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table told_verifications (
      resident_id uuid not null references residents on delete cascade,
      account text collate "C" not null,
      number text collate "C" not null,
      -- Which of the times before the verification runs out.
      stage integer not null,
      -- The day that was told.
      due date not null,
      primary key (resident_id, account, number, stage)
    );

    -- Who was told of all meters of a day until now is not told again.
    insert into told_verifications (resident_id, account, number, stage, due)
    select n.resident_id, m.account, m.number, split_part(n.key, '/', 4)::integer, max(m.verification_due)
    from notices n
    join residents r on r.id = n.resident_id
    join meters m on m.account = split_part(n.key, '/', 2) and m.verification_due::text = split_part(n.key, '/', 3)
    where n.news = 'verification' and n.key ~ '^verification/[0-9]{5,20}/[0-9]{4}-[0-9]{2}-[0-9]{2}/[0-9]/'
    group by 1, 2, 3, 4;
  `.execute(db);
}
