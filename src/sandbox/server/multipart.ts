/** `multipart/form-data`, a part at a time. */
import { finished, type Readable } from 'node:stream';
import { Dicer } from '@fastify/busboy';
import { badRequest, type Refusal } from '../bot-api/refusal.ts';

/** `fileName` absent: a field. */
export type FormPart = { name: string; fileName?: string; mime?: string; bytes: Readable };

/**
 * Hands every part to `take` as it streams in; throws a `Refusal` for a body that is none, and what `take` threw.
 * Either way the body is left open: an answer may have to go back over its connection.
 */
export async function readParts(body: Readable, contentType: string, take: (part: FormPart) => Promise<void>): Promise<void> {
  const form = new Dicer({ boundary: boundaryOf(contentType) });
  const taken: Promise<void>[] = [];
  const parts = new Set<Readable>();
  try {
    await new Promise<void>((resolve, reject) => {
      form.on('part', (bytes: Readable) => {
        parts.add(bytes);
        // The form tells of the same error.
        bytes.on('error', () => {});
        bytes.on('header', (header: Record<string, string[]>) => {
          const done = takePart(bytes, header);
          done.catch(reject);
          taken.push(done);
        });
      });
      form.on('error', (error: Error) => reject(malformed(error.message)));
      form.on('finish', resolve);
      // A client that hangs up ends nothing: without this the form would wait for ever.
      finished(body, { writable: false }, (error) => error && reject(error));
      body.pipe(form);
    });
    await Promise.all(taken);
  } catch (error) {
    body.unpipe(form);
    for (const bytes of parts) bytes.destroy();
    await Promise.allSettled(taken);
    throw error;
  }

  async function takePart(bytes: Readable, header: Record<string, string[]>): Promise<void> {
    const disposition = Buffer.from(header['content-disposition']?.[0] ?? '', 'latin1').toString('utf8');
    const [name, fileName, mime] = [
      attribute(disposition, 'name'),
      attribute(disposition, 'filename'),
      header['content-type']?.[0],
    ];
    if (name === undefined) throw malformed('a part has no name');
    await take({ name, bytes, ...(fileName !== undefined && { fileName }), ...(mime !== undefined && { mime }) });
  }
}

const malformed = (why: string): Refusal => badRequest(`can't parse multipart form data: ${why}`);

function boundaryOf(contentType: string): string {
  const boundary = /;\s*boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType);
  const found = boundary?.[1] ?? boundary?.[2];
  if (found === undefined) throw malformed('multipart without a boundary');
  return found;
}

/**
 * Quoted, or bare up to the semicolon with the blanks in it, as Telegram reads it and grammY writes it (Busboy would drop them);
 * `filename*` (RFC 5987) wins, what browsers escape in quotes is unescaped.
 */
function attribute(disposition: string, key: string): string | undefined {
  const extended = new RegExp(`;\\s*${key}\\*=utf-8''((?:%[0-9a-f]{2}|[^;%])+)`, 'i').exec(disposition)?.[1];
  if (extended !== undefined) return decodeURIComponent(extended.trim());
  const match = new RegExp(`;\\s*${key}=(?:"((?:\\\\.|[^"\\\\])*)"|([^;]*))`, 'i').exec(disposition);
  return match?.[1]?.replaceAll(/\\(["\\])/g, '$1').replaceAll('%22', '"') ?? match?.[2]?.trim();
}
