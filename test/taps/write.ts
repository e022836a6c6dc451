/** `npm run taps`: counts taps and messages of the tasks in the transcripts, prints the table and writes `docs/taps.md`. */
import { writeFile } from 'node:fs/promises';
import { tapsPage } from './table.ts';

const page = tapsPage();
await writeFile(new URL('../../docs/taps.md', import.meta.url), page);
process.stdout.write(page);
