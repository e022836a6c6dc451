/** `npm run test:browser`: people on the page, in a real Chromium. The last line is `N passed, N failed`. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBrowser } from './browser.ts';
import { tellPageStories } from './page/stories.ts';
import { startReport } from './report.ts';
import { tellResidentStories } from './resident/stories.ts';

const report = startReport();
const browser = await openBrowser();
try {
  await tellPageStories(report, browser, await mkdtemp(join(tmpdir(), 'page-')));
  await tellResidentStories(report, browser, await mkdtemp(join(tmpdir(), 'walk-')));
} finally {
  await browser.close();
}
process.exitCode = report.finish();
