import type { FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import { type CsvRecord, createCsvReader, isBlank } from '../../office/registries/csv.ts';
import { causeOf } from '../../office/registries/file-causes.ts';
import { type Header, knowHeader } from '../../office/registries/header.ts';
import { LAYOUTS } from '../../office/registries/layouts.ts';
import { whyUnread } from '../file-error.ts';
import { closeInTime, type Links, openRegularFile, readInTime } from '../regular-file.ts';
import { type Encoding, guessEncoding, readEveryWay } from './encoding.ts';

/** A registry file whose header is known; read as often as needed, in memory that does not grow with it. */
export type RegistryFile = {
  path: string;
  /** Without the folder. */
  name: string;
  header: Header;
  /** The header's own words, for the file of refused rows. */
  titles: readonly string[];
  /** The rows after the header, a piece of the file at a time. */
  rows(): AsyncGenerator<CsvRecord[]>;
  close(): Promise<void>;
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

/** Opens a file and knows its kind; throws `RegistryUnreadable` when it cannot. */
export async function openRegistry(path: string, links: Links = 'followed'): Promise<RegistryFile> {
  const handle = await openFile(path, links);
  try {
    const { encoding, separator, header, titles } = await readHeader(handle);
    return {
      path,
      name: basename(path),
      header,
      titles,
      rows: () => readRows(handle, encoding, separator),
      close: () => closeInTime(handle),
    };
  } catch (error) {
    await closeInTime(handle);
    throw new RegistryUnreadable(error instanceof RegistryUnreadable ? error.why : whyUnread(error), path);
  }
}

async function openFile(path: string, links: Links): Promise<FileHandle> {
  try {
    return await openRegularFile(path, links);
  } catch (error) {
    throw new RegistryUnreadable(whyUnread(error), path);
  }
}

async function readHeader(handle: FileHandle) {
  const head = Buffer.alloc(PIECE_BYTES);
  const begins = head.subarray(0, await readInTime(handle, head, 0));
  const encoding = guessEncoding(begins);
  if (typeof encoding !== 'string') throw new RegistryUnreadable(encoding.problem);
  let why = 'файл пуст';
  for (const separator of new Set(LAYOUTS.map((layout) => layout.separator))) {
    const first = await firstRecord(handle, encoding, separator);
    if (!first) continue;
    if (first.problem) throw new RegistryUnreadable(`строка заголовка: ${first.problem}`);
    const layouts = LAYOUTS.filter((layout) => layout.separator === separator);
    const header = knowHeader(first.cells, layouts);
    if ('layout' in header) return { encoding, separator, header, titles: first.cells };
    why = header.problem;
  }
  throw new RegistryUnreadable(causeOf(readEveryWay(begins, encoding)) ?? why);
}

async function firstRecord(handle: FileHandle, encoding: Encoding, separator: string): Promise<CsvRecord | undefined> {
  for await (const records of readRecords(handle, encoding, separator)) {
    if (records[0]) return records[0];
  }
  return undefined;
}

async function* readRows(handle: FileHandle, encoding: Encoding, separator: string): AsyncGenerator<CsvRecord[]> {
  let header = true;
  for await (const records of readRecords(handle, encoding, separator)) {
    if (header && records.length > 0) {
      header = false;
      records.shift();
    }
    if (records.length > 0) yield records;
  }
}

async function* readRecords(handle: FileHandle, encoding: Encoding, separator: string): AsyncGenerator<CsvRecord[]> {
  const decoder = new TextDecoder(encoding);
  const reader = createCsvReader(separator);
  const messagePart = Buffer.alloc(PIECE_BYTES);
  for (let position = 0; ; ) {
    const bytesRead = await readInTime(handle, messagePart, position);
    if (bytesRead === 0) break;
    position += bytesRead;
    yield filled(reader.push(decoder.decode(messagePart.subarray(0, bytesRead), { stream: true })));
  }
  yield filled(reader.push(decoder.decode()));
  yield filled(reader.end());
}

const filled = (records: CsvRecord[]): CsvRecord[] => records.filter((record) => !isBlank(record));
