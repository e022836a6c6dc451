import { type Kysely, sql } from 'kysely';

/** What the office promises of identities, proofs and secrets holds in the database, too. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table residents
      add constraint residents_phone_as_login check (login !~ '^89[0-9]{9}$' or phone is not distinct from '+7' || substr(login, 2));

    alter table sessions
      add constraint sessions_messenger check (messenger_id like '_%:_%');

    alter table confirmed_messengers
      add constraint confirmed_messengers_messenger check (messenger_id like '_%:_%');

    alter table confirmation_codes
      add constraint confirmation_codes_sealed check (length(code_fingerprint) = 43),
      add constraint confirmation_codes_times check (expires_at > created_at);

    alter table phone_proofs
      add constraint phone_proofs_purpose check (purpose in ('registration', 'sign-in', 'recovery', 'new-phone')),
      add constraint phone_proofs_phone check (phone ~ '^[+]79[0-9]{9}$'),
      add constraint phone_proofs_times check (expires_at > proved_at);

    alter table password_tries
      add constraint password_tries_failures check (failures > 0);

    alter table account_passwords
      add constraint account_passwords_sealed check (length(fingerprint) = 43),
      add constraint account_passwords_times check (expires_at > issued_at),
      add constraint account_passwords_of_account unique (id, account);

    alter table link_proofs
      add constraint link_proofs_password foreign key (password_id, account) references account_passwords (id, account);

    alter table sum_failures
      add constraint sum_failures_account check (account ~ '^[0-9]{5,20}$');
  `.execute(db);
}
