/** `multipart/form-data`, read as it streams in. */

export type PartHead = { name: string; fileName: string | undefined; mime: string | undefined };

export type PartSink = {
  write(bytes: Buffer): Promise<void> | void;
  end(): Promise<void> | void;
};

const HEAD_LIMIT_BYTES = 16 * 1024;

/** Opens a sink for each part; throws `MalformedBody` when the body breaks off or is no multipart. */
export async function readMultipart(
  chunks: AsyncIterable<Buffer>,
  boundary: string,
  open: (head: PartHead) => Promise<PartSink> | PartSink,
): Promise<void> {
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  // The first delimiter has no line before it.
  let buffer: Buffer = Buffer.from('\r\n');
  let state = 'preamble' as 'preamble' | 'after-delimiter' | 'head' | 'body' | 'end';
  let sink: PartSink | undefined;
  for await (const chunk of chunks) {
    buffer = buffer.length === 0 ? chunk : Buffer.concat([buffer, chunk]);
    while (await step());
  }
  if (state !== 'end') throw new MalformedBody('multipart body breaks off');

  /** Takes the next piece off the buffer; false when more bytes are needed. */
  async function step(): Promise<boolean> {
    switch (state) {
      case 'preamble':
      case 'body': {
        const at = buffer.indexOf(delimiter);
        const whole = at < 0 ? Math.max(0, buffer.length - delimiter.length + 1) : at;
        if (sink && whole > 0) await sink.write(buffer.subarray(0, whole));
        buffer = buffer.subarray(at < 0 ? whole : at + delimiter.length);
        if (at < 0) return false;
        await sink?.end();
        sink = undefined;
        state = 'after-delimiter';
        return true;
      }
      case 'after-delimiter': {
        if (buffer.length < 2) return false;
        const mark = buffer.toString('latin1', 0, 2);
        if (mark !== '--' && mark !== '\r\n') throw new MalformedBody('a delimiter is followed by something else');
        buffer = buffer.subarray(2);
        state = mark === '--' ? 'end' : 'head';
        return true;
      }
      case 'head': {
        const at = buffer.indexOf('\r\n\r\n');
        if (at < 0 && buffer.length > HEAD_LIMIT_BYTES) throw new MalformedBody('headers of a part are too long');
        if (at < 0) return false;
        sink = await open(readHead(buffer.toString('utf8', 0, at)));
        buffer = buffer.subarray(at + 4);
        state = 'body';
        return true;
      }
      case 'end':
        buffer = Buffer.alloc(0);
        break;
    }
    return false;
  }
}

export class MalformedBody extends Error {}

export function boundaryOf(contentType: string): string {
  const boundary = /;\s*boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType);
  const found = boundary?.[1] ?? boundary?.[2];
  if (found === undefined) throw new MalformedBody('multipart without a boundary');
  return found;
}

function readHead(text: string): PartHead {
  const headers = new Map(
    text.split('\r\n').map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  const disposition = headers.get('content-disposition') ?? '';
  const name = attribute(disposition, 'name');
  if (name === undefined) throw new MalformedBody('a part has no name');
  return { name, fileName: attribute(disposition, 'filename'), mime: headers.get('content-type') };
}

/** Quoted or bare; `filename*` (RFC 5987) wins, what browsers escape in quotes is unescaped. */
function attribute(disposition: string, key: string): string | undefined {
  const extended = new RegExp(`;\\s*${key}\\*=utf-8''([^;]+)`, 'i').exec(disposition)?.[1];
  if (extended !== undefined) return safely(() => decodeURIComponent(extended.trim())) ?? extended;
  const match = new RegExp(`;\\s*${key}=(?:"((?:\\\\.|[^"\\\\])*)"|([^;]*))`, 'i').exec(disposition);
  const value = match?.[1]?.replaceAll(/\\(["\\])/g, '$1').replaceAll('%22', '"') ?? match?.[2]?.trim();
  return value;
}

function safely<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
