import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { sql } from 'kysely';
import { writeCell } from '../../office/registries/csv.ts';
import type { Trx } from '../../records/database.ts';
import { createPrivateFile } from '../private-files.ts';
import type { RegistryFile } from './file.ts';

/** Rows asked of Postgres at a time. */
const PAGE = 5_000;

/** The refused rows, written aside; `keep` puts them in their place once the import is safe, and answers where that is. */
export type RefusedRows = { keep(): Promise<string | undefined>; drop(): Promise<void> };

const LINE = 'Строка';
const REASON = 'Причина';
/** Where the registry has a reason of its own. */
const OTHER_REASON = 'Почему отклонено';

/**
 * Writes the refused rows of `staged` as they stand in the file, each with its line and why it was refused; mended, the file can be taken in
 * as it is. UTF-8 with BOM, so that Excel opens it.
 */
export async function writeRefused(trx: Trx, file: RegistryFile, refused: number): Promise<RefusedRows> {
  const place = `${file.path}.refused.csv`;
  if (refused === 0) {
    return {
      drop: async () => {},
      async keep() {
        await Promise.all([place, `${place}.part`].map((path) => rm(path, { force: true })));
        return undefined;
      },
    };
  }
  const aside = `${place}.part`;
  // What an import that was cut short has left.
  await rm(aside, { force: true });
  await pipeline(Readable.from(lines(trx, file)), (await createPrivateFile(aside)).createWriteStream());
  return {
    drop: () => rm(aside, { force: true }),
    async keep() {
      await rename(aside, place);
      return place;
    },
  };
}

async function* lines(trx: Trx, file: RegistryFile): AsyncGenerator<string> {
  const { separator } = file.header.layout;
  const row = (cells: readonly string[]): string => `${cells.map((cell) => writeCell(cell, separator)).join(separator)}\r\n`;
  const { columns } = file.header.layout;
  const reason = columns.some(({ title }) => title === REASON) ? OTHER_REASON : REASON;
  // A file of refused rows that is refused once more gets these anew.
  const ours = new Set([LINE, reason]);
  const kept = file.titles.map((_, place) => place).filter((place) => !ours.has(file.titles[place]?.trim() ?? ''));
  const pick = (cells: readonly string[]): string[] => kept.map((place) => cells[place] ?? '');
  yield `\ufeff${row([...pick(file.titles), LINE, reason])}`;

  const reasons = refusals(trx);
  let next = await reasons.next();
  for await (const records of file.rows()) {
    for (const record of records) {
      if (next.done || next.value.line !== record.line) continue;
      yield row([...pick(record.cells), String(record.line), next.value.reason]);
      next = await reasons.next();
    }
    if (next.done) return;
  }
}

/** In the order of the file's lines, a page at a time. */
async function* refusals(trx: Trx): AsyncGenerator<{ line: number; reason: string }, undefined> {
  await sql`create temp table refusals on commit drop as select line, reason from staged where reason is not null`.execute(trx);
  await sql`create index on refusals (line)`.execute(trx);
  for (let after = 0; ; ) {
    const page = await sql<{ line: number; reason: string }>`
      select line, reason from refusals where line > ${after} order by line limit ${PAGE}
    `.execute(trx);
    yield* page.rows;
    const last = page.rows.at(-1);
    if (!last || page.rows.length < PAGE) return undefined;
    after = last.line;
  }
}
