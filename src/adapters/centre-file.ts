import { fileURLToPath } from 'node:url';
import { type Centre, CentreFileError, readCentre } from '../office/centre.ts';
import { openRegularFile } from './regular-file.ts';

/** Reads the centre's settings from the file that `CENTRE_FILE` names. @throws {CentreFileError} also when there is no such file. */
export async function loadCentre(file: string | URL): Promise<Centre> {
  let bytes: Buffer;
  try {
    const opened = await openRegularFile(typeof file === 'string' ? file : fileURLToPath(file));
    try {
      bytes = await opened.readFile();
    } finally {
      await opened.close();
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    throw new CentreFileError([
      `the file as a whole: a readable file is expected (${code}); centre.example.json is one to start from`,
    ]);
  }
  return readCentre(decode(bytes));
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new CentreFileError(['the file as a whole: UTF-8 is expected, and this is another encoding: save it anew as UTF-8']);
  }
}
