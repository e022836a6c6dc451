import { AccountNumber } from '../domain/account-number.ts';
import { type CsvRecord, createCsvReader } from '../office/registries/reading/csv.ts';
import { type Encoding, guessEncoding } from '../office/registries/reading/encoding.ts';
import { whyUnread } from './file-error.ts';
import { openRegularFile, readInTime } from './regular-file.ts';

/** A line of a list of accounts; a number that cannot be one comes with why not, in Russian. */
export type ListedAccount = { line: number } & ({ account: AccountNumber } | { problem: string });

/** Why a file is no list of accounts, in a Russian sentence that names it. */
export class ListUnreadable extends Error {}

const HEAD_BYTES = 65_536;
/** Titles of the column, as they are written in registries and by hand. */
const TITLE = /^(лс|л\/с|лицевой счет|номер лс|номер лицевого счета)$/;

/**
 * The accounts of a list, piece by piece: a registry with a column `ЛС`, or a number a line. A number that stands there again is left
 * out. @throws {ListUnreadable} when the file cannot be read or begins with neither.
 */
export async function* readAccountList(path: string): AsyncGenerator<ListedAccount[]> {
  const encoding = await encodingOf(path);
  const seen = new Set<string>();
  let place: number | undefined;
  for await (const records of readRecords(path, encoding)) {
    const rows = place === undefined ? records.slice(0, 1) : [];
    const [first] = rows;
    if (first) place = placeIn(first, path);
    const skipped = first && isHeader(first) ? 1 : 0;
    yield records.slice(skipped).flatMap((record) => read(record, place ?? 0, seen));
  }
}

function read({ line, cells, problem }: CsvRecord, place: number, seen: Set<string>): ListedAccount[] {
  if (problem !== undefined) return [{ line, problem }];
  const number = AccountNumber.safeParse(cells[place] ?? '');
  if (!number.success) return [{ line, problem: 'это не номер лицевого счёта (5–20 цифр)' }];
  if (seen.has(number.data)) return [];
  seen.add(number.data);
  return [{ line, account: number.data }];
}

/** Where the number stands in each row. */
function placeIn(first: CsvRecord, path: string): number {
  const place = first.cells.findIndex(isTitle);
  if (place >= 0) return place;
  if (first.cells.length === 1 && AccountNumber.safeParse(first.cells[0]).success) return 0;
  throw new ListUnreadable(
    `${path}: в первой строке нет ни столбца «ЛС», ни номера лицевого счёта; нужен реестр с этим столбцом или список номеров, по одному в строке`,
  );
}

const isHeader = ({ cells }: CsvRecord): boolean => cells.some(isTitle);
const isTitle = (cell: string): boolean =>
  TITLE.test(
    cell
      .replace(/\ufeff/g, '')
      .trim()
      .toLowerCase()
      .replaceAll('ё', 'е'),
  );

async function encodingOf(path: string): Promise<Encoding> {
  const head = Buffer.alloc(HEAD_BYTES);
  const bytes = await readHead(path, head);
  const encoding = guessEncoding(head.subarray(0, bytes));
  if (typeof encoding !== 'string') throw new ListUnreadable(`${path}: ${encoding.problem}`);
  return encoding;
}

async function readHead(path: string, head: Buffer): Promise<number> {
  try {
    const handle = await openRegularFile(path);
    try {
      return await readInTime(handle, head, 0);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw new ListUnreadable(`${path}: ${whyUnread(error)}`);
  }
}

async function* readRecords(path: string, encoding: Encoding): AsyncGenerator<CsvRecord[]> {
  const decoder = new TextDecoder(encoding);
  const reader = createCsvReader();
  const handle = await openRegularFile(path);
  for await (const messagePart of handle.createReadStream({ highWaterMark: HEAD_BYTES })) {
    yield reader.push(decoder.decode(messagePart as Buffer, { stream: true }));
  }
  yield reader.push(decoder.decode());
  yield reader.end();
}
