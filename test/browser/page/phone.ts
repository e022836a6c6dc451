import assert from 'node:assert/strict';
import { screenshot } from '../browser.ts';
import { smallTargets, tornWords } from '../looks.ts';
import type { Stage } from './stage.ts';

/** One pane at a time, for fingers. */
export async function tellPhone({ step, page, hands, sandbox, bot, resident }: Stage): Promise<void> {
  await step('shows the list, then one chat, then the list again', async () => {
    await page.locator('#chat').waitFor({ state: 'hidden' });
    await screenshot(page, 'page-list-phone');
    await page.locator('.entry', { hasText: resident.firstName }).tap();
    await page.locator('#input').waitFor();
    await page.locator('#list').waitFor({ state: 'hidden' });
    await page.getByRole('link', { name: 'К списку чатов' }).first().tap();
    await page.locator('#list').waitFor({ state: 'visible' });
    await page.locator('.entry', { hasText: resident.firstName }).tap();
  });
  await step('nothing is wider than the screen, everything is wide enough for a finger', async () => {
    await hands.say('/menu');
    await hands.sees('Квитанция');
    assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 390);
    assert.deepEqual(await smallTargets(page), []);
    await screenshot(page, 'page-chat-phone');
  });
  await step('360 × 640: of two buttons beside one another each word is whole', async () => {
    await page.setViewportSize({ width: 360, height: 640 });
    await hands.say('/card');
    await hands.sees('Задолженность');
    await page.locator('#messages .inline-button', { hasText: 'Задолженность' }).waitFor();
    assert.deepEqual(await tornWords(page), []);
    await page.setViewportSize({ width: 390, height: 844 });
  });
  await step('an SMS slides in over the chat, its code goes into the message', async () => {
    sandbox.receiveSms(resident.phone, 'Инкомус: код 771204. Никому его не сообщайте.');
    await page.locator('.sms-banner').getByRole('button', { name: 'Вставить код 771204' }).tap();
    assert.equal(await page.locator('#input').inputValue(), '771204');
    await page.locator('#input').fill('');
  });
  await step('the town is a pane of its own and leads back to the chat', async () => {
    await page.getByRole('link', { name: 'К списку чатов' }).first().tap();
    await page.getByRole('link', { name: 'Город' }).tap();
    await page.getByRole('button', { name: '0001234501' }).tap();
    assert.equal(await page.locator('#input').inputValue(), '0001234501');
    await page.locator('#input').fill('');
  });
  await step('who reads above is told of what comes, and gets there by a tap', async () => {
    for (let number = 1; number <= 12; number += 1) await bot.say(resident.id, `Строка ${number}`);
    await hands.hears(/Строка 12/);
    await page.evaluate("document.getElementById('scroller').scrollTop = 0");
    await page.locator('#jump').waitFor({ state: 'visible' });
    await bot.say(resident.id, 'Новое внизу');
    await page.locator('#jump-count', { hasText: '1' }).waitFor();
    await page.locator('#jump').tap();
    await page.locator('#jump').waitFor({ state: 'hidden' });
  });
}
