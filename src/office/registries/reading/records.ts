import { type CsvRecord, createCsvReader, isBlank, type LineMark } from './csv.ts';

/** Fills `into` with the bytes that stand in a file from a position on; how many there are, 0 behind the end. */
export type ReadBytes = (into: Buffer, position: number) => Promise<number>;

/** How the bytes of a file become records. `encoding` as `TextDecoder` names it. */
export type WrittenIn = { encoding: string; separator: string; mark?: LineMark | undefined };

/** Small: what one piece becomes dies young, before it is worth moving. */
export const PIECE_BYTES = 65_536;

/** The first bytes of a file. */
export async function readHead(read: ReadBytes): Promise<Buffer> {
  const head = Buffer.alloc(PIECE_BYTES);
  return head.subarray(0, await read(head, 0));
}

/** All records but blank ones, a piece of the file at a time. */
export async function* readRecords(read: ReadBytes, { encoding, separator, mark }: WrittenIn): AsyncGenerator<CsvRecord[]> {
  const decoder = new TextDecoder(encoding);
  const reader = createCsvReader(separator, mark);
  const piece = Buffer.alloc(PIECE_BYTES);
  for (let position = 0; ; ) {
    const bytesRead = await read(piece, position);
    if (bytesRead === 0) break;
    position += bytesRead;
    yield filled(reader.push(decoder.decode(piece.subarray(0, bytesRead), { stream: true })));
  }
  yield filled(reader.push(decoder.decode()));
  yield filled(reader.end());
}

const filled = (records: CsvRecord[]): CsvRecord[] => records.filter((record) => !isBlank(record));

/** The first so many records. */
export async function readFirst(read: ReadBytes, written: WrittenIn, most: number): Promise<CsvRecord[]> {
  const first: CsvRecord[] = [];
  for await (const records of readRecords(read, written)) {
    first.push(...records.slice(0, most - first.length));
    if (first.length >= most) break;
  }
  return first;
}

/** The records after the first `skipped`. */
export async function* readRows(read: ReadBytes, written: WrittenIn, skipped: number): AsyncGenerator<CsvRecord[]> {
  let left = skipped;
  for await (const records of readRecords(read, written)) {
    const rows = left === 0 ? records : records.slice(left);
    left -= records.length - rows.length;
    if (rows.length > 0) yield rows;
  }
}

/** How far down a header is looked for, and how much a line above it may say: of a row there would be more. */
export const MOST_TITLE_LINES = 10;
const MOST_TITLE_CELLS = 2;

/** Whether a record may be a title above a header («Реестр платежей;за ноябрь»). */
export function isTitle({ cells }: CsvRecord): boolean {
  return cells.filter((cell) => cell.trim() !== '').length <= MOST_TITLE_CELLS;
}

/** Whether lines end with CR alone, as on old Macs: all of the file is one line then. */
export function endsLinesWithCr(head: Buffer): boolean {
  const first = head.indexOf(0x0d);
  return first >= 0 && first < head.length - 1 && !head.includes(0x0a);
}

export const CR_LINES = 'строки кончаются одним знаком CR, как на старых Mac; сохраните таблицу как CSV заново';
