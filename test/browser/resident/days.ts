import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { screenshot } from '../browser.ts';
import { moveClock } from '../page/clock.ts';
import type { Look } from './steps.ts';

async function moveTo(page: Page, day: string, time: string): Promise<void> {
  await moveClock(page, 'Выбрать день и время…');
  await page.getByLabel('День').fill(day);
  await page.getByLabel('Время').fill(time);
  await page.getByRole('dialog').getByRole('button', { name: 'Передвинуть' }).click();
  await page.locator('#clock-time', { hasText: time }).waitFor();
}

/** The town's day, `2026-12-20`. */
async function dayOf(page: Page): Promise<string> {
  const moment = await page.evaluate<string>("document.querySelector('#messages .line:last-child time').dateTime");
  return new Date(moment).toLocaleDateString('sv', { timeZone: 'Europe/Moscow' });
}

/** What the calendar brings: notices come by themselves, by day, and are marked as new. */
export async function tellDays({ step, page, hands, device }: Look): Promise<void> {
  await step('in the days of readings a notice comes by itself, marked as new', async () => {
    await moveClock(page, /^До окна показаний/);
    await hands.hears(/Начался приём показаний счётчиков/);
    await page.locator('#messages .line.new').waitFor();
    await screenshot(page, `days-1-notice-${device}`);
  });
  await step('at night nothing comes; at nine in the morning the reminder does', async () => {
    const opened = await dayOf(page);
    assert.match(opened, /-20$/);
    await moveTo(page, opened.replace(/20$/, '24'), '22:00');
    await hands.say('/contacts');
    await hands.hears(/приёма платежей|приема платежей/);
    await page.waitForTimeout(1500);
    assert.equal(await page.locator('#messages .words', { hasText: 'заканчивается: последний день' }).count(), 0);
    await moveClock(page, /^Завтра, 9:00/);
    await hands.hears(/Приём показаний счётчиков заканчивается/);
    await screenshot(page, `days-2-reminder-${device}`);
  });
}
