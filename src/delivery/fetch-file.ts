/** Brings a file that somebody sent onto this machine, a smaller one than `mostBytes` only. Throws when the messenger does not answer. */
export type FetchFile = (
  handle: string,
  path: string,
  limits?: { mostBytes?: number; signal?: AbortSignal },
) => Promise<{ outcome: 'fetched'; sha256: string } | { outcome: 'gone' } | { outcome: 'too-large' }>;
