import type { Kysely, Transaction } from 'kysely';
import type { AccountPasswordsTable } from './account-passwords.ts';
import type { AccountsTable } from './accounts.ts';
import type { CardPaymentLinesTable, CardPaymentsTable } from './card-payments.ts';
import type { ChargesTable } from './charges.ts';
import type { ConfirmationCodesTable } from './confirmation-codes.ts';
import type { ConfirmedMessengersTable } from './confirmed-messengers.ts';
import type { ConsentsTable } from './consents.ts';
import type { EscalationsTable } from './escalations.ts';
import type { GuestLookupsTable } from './guest-lookups.ts';
import type { LinkProofsTable } from './link-proofs.ts';
import type { LinksTable } from './links.ts';
import type { MeterValuesTable } from './meter-values.ts';
import type { MetersTable } from './meters.ts';
import type { MutedMessengersTable, MutedNewsTable } from './muted-news.ts';
import type { NewsRoundsTable } from './news-rounds.ts';
import type { NoticesTable, UnreachableTable } from './notices.ts';
import type { OperationsTable } from './operations.ts';
import type { ParkedUpdatesTable } from './parked-updates.ts';
import type { PasswordDraftsTable } from './password-drafts.ts';
import type { PasswordTriesTable } from './password-tries.ts';
import type { PaymentOrderLinesTable, PaymentOrdersTable } from './payment-orders.ts';
import type { PaymentsTable } from './payments.ts';
import type { PasswordProofsTable, PhoneProofsTable } from './proofs.ts';
import type { ReadingPhotosTable } from './reading-photos.ts';
import type { ReadingsTable } from './readings.ts';
import type { RegistryImportsTable } from './registry-imports.ts';
import type { ResidentsTable } from './residents.ts';
import type { SessionsTable } from './sessions.ts';
import type { SumAttemptsTable } from './sum-attempts.ts';
import type { SumFailuresTable, SumReopeningsTable } from './sum-failures.ts';
import type { TalliesTable } from './tallies.ts';

/**
 * Every table of the house; each room of it adds its own line.
 * As the pool reads them (`adapters/postgres/pool.ts`): bigint is a number, date is `YYYY-MM-DD` text, numeric is text, timestamptz is a Date.
 */
export type Database = {
  links: LinksTable;
  link_proofs: LinkProofsTable;
  account_passwords: AccountPasswordsTable;
  sum_attempts: SumAttemptsTable;
  sum_failures: SumFailuresTable;
  sum_reopenings: SumReopeningsTable;
  guest_lookups: GuestLookupsTable;
  escalations: EscalationsTable;
  notices: NoticesTable;
  muted_news: MutedNewsTable;
  muted_messengers: MutedMessengersTable;
  news_rounds: NewsRoundsTable;
  operations: OperationsTable;
  parked_updates: ParkedUpdatesTable;
  residents: ResidentsTable;
  sessions: SessionsTable;
  confirmed_messengers: ConfirmedMessengersTable;
  consents: ConsentsTable;
  confirmation_codes: ConfirmationCodesTable;
  phone_proofs: PhoneProofsTable;
  password_proofs: PasswordProofsTable;
  password_drafts: PasswordDraftsTable;
  tallies: TalliesTable;
  password_tries: PasswordTriesTable;
  unreachable: UnreachableTable;
  accounts: AccountsTable;
  charges: ChargesTable;
  meters: MetersTable;
  meter_values: MeterValuesTable;
  readings: ReadingsTable;
  reading_photos: ReadingPhotosTable;
  payments: PaymentsTable;
  payment_orders: PaymentOrdersTable;
  payment_order_lines: PaymentOrderLinesTable;
  card_payments: CardPaymentsTable;
  card_payment_lines: CardPaymentLinesTable;
  registry_imports: RegistryImportsTable;
};

export type Db = Kysely<Database>;
export type Trx = Transaction<Database>;
