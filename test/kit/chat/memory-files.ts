import { Readable } from 'node:stream';
import type { Files } from '../../../src/sandbox/bot-api/files.ts';
import { imageSize } from '../../../src/sandbox/bot-api/image-size.ts';

/** Files of a sandbox that is over with its test: nothing of them is on the disk. */
export function memoryFiles(): Files {
  const kept = new Map<string, Uint8Array>();
  let uploads = 0;
  const temporaryPath = () => `upload-${++uploads}`;
  return {
    temporaryPath,
    async upload(bytes, name, mime) {
      const path = temporaryPath();
      kept.set(path, bytes);
      return { temporaryPath: path, name, mime, size: bytes.byteLength };
    },
    async keep({ temporaryPath: from, name, mime, size }, kind, number) {
      const frame = imageSize(Buffer.from(kept.get(from) ?? []));
      const path = `${kind}/${number}`;
      kept.set(path, kept.get(from) ?? new Uint8Array());
      kept.delete(from);
      return { fileId: `file-${number}`, uniqueId: `u${number}`, kind, path, name, mime, size, ...frame };
    },
    read: ({ path }) => Readable.from([kept.get(path) ?? new Uint8Array()]),
  };
}
