import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { screenshot } from '../browser.ts';
import type { Stage } from './stage.ts';

const DAY_SECONDS = 86_400;

/** Presses «Передвинуть» and one of its ways. */
export async function moveClock(page: Page, way: string | RegExp): Promise<void> {
  await page.getByRole('button', { name: 'Передвинуть' }).click();
  await page.getByRole('menuitem', { name: way }).click();
}

/** The town's clock, what comes by itself, and links on paper. */
export async function tellClock({ step, page, hands, sandbox, bot, resident }: Stage): Promise<void> {
  const ahead = (): number => Math.round((sandbox.clock().getTime() - Date.now()) / 1000);
  await step('moves the clock by a day, and the bot’s words have its date', async () => {
    await page.locator('#clock-ahead', { hasText: 'настоящее время' }).waitFor();
    await moveClock(page, /^\+1 день/);
    await page.locator('#clock-ahead', { hasText: '+1 день' }).waitFor();
    assert(Math.abs(ahead() - DAY_SECONDS) < 5, `moved by ${ahead()} s`);
    await hands.say('какой день');
    await hands.hears(/Вы написали: какой день/);
    assert.equal(await page.locator('#messages .day').count(), 2);
  });
  await step('moves it to the days of readings, at ten in the town', async () => {
    await moveClock(page, /^До окна показаний, 20-го/);
    await page.locator('#clock-time', { hasText: '10:00' }).waitFor();
    await page.locator('#clock-day', { hasText: ' 20 ' }).waitFor();
    const shown = sandbox.clock().toLocaleString('sv', { timeZone: 'Europe/Moscow' });
    assert.match(shown, /-20 10:0\d:/);
  });
  await step('marks what comes by itself as new, until somebody answers', async () => {
    await moveClock(page, /^\+1 час/);
    await bot.say(resident.id, 'Пришли новые начисления');
    await page.locator('#messages .line.new + .line', { hasText: 'Пришли новые начисления' }).waitFor();
    await screenshot(page, 'page-clock-laptop');
    await hands.say('спасибо');
    await hands.hears(/Вы написали: спасибо/);
    await page.locator('#messages .line.new').waitFor({ state: 'detached' });
  });
  await step('a day and a time of one’s own, only forwards', async () => {
    await moveClock(page, 'Выбрать день и время…');
    await page.getByLabel('День').fill('2020-01-01');
    await page.getByRole('dialog').getByRole('button', { name: 'Передвинуть' }).click();
    await page.locator('.toast', { hasText: 'Часы идут только вперёд' }).waitFor();
    await moveClock(page, 'Выбрать день и время…');
    const next = new Date(sandbox.clock().getTime() + 3 * DAY_SECONDS * 1000).toISOString().slice(0, 10);
    await page.getByLabel('День').fill(next);
    await page.getByLabel('Время').fill('21:30');
    await page.getByRole('dialog').getByRole('button', { name: 'Передвинуть' }).click();
    await page.locator('#clock-time', { hasText: '21:30' }).waitFor();
  });
  await step('and back to the present, after a question', async () => {
    await moveClock(page, 'Вернуть настоящее время');
    await page.getByRole('dialog').getByRole('button', { name: 'Вернуть' }).click();
    await page.locator('#clock-ahead', { hasText: 'настоящее время' }).waitFor();
    assert(Math.abs(ahead()) < 5);
    await hands.say('я снова здесь');
    await hands.hears(/Вы написали: я снова здесь/);
  });
  await step('opens the link that is printed on paper', async () => {
    await page.getByRole('tab', { name: 'Город' }).click();
    await page.locator('[data-link="0001234501"]').click();
    await page.locator('.line.own', { hasText: '/start ls-0001234501' }).waitFor();
    await hands.hears(/Здравствуйте/);
  });
}
