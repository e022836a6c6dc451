import { constants, type Stats } from 'node:fs';
import { type FileHandle, lstat, open, stat } from 'node:fs/promises';
import { openTimeLimit, within } from '../runtime/time-limit.ts';

/** Whether a link may lead to the file: the operator's own may, one that lies where others put files may not. */
export type SymbolicLinks = 'followed' | 'refused';

/** A disk or a server that is silent for longer does not answer any more. */
const ANSWER_MS = 20_000;
const limit = openTimeLimit(ANSWER_MS);

/** `code` as systems have it: EFTYPE for what is no file, ELOOP for a link, ETIMEDOUT for a disk that does not answer. */
class FileError extends Error {
  readonly code: string;
  readonly path: string;
  constructor(code: string, path: string | Buffer) {
    super(`${code}: ${path.toString()}`);
    this.code = code;
    this.path = path.toString();
  }
}

/** Opens a file to read. Pipes, devices, sockets and folders are refused (`EFTYPE`) and never waited for. */
export async function openRegularFile(path: string | Buffer, links: SymbolicLinks = 'followed'): Promise<FileHandle> {
  const { O_RDONLY, O_NONBLOCK, O_NOFOLLOW } = constants;
  // To open a device may already do something.
  requireFile(await inTime(links === 'refused' ? lstat(path) : stat(path), path), path);
  // Without O_NONBLOCK a pipe that has come meanwhile is opened only when somebody writes to it.
  const opening = open(path, O_RDONLY | O_NONBLOCK | (links === 'refused' ? O_NOFOLLOW : 0));
  try {
    const file = await inTime(opening, path);
    requireFile(await file.stat(), path);
    return file;
  } catch (error) {
    void opening.then((file) => file.close()).catch(() => undefined);
    throw error;
  }
}

function requireFile(found: Stats, path: string | Buffer): void {
  if (found.isFile()) return;
  throw new FileError(found.isSymbolicLink() ? 'ELOOP' : found.isDirectory() ? 'EISDIR' : 'EFTYPE', path);
}

/** Files that were read from when a disk did not answer: to close them would wait for it. */
const silent = new WeakSet<FileHandle>();

/** Reads as `FileHandle.read` does, and gives up on a disk that does not answer. */
export async function readInTime(file: FileHandle, buffer: Buffer, position: number): Promise<number> {
  return (await ofOpen(file, file.read(buffer, 0, buffer.length, position))).bytesRead;
}

/** What tells an open file from what becomes of it when somebody writes to it: how large it is, and when that was done last. */
export async function stateInTime(file: FileHandle): Promise<string> {
  const { size, mtimeNs } = await ofOpen(file, file.stat({ bigint: true }));
  return `${size} ${mtimeNs}`;
}

async function ofOpen<T>(file: FileHandle, work: Promise<T>): Promise<T> {
  try {
    return await inTime(work, '');
  } catch (error) {
    if (error instanceof FileError) silent.add(file);
    throw error;
  }
}

/** Closes it; one whose disk does not answer closes by itself when that does. */
export async function closeInTime(file: FileHandle): Promise<void> {
  const closed = file.close();
  if (silent.has(file)) closed.catch(() => undefined);
  else await closed;
}

function inTime<T>(work: Promise<T>, path: string | Buffer): Promise<T> {
  return within(limit, work, () => {
    throw new FileError('ETIMEDOUT', path);
  });
}
