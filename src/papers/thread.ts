import { loadTexts, type Texts } from '../texts/texts.ts';
import { draw } from './draw.ts';
import type { DrawnFile, Paper, SecretPaper } from './paper.ts';

let texts: Texts | undefined;

/** What a worker thread does (`render-pool.ts`). Fonts and texts are read once in a thread. */
export default async function drawInThread({
  paper,
  timeZone,
}: {
  paper: Paper | SecretPaper;
  timeZone: string;
}): Promise<DrawnFile> {
  texts ??= loadTexts({ timeZone, clock: () => new Date() });
  return draw(paper, texts.text);
}
