/**
 * `npm run test:browser`: people on the page, in a real Chromium. The last line is `N passed, N failed`. `-- page`, `-- resident` and
 * `-- desk` play a part of it: the page against a scripted bot, the real program with a resident, and with staff.
 */
import { passableFolder } from '../kit/passable-folder.ts';
import { openBrowser } from './browser.ts';
import { tellDeskStories } from './desk/stories.ts';
import { tellPageStories } from './page/stories.ts';
import { startReport } from './report.ts';
import { tellResidentStories } from './resident/stories.ts';

const part = process.argv[2];
const plays = (name: string): boolean => part === undefined || part === name;
const report = startReport();
const browser = await openBrowser();
try {
  const alone = async (): Promise<void> => {
    if (plays('page')) await tellPageStories(report, browser, await passableFolder('page-'));
    if (plays('resident')) await tellResidentStories(report, browser, await passableFolder('walk-'));
  };
  // Half of the desk's time is waiting: the group takes 18 messages a minute.
  const desk = plays('desk') ? tellDeskStories(report, browser, await passableFolder('desk-')) : undefined;
  await Promise.all([alone(), desk]);
} finally {
  await browser.close();
}
process.exitCode = report.finish();
