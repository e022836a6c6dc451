/** Files that went through the sandbox: bytes in a folder, what is known of them in the state. */

import { randomBytes } from 'node:crypto';
import { createReadStream, mkdirSync, rmSync } from 'node:fs';
import { open, rename, writeFile } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { imageSize } from './image-size.ts';
import { present } from './present.ts';
import type { StoredFile } from './state.ts';

/** A file that came with a call or from the page, at a temporary place. */
export type Upload = { temporaryPath: string; name: string; mime: string; size: number };

export type Files = {
  /** A path for an upload that is still coming. */
  temporaryPath(): string;
  /** Writes bytes as an upload. */
  upload(bytes: Uint8Array, name: string, mime: string): Promise<Upload>;
  /** Gives an upload its place and ids; the caller puts the fact. `number` makes the path unique. */
  keep(upload: Upload, kind: StoredFile['kind'], number: number): Promise<StoredFile>;
  /** The bytes as they lie on disk. */
  read(file: StoredFile, range?: { start: number; end: number }): Readable;
};

const FOLDERS: Record<StoredFile['kind'], string> = {
  photo: 'photos',
  document: 'documents',
  sticker: 'stickers',
  voice: 'voice',
  video: 'videos',
  audio: 'music',
  animation: 'animations',
  video_note: 'video_notes',
  thumbnail: 'thumbnails',
};

/** What comes without a name of its own is named by its kind. */
const EXTENSIONS: Partial<Record<StoredFile['kind'], string>> = {
  photo: '.jpg',
  sticker: '.webp',
  voice: '.oga',
  video: '.mp4',
  video_note: '.mp4',
};

export function openFiles(folder: string): Files {
  const incoming = join(folder, 'incoming');
  rmSync(incoming, { recursive: true, force: true });
  mkdirSync(incoming, { recursive: true, mode: 0o700 });
  const temporaryPath = (): string => join(incoming, randomBytes(12).toString('hex'));
  return {
    temporaryPath,
    async upload(bytes, name, mime) {
      const path = temporaryPath();
      await writeFile(path, bytes, { mode: 0o600 });
      return { temporaryPath: path, name, mime, size: bytes.byteLength };
    },
    async keep(upload, kind, number) {
      const extension = /^\.\w{1,8}$/.test(extname(upload.name)) ? extname(upload.name) : (EXTENSIONS[kind] ?? '');
      const path = `${FOLDERS[kind]}/file_${number}${extension.toLowerCase()}`;
      const size = imageSize(await head(upload.temporaryPath));
      mkdirSync(dirname(join(folder, path)), { recursive: true, mode: 0o700 });
      await rename(upload.temporaryPath, join(folder, path));
      return present<StoredFile>({
        fileId: `${kind}-${randomBytes(24).toString('base64url')}`,
        uniqueId: randomBytes(9).toString('base64url'),
        kind,
        path,
        name: upload.name,
        mime: upload.mime,
        size: upload.size,
        width: size?.width,
        height: size?.height,
      });
    },
    read: (file, range) => createReadStream(join(folder, file.path), range),
  };
}

/** The first bytes: enough for the header of a picture, EXIF included. */
async function head(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(262_144), 0, 262_144, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
