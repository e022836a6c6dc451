import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type { Paper } from './paper.ts';

/** What a drawing is made by, besides its data: the code, the words, and the libraries in their versions. */
const MAKERS = ['./', '../domain/', '../texts/'].map((folder) => new URL(folder, import.meta.url));
const VERSIONS = new URL('../../package.json', import.meta.url);

let version: string | undefined;

/** The name under which a drawn paper is kept: another one as soon as its data or the way it is drawn change. */
export function paperKey({ kind, data }: Paper): string {
  version ??= drawingVersion();
  return createHash('sha256')
    .update(JSON.stringify([version, kind, data]))
    .digest('base64url');
}

function drawingVersion(): string {
  const digest = createHash('sha256').update(readFileSync(VERSIONS));
  for (const folder of MAKERS) {
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
      if (/\.(ts|ftl)$/.test(name)) digest.update(`\0${name}\0`).update(readFileSync(new URL(name, folder)));
    }
  }
  return digest.digest('base64url');
}
