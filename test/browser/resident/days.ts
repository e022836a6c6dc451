import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { PATIENCE_MS, screenshot } from '../browser.ts';
import { moveClock } from '../page/clock.ts';
import type { Look } from './steps.ts';

/** The town's clock to a day of one's own. */
export async function moveTo(page: Page, day: string, time: string): Promise<void> {
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

/** Days of readings: a notice comes by itself, marked as new; the one meter of the account is read, and its picture sent. */
export async function tellReadings({ step, page, hands, device }: Look): Promise<void> {
  await step('in the days of readings a notice comes by itself, marked as new', async () => {
    await moveClock(page, /^До окна показаний/);
    await hands.hears(/Открыт приём показаний счётчиков/);
    await page.locator('#messages .line.new').waitFor();
    assert.match(await dayOf(page), /-20$/);
    await screenshot(page, `days-1-notice-${device}`);
  });
  await step('hands in a reading: less than the last is explained, then it is taken', async () => {
    await hands.press('Передать показания счётчиков');
    const asked = await hands.hears(/Прошлое показание: /);
    const last = Number(/Прошлое показание: ([\d\s]+)/.exec(asked)?.[1]?.replaceAll(/\s/g, ''));
    await hands.say(String(last - 5));
    await hands.hears(/меньше прошлого показания/);
    await hands.say(String(last + 150));
    await hands.hears(/Показания приняты/);
    await screenshot(page, `days-2-reading-${device}`);
  });
  await step('sends a picture of the meter with it', async () => {
    await hands.press('Приложить фото счётчика');
    await hands.hears(/Пришлите фото счётчика/);
    await page.getByRole('button', { name: 'Прикрепить' }).click();
    await page.getByRole('menuitem', { name: 'Снимок счётчика' }).click();
    await hands.press('Готово');
    await hands.hears(/Фото сохранено/);
  });
}

/** Billing's next month and its payments, brought at a click beside the chat; who has the account is told. */
export async function tellBilling({ step, page, hands, device }: Look): Promise<void> {
  await step('«Новые начисления»: billing’s registry is taken in, and a notice tells of it', async () => {
    await hands.say('/menu');
    await hands.hears(/\S/);
    await page.locator('[data-begin="charges"]').click();
    // The folder is looked at every five seconds, and what files bring is told eleven seconds after the last of them.
    await hands.hears(/Новые начисления[^]*\d,\d\d/, 2 * PATIENCE_MS);
    await page.locator('[data-begin="charges"]:not([aria-busy])').waitFor();
    await screenshot(page, `days-4-charges-${device}`);
  });
  await step('«Пришёл платёж»: what was paid by card goes to billing and comes back, and is under way no more', async () => {
    await hands.say('/menu');
    await hands.hears(/\S/);
    await page.locator('[data-begin="payment"]').click();
    await page.locator('.toast', { hasText: 'Биллинг учёл оплату картой' }).waitFor({ timeout: 2 * PATIENCE_MS });
    await hands.hears(/плат[её]ж/i);
    await screenshot(page, `days-5-payment-${device}`);
  });
}

/** The last days of readings: who has not handed in is reminded, by day and not by night; then readings are taken no more. */
export async function tellReminder({ step, page, hands, device }: Look, unread: string): Promise<void> {
  await step('at night nothing comes; at nine in the morning the reminder does, of the account that was not read', async () => {
    await hands.say('/menu');
    await moveTo(page, `${(await dayOf(page)).slice(0, 8)}24`, '22:00');
    await hands.say('/contacts');
    await hands.hears(/Пункты приёма платежей/);
    await page.waitForTimeout(1500);
    assert.equal(await page.locator('#messages .words', { hasText: 'Приём показаний счётчиков заканчивается' }).count(), 0);
    await moveClock(page, /^Завтра, 9:00/);
    const words = await hands.hears(/Приём показаний счётчиков заканчивается/);
    assert.deepEqual(words.match(/\d{9}/g), [unread]);
    await screenshot(page, `days-3-reminder-${device}`);
  });
  await step('a week later readings are not taken, and when they will be is told', async () => {
    await moveClock(page, /^\+1 неделя/);
    await hands.press('Передать показания счётчиков');
    await hands.hears(/Сейчас показания не принимаются/);
  });
}
