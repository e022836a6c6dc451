import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { screenshot } from '../browser.ts';
import { moveClock } from '../page/clock.ts';
import { type ProgramSettings, runCommand } from '../program.ts';
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
    await hands.hears(/Проверьте, пожалуйста, и нажмите «Всё верно»/);
    await hands.press('Всё верно');
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

const CHARGES = 'ЛС;Период;Услуга;Входящее сальдо;Начислено;К оплате';

/** Billing's next month, brought in beside the running bot; who has the account is told. */
export async function tellCharges(
  { step, page, hands, device }: Look,
  account: string,
  settings: ProgramSettings,
): Promise<void> {
  await step('the operator brings new charges in, and a notice tells of them', async () => {
    await hands.say('/menu');
    await hands.hears(/\S/);
    const file = `${settings.DATA_DIR}/november.csv`;
    await writeFile(file, `${CHARGES}\r\n${account};11.2026;Отопление;0,00;1234,50;1234,50\r\n`);
    await runCommand('src/commands/import.ts', [file], settings);
    await hands.hears(/ноябрь 2026[^]*1.234,50/);
    await screenshot(page, `days-4-charges-${device}`);
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
