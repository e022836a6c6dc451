/** A moving picture of still WebP pictures (RIFF container, as the WebP specification has it). */

export type Frame = { still: Uint8Array; durationMs: number };

const ANIMATION_FLAG = 0x02;

/** All frames are of one size, each stands for its time, and the whole begins again without an end. */
export function animatedWebp(frames: readonly Frame[], { width, height }: { width: number; height: number }): Buffer {
  const head = Buffer.concat([Buffer.from([ANIMATION_FLAG, 0, 0, 0]), uint24(width - 1), uint24(height - 1)]);
  // Background colour, then how often: 0 is for ever.
  const animation = Buffer.alloc(6);
  const body = frames.map(({ still, durationMs }) =>
    chunk('ANMF', [
      uint24(0),
      uint24(0),
      uint24(width - 1),
      uint24(height - 1),
      uint24(durationMs),
      Buffer.from([0]),
      ...pictureIn(still),
    ]),
  );
  const chunks = Buffer.concat([chunk('VP8X', [head]), chunk('ANIM', [animation]), ...body]);
  return Buffer.concat([Buffer.from('RIFF'), uint32(chunks.length + 4), Buffer.from('WEBP'), chunks]);
}

/** The chunks of a still picture that are the picture itself. */
function pictureIn(still: Uint8Array): Buffer[] {
  const bytes = Buffer.from(still);
  const found: Buffer[] = [];
  for (let at = 12; at + 8 <= bytes.length; ) {
    const name = bytes.toString('latin1', at, at + 4);
    const size = bytes.readUInt32LE(at + 4);
    const end = at + 8 + size + (size % 2);
    if (['ALPH', 'VP8 ', 'VP8L'].includes(name)) found.push(bytes.subarray(at, end));
    at = end;
  }
  if (found.length === 0) throw new Error('this is no WebP picture');
  return found;
}

function chunk(name: string, parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from(name, 'latin1'), uint32(body.length), body, Buffer.alloc(body.length % 2)]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function uint24(value: number): Buffer {
  return uint32(value).subarray(0, 3);
}
