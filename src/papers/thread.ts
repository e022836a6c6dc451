import { loadTexts, type TextOptions, type Texts } from '../texts/texts.ts';
import { draw } from './draw.ts';
import type { DrawnFile, Paper, SecretPaper } from './paper.ts';

let texts: Texts | undefined;

/** What a worker thread does (`render-pool.ts`). Fonts and texts are read once in a thread. */
export default async function drawInThread({
  paper,
  timeZone,
  meterZones,
}: {
  paper: Paper | SecretPaper;
} & Required<Omit<TextOptions, 'clock'>>): Promise<DrawnFile> {
  texts ??= loadTexts({ timeZone, meterZones, clock: () => new Date() });
  return draw(paper, texts.text);
}
