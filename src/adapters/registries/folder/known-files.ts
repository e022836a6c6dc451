import type { MarkedFile } from '../begun.ts';

type Failed = { mark: string; times: number; tryAgainAt: number; isTold: boolean };
type TakenFile = { mark: string; refusedFile: string | undefined };
type OpenedFile = { mark: string; rank: number; since: number };

/** What a process knows of files from look to look, each by its name; a mark tells a file from another one of that name. */
export type KnownFiles = {
  /** How often one broke, when it is to be tried again, and whether staff know that it cannot be moved. */
  failed: Map<string, Failed>;
  /** Of what was taken in and could not be put away: where its refused rows are. To take it in once more would be told once more. */
  taken: Map<string, TakenFile>;
  /** Of what was opened once and has not had its turn; `since`: from when on. */
  ranks: Map<string, OpenedFile>;
  /** Forgets what is there no more; another file of its name is another one. */
  keepOnly: (there: ReadonlyMap<string, MarkedFile>) => void;
};

export function knownFiles(): KnownFiles {
  const failed = new Map<string, Failed>();
  const taken = new Map<string, TakenFile>();
  const ranks = new Map<string, OpenedFile>();
  return {
    failed,
    taken,
    ranks,
    keepOnly(there) {
      for (const known of [failed, taken, ranks])
        for (const name of known.keys()) if (!ofFile<{ mark: string }>(known, there.get(name) ?? NO_FILE)) known.delete(name);
    },
  };
}

const NO_FILE: MarkedFile = { name: '', mark: '' };

/** What is known of this file, and not of another one of its name. */
export function ofFile<Known extends { mark: string }>(
  known: ReadonlyMap<string, Known>,
  { name, mark }: MarkedFile,
): Known | undefined {
  const found = known.get(name);
  return found?.mark === mark ? found : undefined;
}
