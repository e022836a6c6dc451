import { type RawBuilder, sql } from 'kysely';
import type { RegistryKind } from './imports.ts';

/** What the statements of an import have to know of the table that a registry is for; its name is the registry's kind. */
export type RegistryTable = {
  kind: RegistryKind;
  /** What rows of a file fill, in the order in which they are staged. */
  columns: readonly { column: string; type: string }[];
  /** The columns that tell two rows apart; `group` are the first of them. */
  key: readonly string[];
  /** What is replaced whole, and stands together in a file. */
  group: readonly string[];
  /** The column that names the account. */
  account: string;
  /** The column that says which day a row is of, or which month by its first day. */
  dated: { column: string; by: 'day' | 'month' } | undefined;
  /** Columns that are added up for people to compare with billing's own totals, in kopecks, by what they are called there. */
  totals: Readonly<Record<string, string>>;
  /** The same key twice in one file is refused even when the rows are alike. */
  refusesAlike: boolean;
  /** Rows that are the same in these columns and differ in `other` are told of: it may be spelled in another way. */
  beside?: { same: readonly string[]; other: string };
  /** What a second row of a key repeats, for whoever reads why it was refused, and in what it differs: in sums alone, or otherwise. */
  repeat: { what: string; differs: string; sumsDiffer?: string };
};

/** In `staged`, the account of a refused row that may be anyone's, since what is written there is no number of an account. */
export const UNREAD_ACCOUNT = '';

/** Where a row that stands beside another one is: its account and its day or month, by which the table is looked up quickly. */
export const placeColumns = ({ account, dated, beside }: RegistryTable): readonly string[] | undefined =>
  beside?.same.filter((column) => column === account || column === dated?.column);

/** `a.x = b.x and a.y = b.y` over columns of the same names. */
export const columnsEqualSql = (one: string, other: string, columns: readonly string[]): RawBuilder<boolean> =>
  sql.join(
    columns.map((column) => sql`${sql.ref(`${one}.${column}`)} = ${sql.ref(`${other}.${column}`)}`),
    sql` and `,
  );

/** `x, y`, of a table where one is named. */
export const columnsSql = (columns: readonly string[], table?: string): RawBuilder<unknown> =>
  sql.join(columns.map((column) => sql.ref(table === undefined ? column : `${table}.${column}`)));
