import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { openScreen, type Screen, screenshot } from '../browser.ts';
import { handsOn } from '../hands.ts';
import { lowContrast } from '../looks.ts';
import { freePort, type Program, startProgram } from '../program.ts';
import type { Report, Step } from '../report.ts';
import { accountOfTown, type Look, linkBySum, register } from '../resident/steps.ts';
import { tellEscalation } from './escalation.ts';
import { moveToWorkingHours, openPhone, openTopic } from './places.ts';
import { tellPlainGroup } from './plain-group.ts';
import { tellPrivate } from './private.ts';
import { tellRequest } from './request.ts';
import { tellTroubles } from './troubles.ts';

/** The group is sent 18 messages a minute: what comes after them may have to wait for the next. */
const GROUP_PATIENCE_MS = 75_000;

/** The real program: a resident and the staff, each at the own phone and in the group. */
export async function tellDeskStories(report: Report, browser: Browser, folder: string): Promise<void> {
  let program: Program | undefined;
  let laptop: Screen | undefined;
  try {
    await report.story('The program, for the desk', async (step) => {
      program = await step('starts and shows its page', async () =>
        startProgram({ DATA_DIR: folder, PORT: String(await freePort()) }),
      );
    });
    if (!program) return;
    const { url } = program;
    laptop = await openScreen(browser, url, 'laptop');
    const { page, complaints } = laptop;
    const taken: string[] = [];
    page.setDefaultTimeout(GROUP_PATIENCE_MS);
    const lookIn = (step: Step): Look => ({ step, page, hands: handsOn(page, GROUP_PATIENCE_MS), device: 'laptop' });
    await report.story('A request, from the photo to the rating', async (step) => {
      const look = lookIn(step);
      await moveToWorkingHours(page);
      await openPhone(page, 'Иван');
      await register(look, 'ivan_petrov');
      const account = await accountOfTown(page, taken);
      taken.push(account.accountNumber);
      await linkBySum(look, account);
      await tellRequest(look);
    });
    await report.story('Staff in private', (step) => tellPrivate(lookIn(step), taken));
    await report.story('What goes wrong at the desk', (step) => tellTroubles(lookIn(step)));
    await report.story('The bot turns to staff', async (step) =>
      tellEscalation(lookIn(step), (await accountOfTown(page, taken)).accountNumber),
    );
    await report.story('How the desk looks', async (step) => {
      await tellLooks(step, browser, url);
    });
    await report.story('A group without topics', async (step) => {
      await tellPlainGroup(lookIn(step));
      await step('the page’s scripts complain of nothing', async () => assert.deepEqual(complaints, []));
    });
  } finally {
    await laptop?.close();
    await program?.kill();
    // A database that was killed is still going.
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 300 });
  }
}

/** The topic of the request as it stands at the end, in the dark and on a phone. */
async function tellLooks(step: Step, browser: Browser, url: string): Promise<void> {
  for (const device of ['laptop', 'phone'] as const) {
    await step(`the topic can be read in the dark on a ${device}, nothing is wider than the screen`, async () => {
      const screen = await openScreen(browser, `${url}/#/`, device, 'dark');
      await openTopic(screen.page, '№ 1');
      await screen.page.locator('#messages .line').last().waitFor();
      assert.equal(await screen.page.evaluate('document.documentElement.scrollWidth - innerWidth'), 0);
      assert.deepEqual(await lowContrast(screen.page), []);
      await screenshot(screen.page, `desk-topic-dark-${device}`);
      await screen.close();
    });
  }
}
