import { readFile } from 'node:fs/promises';
import { type Centre, CentreFileError, readCentre } from '../office/centre.ts';

/** Reads the centre's settings from the file that `CENTRE_FILE` names. @throws {CentreFileError} also when there is no such file. */
export async function loadCentre(file: string | URL): Promise<Centre> {
  let json: string;
  try {
    json = await readFile(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    throw new CentreFileError([
      `the file as a whole: a readable file is expected (${code}); centre.example.json is one to start from`,
    ]);
  }
  return readCentre(json);
}
