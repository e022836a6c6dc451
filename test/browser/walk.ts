/** `npm run test:browser`: people on the page, in a real Chromium. The last line is `N passed, N failed`. */
import { passableFolder } from '../kit/passable-folder.ts';
import { openBrowser } from './browser.ts';
import { tellPageStories } from './page/stories.ts';
import { startReport } from './report.ts';
import { tellResidentStories } from './resident/stories.ts';

const report = startReport();
const browser = await openBrowser();
try {
  await tellPageStories(report, browser, await passableFolder('page-'));
  await tellResidentStories(report, browser, await passableFolder('walk-'));
} finally {
  await browser.close();
}
process.exitCode = report.finish();
