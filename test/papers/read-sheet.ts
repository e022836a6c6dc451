import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTool } from '../kit/tools.ts';

/** The sheets of workbooks as LibreOffice sees them: their cells as values. One start of it, which takes seconds, reads them all. */
export async function readByLibreOffice(...books: readonly Uint8Array[]): Promise<Record<string, string[][]>[]> {
  const folder = await mkdtemp(join(tmpdir(), 'sheet-'));
  try {
    const files = books.map((_, i) => join(folder, `book${i}.xlsx`));
    for (const [i, file] of files.entries()) await writeFile(file, books[i] ?? '');
    // Semicolons, UTF-8, cells as values and not as they are shown, every sheet in a file of its own.
    const filter = 'csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,false,false,false,false,-1';
    const profile = `-env:UserInstallation=file://${folder}/profile`;
    runTool('soffice', [profile, '--headless', '--convert-to', filter, '--outdir', folder, ...files]);
    const read: Record<string, string[][]>[] = books.map(() => ({}));
    for (const name of await readdir(folder)) {
      const [, book, sheet] = /^book(\d+)-(.*)\.csv$/.exec(name) ?? [];
      const sheets = read[Number(book)];
      if (sheet && sheets) sheets[sheet.normalize('NFC')] = readCsv(await readFile(join(folder, name), 'utf8'));
    }
    return read;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Cells of a `;` file; quoted ones may hold anything, also lines. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, bare = '', end] of text.replace(/^\ufeff/, '').matchAll(/(?:"((?:[^"]|"")*)"|([^";\n]*))(;|\n|$)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? bare);
    if (end === '\n') rows.push([]);
    if (end === '') break;
  }
  return rows.filter((row) => row.some((cell) => cell !== ''));
}
