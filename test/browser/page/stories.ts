import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import type { Logger } from '../../../src/sandbox/logger.ts';
import { type Sandbox, startSandbox } from '../../../src/sandbox/sandbox.ts';
import { makeTown } from '../../../src/sandbox/town/generate.ts';
import { openScreen, screenshot } from '../browser.ts';
import { handsOn } from '../hands.ts';
import { lowContrast } from '../looks.ts';
import type { Report, Step } from '../report.ts';
import { type ScriptedBot, startScriptedBot } from '../scripted-bot.ts';
import { tellClock } from './clock.ts';
import { tellCrowd } from './crowd.ts';
import { tellDesk } from './desk.ts';
import { tellEditing } from './editing.ts';
import { tellBeginning, tellManners, tellNothingIsCovered } from './manners.ts';
import { tellMedia } from './media.ts';
import { tellPeople } from './people.ts';
import { tellPhone } from './phone.ts';
import { tellSending } from './sending.ts';
import { onStage, residentOf } from './stage.ts';
import { tellTalking } from './talking.ts';

const TOWN = {
  title: 'Приморск-на-Миусе',
  tips: [{ title: 'Запустить', text: 'Нажмите «Запустить» на телефоне жителя.' }],
  accounts: [
    {
      accountNumber: '0001234501',
      address: 'ул. Садовая, д. 4',
      lastPaymentsKopecks: 345_678,
      lastPaymentsPeriod: '2026-10',
      note: 'Квартира с долгом',
    },
  ],
};

/** A sandbox with a scripted bot that can be put out and started again over the same data, at the same address. */
type House = { sandbox: Sandbox; bot: ScriptedBot };

async function openHouse(folder: string, port: number): Promise<House> {
  const log: Logger = { info() {}, warn() {}, error: (...words: unknown[]) => console.error(...words) };
  const town = { town: makeTown(), timeZone: 'Europe/Moscow' };
  const sandbox = await startSandbox({ dataDir: folder, port, clock: () => new Date(), log, town });
  sandbox.showTown(TOWN);
  return { sandbox, bot: await startScriptedBot(sandbox.apiRoot, sandbox.token) };
}

async function shut({ sandbox, bot }: House): Promise<void> {
  await bot.stop();
  await sandbox.close();
}

/** The page on its own: everything that Telegram's messages can hold, drawn and worked, against a bot that does it on request. */
export async function tellPageStories(report: Report, browser: Browser, folder: string): Promise<void> {
  let house = await openHouse(folder, 0);
  const { url } = house.sandbox;
  try {
    await report.story('The page on a laptop', (step) =>
      onStage({ step, browser, device: 'laptop', ...house }, [
        tellTalking,
        tellManners,
        tellSending,
        tellMedia,
        tellEditing,
        tellClock,
        tellPeople,
      ]),
    );
    await report.story('The page on a phone', (step) =>
      onStage({ step, browser, device: 'phone', ...house }, [tellPhone, tellNothingIsCovered, tellBeginning]),
    );
    await report.story('The colours of the page', (step) => tellColours(step, browser, url, residentOf(house.sandbox).id));
    await report.story('The desk on the page', (step) => onStage({ step, browser, device: 'laptop', ...house }, [tellDesk]));
    await report.story('A long chat', (step) => onStage({ step, browser, device: 'laptop', ...house }, [tellCrowd]));
    await report.story('A lost connection', async (step) => {
      const screen = await openScreen(browser, `${url}/#/chat/${residentOf(house.sandbox).id}`, 'laptop');
      const hands = handsOn(screen.page);
      const before = await screen.page.locator('#messages .line').count();
      await step('says that the program is away', async () => {
        await shut(house);
        await screen.page.locator('#offline').waitFor({ state: 'visible' });
      });
      await step('goes on by itself when it is back, with what was said before', async () => {
        house = await openHouse(folder, Number(new URL(url).port));
        await screen.page.locator('#offline').waitFor({ state: 'hidden' });
        assert.equal(await screen.page.locator('#messages .line').count(), before);
        await hands.say('Вы здесь?');
        await hands.hears(/Вы написали: Вы здесь/);
      });
      await screen.close();
    });
  } finally {
    await shut(house);
    await rm(folder, { recursive: true, force: true });
  }
}

async function tellColours(step: Step, browser: Browser, url: string, residentId: number): Promise<void> {
  for (const scheme of ['light', 'dark'] as const) {
    await step(`words can be read, ${scheme} (contrast of 4.5 and more)`, async () => {
      const screen = await openScreen(browser, `${url}/#/chat/${residentId}`, 'laptop', scheme);
      const { page } = screen;
      await page.locator('#messages .line').first().waitFor();
      assert.deepEqual(await lowContrast(page), []);
      await screenshot(page, `page-${scheme}-laptop`);
      await screen.close();
    });
  }
}
