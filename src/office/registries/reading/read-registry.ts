import { REGISTRIES } from '../registries.ts';
import { type CsvRecord, createCsvReader, isBlank } from './csv.ts';
import { type Encoding, guessEncoding, readEveryWay } from './encoding.ts';
import { causeOf } from './file-causes.ts';
import { type Header, knowHeader } from './header.ts';

/** Fills `into` with the bytes that stand in a file from a position on; how many there are, 0 behind the end. */
export type ReadBytes = (into: Buffer, position: number) => Promise<number>;

/** A registry whose header is known; read as often as needed, in memory that does not grow with it. */
export type ReadRegistry = {
  header: Header;
  /** The header's own words, for the file of refused rows. */
  titles: readonly string[];
  /** The rows after the header, a piece of the file at a time. */
  rows(): AsyncGenerator<CsvRecord[]>;
};

/** Why a file is no registry, in a Russian sentence that names it; `why` is the sentence without the name. */
export class RegistryUnreadable extends Error {
  readonly why: string;
  constructor(why: string, path?: string) {
    super(path === undefined ? why : `${path}: ${why}`);
    this.why = why;
  }
}

/** Small: what one piece becomes dies young, before it is worth moving. */
const PIECE_BYTES = 65_536;

/** Knows a file's encoding and kind by its first line; throws `RegistryUnreadable` when it cannot. */
export async function readRegistry(read: ReadBytes): Promise<ReadRegistry> {
  const head = Buffer.alloc(PIECE_BYTES);
  const begins = head.subarray(0, await read(head, 0));
  const encoding = guessEncoding(begins);
  if (typeof encoding !== 'string') throw new RegistryUnreadable(encoding.problem);
  let why = 'файл пуст';
  for (const separator of new Set(REGISTRIES.map((registry) => registry.separator))) {
    const first = await firstRecord(read, encoding, separator);
    if (!first) continue;
    if (first.problem) throw new RegistryUnreadable(`строка заголовка: ${first.problem}`);
    const header = knowHeader(
      first.cells,
      REGISTRIES.filter((registry) => registry.separator === separator),
    );
    if ('layout' in header) return { header, titles: first.cells, rows: () => readRows(read, encoding, separator) };
    why = header.problem;
  }
  throw new RegistryUnreadable(causeOf(readEveryWay(begins, encoding)) ?? why);
}

async function firstRecord(read: ReadBytes, encoding: Encoding, separator: string): Promise<CsvRecord | undefined> {
  for await (const records of readRecords(read, encoding, separator)) {
    if (records[0]) return records[0];
  }
  return undefined;
}

async function* readRows(read: ReadBytes, encoding: Encoding, separator: string): AsyncGenerator<CsvRecord[]> {
  let header = true;
  for await (const records of readRecords(read, encoding, separator)) {
    if (header && records.length > 0) {
      header = false;
      records.shift();
    }
    if (records.length > 0) yield records;
  }
}

async function* readRecords(read: ReadBytes, encoding: Encoding, separator: string): AsyncGenerator<CsvRecord[]> {
  const decoder = new TextDecoder(encoding);
  const reader = createCsvReader(separator);
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
