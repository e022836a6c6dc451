import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeCell } from '../../../office/registries/reading/csv.ts';
import type { MergedCells } from '../../../office/registries/reading/merged-cells.ts';
import type { ReadBytes } from '../../../office/registries/reading/records.ts';
import { RegistryUnreadable } from '../../../office/registries/reading/unreadable.ts';
import { type Archive, damaged, openArchive, bookTooLarge } from './archive.ts';
import { readBook } from './book.ts';
import { readSheet } from './sheet.ts';

/** The first sheet of a workbook as CSV in our own form: its rows are the lines of the same number. */
export type SheetAsCsv = {
  name: string;
  read: ReadBytes;
  /** In the order of their first rows. */
  merged: readonly MergedCells[];
  close: () => Promise<void>;
};

const MB = 1024 * 1024;
const MOST_OF_SHEET = 768 * MB;
const MOST_OF_CSV = 512 * MB;
const BUFFERED = 256 * 1024;
/** They are held in memory, 40 MB of them; a registry of a large town has its accounts, names and addresses merged less often. */
const MOST_MERGED = 1_000_000;

/** Whether a file begins as every XLSX does; so do other archives. */
export const isArchive = (head: Buffer): boolean => head[0] === 0x50 && head[1] === 0x4b && (head[2] === 3 || head[2] === 5);

/**
 * Writes the first sheet of an XLSX into a file of its own, which has no name any more and goes when it is closed: a registry is read twice,
 * and is not to be held in memory. Undefined where it is no workbook; throws `RegistryUnreadable` where it cannot be read.
 */
export async function sheetAsCsv(file: FileHandle): Promise<SheetAsCsv | undefined> {
  const archive = await openArchive(file.fd).catch(unlessOfSystem);
  if (!archive) return undefined;
  try {
    return archive.has('xl/workbook.xml') ? await convert(archive) : undefined;
  } catch (error) {
    if (!(error instanceof RegistryUnreadable)) unlessOfSystem(error);
    throw error instanceof RegistryUnreadable ? error : damaged();
  }
}

/** Of the disk, not of what is in the file. */
function unlessOfSystem(error: unknown): undefined {
  if (error instanceof RegistryUnreadable || (error instanceof Error && 'syscall' in error)) throw error;
}

async function convert(archive: Archive): Promise<SheetAsCsv> {
  const book = await readBook(archive);
  const sheet = await archive.part(book.sheet.path, MOST_OF_SHEET);
  if (!sheet) throw damaged();
  const csv = await openNameless();
  try {
    let text = '';
    let size = 0;
    let line = 1;
    const merged: MergedCells[] = [];
    const onMerged = (cells: MergedCells) => {
      if (merged.length === MOST_MERGED) throw tooManyMerged();
      merged.push(cells);
    };
    const flush = async () => {
      await csv.appendFile(text);
      size += Buffer.byteLength(text);
      text = '';
      if (size > MOST_OF_CSV) throw bookTooLarge(MOST_OF_CSV);
    };
    for await (const rows of readSheet(sheet, book, onMerged)) {
      for (const { number, cells } of rows) {
        text += `${'\n'.repeat(number - line)}${cells.map((cell) => writeCell(cell)).join(';')}`;
        line = number;
        if (text.length > BUFFERED) await flush();
      }
    }
    await flush();
    return {
      name: book.sheet.name,
      merged: merged.sort((a, b) => a.first - b.first),
      read: async (into, position) => (await csv.read(into, 0, into.length, position)).bytesRead,
      close: () => csv.close(),
    };
  } catch (error) {
    await csv.close();
    sheet.destroy();
    throw error;
  }
}

const tooManyMerged = (): RegistryUnreadable =>
  new RegistryUnreadable(
    `на первом листе больше ${MOST_MERGED} объединённых ячеек: разъедините их или сохраните лист как CSV с точкой с запятой`,
  );

/** A file that nobody else can find; where the system does not take the name away from an open one, it goes with the folder of such. */
async function openNameless(): Promise<FileHandle> {
  const folder = await mkdtemp(join(tmpdir(), 'registry-sheet-'));
  try {
    return await open(join(folder, 'sheet.csv'), 'wx+', 0o600);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
