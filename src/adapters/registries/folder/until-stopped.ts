import type { RegistryFile } from '../../../office/edges.ts';

/** We are told to end; what was half taken in is rolled back, and taken again by whoever starts next. */
export class Stopped extends Error {}

/** The same file, of which the rows break off (`Stopped`) when the signal is aborted. */
export function untilStopped(file: RegistryFile, signal: AbortSignal | undefined): RegistryFile {
  return {
    ...file,
    async *rows() {
      for await (const records of file.rows()) {
        if (signal?.aborted) throw new Stopped();
        yield records;
      }
    },
  };
}
