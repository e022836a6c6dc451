import assert from 'node:assert/strict';
import { screenshot } from '../browser.ts';
import type { Stage } from './stage.ts';

/** Half of them are the bot's answers. */
const MESSAGES = 500;
const SAID = MESSAGES / 2;
/** A frame is 16 ms; an idle machine draws this in three; generous, for one that does other things besides. */
const HITCH_MS = 300;

/** A chat that has grown long: all of it on the page, and what comes is there at once. */
export async function tellCrowd({ step, page, hands, sandbox, bot, resident }: Stage): Promise<void> {
  await step(`${MESSAGES} messages: all are reached by scrolling up`, async () => {
    const first = sandbox.messages(resident.id).length;
    for (let number = 1; number <= SAID; number += 1)
      sandbox.act({ type: 'send-text', as: resident.id, chatId: resident.id, text: `Слово ${number}` });
    await hands.hears(new RegExp(`Вы написали: Слово ${SAID}$`));
    assert(sandbox.messages(resident.id).length >= first + MESSAGES);
    await page.reload();
    await page.locator('.words', { hasText: `Вы написали: Слово ${SAID}` }).waitFor();
    await page.evaluate(`(async () => {
      const scroller = document.getElementById('scroller');
      const reached = () => [...document.querySelectorAll('.line.own .words')].some((one) => one.innerText.trim() === 'Слово 1');
      while (!reached()) {
        scroller.scrollTop = 0;
        await new Promise((resolve) => setTimeout(resolve, 30));
      }
    })()`);
    await page.locator('#jump').click();
  });
  await step('what is said is drawn without a hitch', async () => {
    const tasks = page.evaluate<number>(`new Promise((resolve) => {
      let longest = 0;
      const observer = new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) longest = Math.max(longest, entry.duration);
      });
      observer.observe({ type: 'longtask' });
      setTimeout(() => (observer.disconnect(), resolve(longest)), 1500);
    })`);
    for (let number = 1; number <= 5; number += 1) await bot.say(resident.id, `После всего ${number}`);
    await hands.hears(/После всего 5/);
    const longest = await tasks;
    assert(longest < HITCH_MS, `the page stood still for ${Math.round(longest)} ms`);
    await screenshot(page, 'page-crowd-laptop');
  });
}
