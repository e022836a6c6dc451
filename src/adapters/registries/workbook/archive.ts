import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { RegistryUnreadable } from '../../../office/registries/reading/unreadable.ts';

/** A ZIP that was opened: the parts of a workbook by their paths. */
export type Archive = {
  has: (path: string) => boolean;
  /** Undefined where there is no such part. A part that says, or has, more than `most` bytes is refused. */
  part: (path: string, most: number) => Promise<Readable | undefined>;
};

const MOST_ENTRIES = 10_000;
const fromFd = promisify((fd: number, options: yauzl.Options, done: (error: Error | null, zip: ZipFile) => void): void =>
  yauzl.fromFd(fd, options, done),
);

/** Reads what is in an archive; its file stays open, as yauzl's own `close` would not leave it. Throws what yauzl throws where it is damaged. */
export async function openArchive(fd: number): Promise<Archive> {
  // What a part really has is compared with what it says: a bomb that lies breaks off there.
  const zip = await fromFd(fd, { autoClose: false, lazyEntries: true, validateEntrySizes: true });
  if (zip.entryCount > MOST_ENTRIES) throw new RegistryUnreadable(`в архиве больше ${MOST_ENTRIES} файлов: это не книга Excel`);
  const entries = await entriesOf(zip);
  const open = promisify((entry: Entry, done: (error: Error | null, stream: Readable) => void) =>
    zip.openReadStream(entry, done),
  );
  return {
    has: (path) => entries.has(path),
    async part(path, most) {
      const entry = entries.get(path);
      if (!entry) return undefined;
      if (entry.isEncrypted()) throw new RegistryUnreadable('книга под паролем: снимите пароль и сохраните её заново');
      if (entry.uncompressedSize > most) throw bookTooLarge(most);
      const stream = await open(entry);
      // It may break before anybody reads it; whoever does hears of it then.
      return stream.on('error', () => undefined);
    },
  };
}

export const damaged = (): RegistryUnreadable =>
  new RegistryUnreadable('это книга Excel (XLSX), но она повреждена: сохраните её заново');

export const bookTooLarge = (most: number): RegistryUnreadable =>
  new RegistryUnreadable(
    `книга Excel слишком велика (в развёрнутом виде больше ${Math.round(most / 1024 / 1024)} МБ): сохраните её первый лист как CSV с точкой с запятой`,
  );

async function entriesOf(zip: ZipFile): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  await new Promise<void>((resolve, reject) => {
    zip.on('entry', (entry: Entry) => {
      // The first of two of one name is the one that Excel opens.
      if (!entries.has(entry.fileName)) entries.set(entry.fileName, entry);
      zip.readEntry();
    });
    zip.on('end', resolve);
    zip.on('error', reject);
    zip.readEntry();
  });
  return entries;
}
