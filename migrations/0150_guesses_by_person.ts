import { type Kysely, sql } from 'kysely';

/** Of one person only so many wrong tries count to the end of a password to an account: nobody alone takes it from its owner. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table account_password_guesses (
      password_id uuid not null references account_passwords on delete cascade,
      -- A fingerprint.
      person text not null check (length(person) = 43),
      failures integer not null check (failures > 0),
      primary key (password_id, person)
    )
  `.execute(db);
}
