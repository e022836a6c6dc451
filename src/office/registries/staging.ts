import type { Trx } from '../../records/database.ts';
import { type CopyIn, copyLine, stageRows } from '../../records/registries/staged.ts';
import { UNREAD_ACCOUNT } from '../../records/registries/table.ts';
import type { RegistryFile } from '../edges.ts';
import type { Bounds } from './reading/bounds.ts';
import { dueCheck } from './reading/due.ts';
import { watchRepeats } from './reading/repeats.ts';
import { rowReader } from './reading/rows.ts';
import type { Registry } from './registry.ts';

/** What went into the staging table. */
export type Staged = {
  rows: number;
  refused: number;
  /** How many of these may be anyone's: their account cannot be read. */
  unread: number;
  /** False only when no key came twice. */
  mayRepeat: boolean;
  /** Rows whose «К оплате» is not the sum of the others; `lines` are the first of them. */
  dueDiffers: { rows: number; lines: readonly number[] };
};

const PIECE_CHARACTERS = 32_768;
const LINES_NAMED = 3;

/** Reads a file into the temporary table `staged`, refused rows too, each with its line and why it is refused. */
export async function stage(
  trx: Trx,
  copyIn: CopyIn,
  file: RegistryFile,
  bounds: Bounds,
  onRows: (rows: number) => void,
): Promise<Staged> {
  const { table, columns, fills } = file.header.registry;
  const names = fills.map(({ column }) => column);
  const place = (column: string): number => names.indexOf(column);
  const watch = watchRepeats(table.group.map(place), table.key.filter((column) => !table.group.includes(column)).map(place));
  const differs = dueCheck(names);
  const reader = rowReader(file.header, bounds);
  const staged = { rows: 0, refused: 0, unread: 0, dueDiffers: 0 };
  const account = place(table.account);
  const lines: number[] = [];

  async function* copied(): AsyncGenerator<string> {
    let piece = '';
    const answers: (string | null)[] = columns.map(() => null);
    const fill = filler(file.header.registry, answers);
    for await (const records of file.rows()) {
      for (const record of records) {
        const reason = reader.read(record.cells, answers, record.problem);
        const values = fill();
        if (reason === undefined) {
          watch.see(values);
          if (differs?.(values)) {
            staged.dueDiffers += 1;
            if (lines.length < LINES_NAMED) lines.push(record.line);
          }
        } else {
          staged.refused += 1;
          if (values[account] === UNREAD_ACCOUNT) staged.unread += 1;
        }
        staged.rows += 1;
        piece += copyLine(record.line, reason, values);
        if (piece.length >= PIECE_CHARACTERS) {
          yield piece;
          piece = '';
        }
      }
      onRows(staged.rows);
    }
    if (piece !== '') yield piece;
  }

  await stageRows(trx, copyIn, table, copied());
  return {
    rows: staged.rows,
    refused: staged.refused,
    unread: staged.unread,
    mayRepeat: watch.mayRepeat(),
    dueDiffers: { rows: staged.dueDiffers, lines },
  };
}

/** What the table's columns get of the answers of a row, in one array for all rows: there are millions. */
function filler({ fills }: Registry, answers: readonly (string | null)[]): () => readonly (string | null)[] {
  if (fills.every(({ place, from }, index) => place === index && from === undefined)) return () => answers;
  const values: (string | null)[] = fills.map(() => null);
  return () => {
    for (let index = 0; index < fills.length; index += 1) {
      const { place, from } = fills[index]!;
      const answer = answers[place] ?? null;
      values[index] = answer === null || from === undefined ? answer : from(answer);
    }
    return values;
  };
}
