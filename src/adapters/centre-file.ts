import { fileURLToPath } from 'node:url';
import type { Centre } from '../office/centre.ts';
import { CentreFileError, readCentre } from '../office/centre/read-centre.ts';
import { whyUnread } from './file-error.ts';
import { openRegularFile } from './regular-file.ts';

/** Reads the centre's settings from the file that `CENTRE_FILE` names. @throws {CentreFileError} also when there is no such file. */
export async function loadCentre(given: string | URL): Promise<Centre> {
  const file = typeof given === 'string' ? given : fileURLToPath(given);
  let bytes: Buffer;
  try {
    const opened = await openRegularFile(file);
    try {
      bytes = await opened.readFile();
    } finally {
      await opened.close();
    }
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    throw new CentreFileError(file, [{ says: `${whyUnread(error)} (${code}); образец есть в centre.example.json` }]);
  }
  return readCentre(decode(bytes, file), file);
}

function decode(bytes: Buffer, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new CentreFileError(file, [{ says: 'нужен UTF-8, а это другая кодировка: сохраните файл заново как UTF-8' }]);
  }
}
