import type { FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import { cutTo } from '../../domain/cut.ts';
import type { RegistryFile } from '../../office/edges.ts';
import { chooseLayout, type LayoutChoice } from '../../office/registries/layouts/choose.ts';
import { type ReadBytes, readHead } from '../../office/registries/reading/records.ts';
import { readRegistry } from '../../office/registries/reading/read-registry.ts';
import { isNamedAsRefused } from '../../office/registries/reading/refused-titles.ts';
import { RegistryNotNow, RegistryUnreadable } from '../../office/registries/reading/unreadable.ts';
import { isOfMachine, whyUnread } from '../file-error.ts';
import { closeInTime, type SymbolicLinks, openRegularFile, readInTime, stateInTime } from '../regular-file.ts';
import { writeRefused } from './refused-file.ts';
import { isArchive, type SheetAsCsv, sheetAsCsv } from './workbook/sheet-as-csv.ts';

export type OpenWay = Partial<LayoutChoice> & {
  links?: SymbolicLinks;
  /** What the file is called where that is not its name on the disk. */
  name?: string;
};

const STILL_WRITTEN = 'файл ещё пишется: он изменился, пока его читали';

/**
 * Opens a file and knows its kind; throws `RegistryUnreadable` when it cannot, `RegistryNotNow` when it may another time. So do its rows, also
 * at their end, where somebody has written to the file since it was opened: half of it is not to be taken for all.
 */
export async function openRegistry(
  path: string,
  { links = 'followed', name = basename(path), layouts = [], named }: OpenWay = {},
): Promise<RegistryFile> {
  const handle = await openFile(path, links);
  let sheet: SheetAsCsv | undefined;
  let opened: string | undefined;
  const isWrittenTo = async () => opened !== undefined && (await stateInTime(handle)) !== opened;
  try {
    opened = await stateInTime(handle);
    const layout = chooseLayout({ layouts, named }, name);
    const ofFile: ReadBytes = (into, position) => readInTime(handle, into, position);
    sheet = isArchive(await readHead(ofFile)) ? await sheetAsCsv(handle) : undefined;
    const form = { layout, isSheet: sheet !== undefined, merged: sheet?.merged };
    const read = await readRegistry(sheet?.read ?? ofFile, form).catch(onSheet(sheet));
    return {
      ...read,
      name,
      ofRefusedRows: read.ofRefusedRows || isNamedAsRefused(name),
      async *rows() {
        try {
          yield* read.rows();
          if (await isWrittenTo()) throw new RegistryNotNow(STILL_WRITTEN, path);
        } catch (error) {
          throw isOfMachine(error) ? unreadable(error, path) : error;
        }
      },
      writeRefused: (lines) => writeRefused(path, lines),
      close: async () => {
        await sheet?.close();
        await closeInTime(handle);
      },
    };
  } catch (error) {
    // What is not there whole is often no registry yet.
    const isGrowing = !isOfMachine(error) && (await isWrittenTo().catch(() => false));
    await sheet?.close();
    await closeInTime(handle);
    throw isGrowing ? new RegistryNotNow(STILL_WRITTEN, path) : unreadable(error, path);
  }
}

function unreadable(error: unknown, path: string): RegistryUnreadable {
  if (isOfMachine(error)) return new RegistryNotNow(whyUnread(error), path);
  return new RegistryUnreadable(error instanceof RegistryUnreadable ? error.why : whyUnread(error), path);
}

async function openFile(path: string, links: SymbolicLinks): Promise<FileHandle> {
  try {
    return await openRegularFile(path, links);
  } catch (error) {
    throw unreadable(error, path);
  }
}

/** Says which sheet it was that could not be read: the others are not looked at. */
function onSheet(sheet: SheetAsCsv | undefined): (error: unknown) => never {
  return (error) => {
    if (!sheet || !(error instanceof RegistryUnreadable)) throw error;
    throw new RegistryUnreadable(`первый лист книги («${cutTo(sheet.name, 60)}»): ${error.why}`);
  };
}
