/** What is written of a database is a row of frames: four bytes that say how long (big-endian), then so many bytes. */

/** Nothing longer is ever written; what says that it is longer is no frame. */
const LONGEST = 64 << 20;
const LENGTH_BYTES = 4;

/** Ends the rows of a table. */
export const END_OF_TABLE = frame(Buffer.alloc(0));

export function frame(bytes: Buffer | string): Buffer {
  const content = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32BE(content.length);
  return Buffer.concat([length, content]);
}

/** The frames of a stream, whole, however its bytes come. @throws {CutShort} where the stream ends within one, or is none. */
export async function* readFrames(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
  let held: Buffer[] = [];
  let heldBytes = 0;
  let wanted: number | undefined;

  /** Takes so many bytes of what is held. */
  const take = (bytes: number): Buffer => {
    const all = held.length === 1 && held[0] ? held[0] : Buffer.concat(held);
    held = [all.subarray(bytes)];
    heldBytes = all.length - bytes;
    return all.subarray(0, bytes);
  };

  for await (const chunk of source) {
    held.push(chunk);
    heldBytes += chunk.length;
    for (;;) {
      if (wanted === undefined) {
        if (heldBytes < LENGTH_BYTES) break;
        wanted = take(LENGTH_BYTES).readUInt32BE();
        if (wanted > LONGEST) throw new CutShort();
      }
      if (heldBytes < wanted) break;
      yield take(wanted);
      wanted = undefined;
    }
  }
  if (heldBytes > 0 || wanted !== undefined) throw new CutShort();
}

/** It ends before its end. */
export class CutShort extends Error {
  override name = 'CutShort';
  constructor() {
    super('the backup ends before its end, or is none');
  }
}
