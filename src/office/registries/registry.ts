import type { Trx } from '../../records/database.ts';
import type { ImportId } from '../../records/registries/merge.ts';
import type { MarkRefused } from '../../records/registries/refusals.ts';
import type { RegistryTable } from '../../records/registries/table.ts';
import type { RegistryKind } from '../../records/registries/imports.ts';
import type { ImportToUndo } from '../../records/registries/previous-rows.ts';
import type { ReadingRules } from '../readings/reading-answers.ts';
import type { Until } from './reading/bounds.ts';
import { account, needed, type ReadCell } from './reading/cells.ts';

/** One column of the table that cells fill. */
type Filled = {
  /** Its name in the table. */
  column: string;
  /** Its type in Postgres. */
  type: string;
  /** Of the key: with it rows are told apart, by `group` which are replaced whole and stand together. The others may change. */
  part?: 'group' | 'key';
  /** What of the cell's answer stands in it; all of it, where nothing is said. */
  from?: (answer: string) => string | null;
  /** It says which day a row is of, or which month by its first day. */
  dates?: 'day' | 'month';
  /** It is added up for people, in kopecks, under this name. */
  total?: string;
};

/** One column of a registry: its title in the file, how a cell is read, what it fills. */
export type Column = {
  title: string;
  read: ReadCell;
  /** A day or a period: until when it can be meant. */
  until?: Until;
  /** May be absent from the header; every row then has `absent`. */
  optional?: true;
  absent?: string;
} & (Filled | { fills: readonly Filled[] });

/** Why an import stays: there is none of this number, it is undone already, its traces are gone, or something rests on it. */
export type NotUndone =
  | { outcome: 'none' | 'already' | 'too-old' }
  /** A later import, to be undone before. */
  | { outcome: 'rests'; on: number }
  /** A new account is used: linked, or residents have handed in or paid for it. */
  | { outcome: 'in-use'; account: string }
  /** Somebody has linked an account as its new owner. */
  | { outcome: 'linked-since'; account: string };

export type Restored = { restored: number; links: number };

/** All that is known of a registry of one kind: what its files look like, how its rows meet their table, what follows from them. */
type Declaration = {
  /** The name of its table, too. */
  kind: RegistryKind;
  /** In Russian: «реестр начислений», «начисления». */
  title: string;
  rowsTitle: string;
  columns: readonly Column[];
  /** Only a senior takes it in. */
  money?: true;
  /** What a column that is absent from the header means: the table keeps what it has, or has nothing there. */
  absent: 'keeps' | 'empties';
  /** Rows of a group that the file no longer has are removed. */
  replacesGroups?: true;
  /** One refused row refuses its group. */
  refusesGroups?: true;
  /** The same key twice in one file is refused even when the rows are alike. */
  refusesAlike?: true;
  /** New rows beside which the base has one that differs in `other` alone are counted: the same may be written in another way. */
  beside?: RegistryTable['beside'];
  /** «эта услуга за этот месяц», «данные другие»: what two rows of one key have in common, and how the second one differs. */
  repeat: RegistryTable['repeat'];
  /** It brings accounts; the others name such as are known. */
  bringsAccounts?: true;
  /** Refuses rows by what the base has. */
  markRefused?: MarkRefused;
  /** The same, once repeats are refused. */
  markRefusedTogether?: MarkRefused;
  /** What taking it in changes outside its table: put aside before, kept for undoing after. */
  sideEffects?: { watch: (trx: Trx, now: Date) => Promise<void>; keep: (trx: Trx, id: ImportId) => Promise<void> };
  /** What the office does in the same transaction, once the rows are there. */
  onTaken?: (trx: Trx, now: Date, rules: ReadingRules) => Promise<void>;
  /**
   * Puts all back as it was before an import: how many rows came again, and how many links are open again; or why the import has to stay, and
   * what was done by then is taken back.
   */
  restore: (trx: Trx, found: ImportToUndo, now: Date, rules: ReadingRules) => Promise<Restored | NotUndone>;
};

/** A declaration with what follows from it; `places`: which column of the file each one of the table is read from. */
export type Registry = Declaration & {
  separator: string;
  table: RegistryTable;
  fills: readonly (Filled & { place: number })[];
};

/** By bytes: rows are sorted by it and put beside the base's own. */
export const KEY = 'text collate "C"';

/** The column that tells in every registry whose a row is. */
export const ACCOUNT_TITLE = 'ЛС';
export const ofAccount = { title: ACCOUNT_TITLE, column: 'account', type: KEY, read: needed(account) } as const;

export function defineRegistry(declaration: Declaration): Registry {
  const fills = declaration.columns.flatMap((column, place) =>
    ('fills' in column ? column.fills : [column]).map((filled) => ({ ...filled, place })),
  );
  const namesOf = (wanted: readonly { column: string }[]) => wanted.map(({ column }) => column);
  const dated = fills.find(({ dates }) => dates !== undefined);
  return {
    ...declaration,
    separator: ';',
    fills,
    table: {
      kind: declaration.kind,
      columns: fills,
      group: namesOf(fills.filter(({ part }) => part === 'group')),
      key: namesOf(fills.filter(({ part }) => part !== undefined)),
      account: fills.find(({ place }) => declaration.columns[place]?.title === ACCOUNT_TITLE)?.column ?? '',
      dated: dated?.dates && { column: dated.column, by: dated.dates },
      totals: Object.fromEntries(fills.flatMap(({ total, column }) => (total === undefined ? [] : [[total, column]]))),
      refusesAlike: declaration.refusesAlike === true,
      repeat: declaration.repeat,
      ...(declaration.beside && { beside: declaration.beside }),
    },
  };
}

/** The columns besides the key that are written, where the file's header has these (`places`, -1: absent). */
export function valuesOf({ fills, absent }: Registry, places: readonly number[]): string[] {
  return fills
    .filter(({ part, place }) => part === undefined && (absent === 'empties' || places[place] !== -1))
    .map(({ column }) => column);
}
