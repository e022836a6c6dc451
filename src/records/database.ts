import type { Kysely, Transaction } from 'kysely';
import type { OperationsTable } from './operations.ts';

/** Every table of the house; each room of it adds its own line. */
export type Database = {
  operations: OperationsTable;
};

export type Db = Kysely<Database>;
export type Trx = Transaction<Database>;
