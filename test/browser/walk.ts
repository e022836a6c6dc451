/**
 * `npm run test:browser`: people on the page, in a real Chromium. The last line is `N passed, N failed`. `-- page` and `-- resident` play a
 * part of it: the page against a scripted bot, and the real program.
 */
import { passableFolder } from '../kit/passable-folder.ts';
import { openBrowser } from './browser.ts';
import { tellPageStories } from './page/stories.ts';
import { startReport } from './report.ts';
import { tellResidentStories } from './resident/stories.ts';

const part = process.argv[2];
const report = startReport();
const browser = await openBrowser();
try {
  if (part !== 'resident') await tellPageStories(report, browser, await passableFolder('page-'));
  if (part !== 'page') await tellResidentStories(report, browser, await passableFolder('walk-'));
} finally {
  await browser.close();
}
process.exitCode = report.finish();
