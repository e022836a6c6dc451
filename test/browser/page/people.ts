import assert from 'node:assert/strict';
import { listenForComplaints, screenshot } from '../browser.ts';
import { isOnPhoneOf } from '../menus.ts';
import { heard, type Stage } from './stage.ts';

/** SMS, the town, several residents, staff, several tabs. */
export async function tellPeople({ step, page, hands, sandbox, bot, resident }: Stage): Promise<void> {
  await step('an SMS comes beside the chat, its code goes into the message', async () => {
    sandbox.receiveSms(resident.phone, 'Инкомус: код 482913. Никому его не сообщайте.');
    await page.getByRole('button', { name: 'Вставить код 482913' }).click();
    assert.equal(await page.locator('#input').inputValue(), '482913');
    await page.locator('#input').fill('');
    await page.getByRole('tab', { name: 'Город' }).click();
    await page.locator('[data-account="0001234501"]').getByRole('button', { name: '3 456,78' }).click();
    assert.equal(await page.locator('#input').inputValue(), '3456,78');
    await page.locator('#input').fill('');
    await screenshot(page, 'page-town-laptop');
  });
  await step('a new resident has a chat of his own; the other one counts what is unread', async () => {
    await page.getByRole('button', { name: 'Новый житель' }).click();
    await page.getByLabel('Имя').fill('Анна');
    await page.getByLabel('Номер телефона').fill('89281112233');
    await page.getByRole('button', { name: 'Создать' }).click();
    await isOnPhoneOf(page, 'Анна');
    await bot.say(resident.id, 'Это для Ивана');
    await page.locator('.entry', { hasText: resident.firstName }).locator('.badge', { hasText: '1' }).waitFor();
    await page.getByRole('button', { name: 'Запустить' }).click();
    await hands.hears(/Здравствуйте/);
  });
  await step('staff answer in a topic, each under the own name', async () => {
    const threadId = await bot.newTopic(sandbox.staffChatId, 'Анна, начисления');
    await page.locator('.entry.topic', { hasText: 'Анна, начисления' }).click();
    await hands.hears(/Обращение/);
    const options = await page.locator('#viewer-select option').allInnerTexts();
    assert(options.length >= 2, 'several people are in the group');
    await page.locator('#viewer-select').selectOption({ index: 1 });
    await hands.say('Проверяю');
    const words = await heard(bot, (one) => one.text === 'Проверяю');
    assert.equal(words.threadId, threadId);
    assert.equal(words.from, options[1]?.split(' ')[0]);
    await screenshot(page, 'page-group-laptop');
  });
  await step('two tabs show the same', async () => {
    const second = await page.context().newPage();
    const complaintsThere = listenForComplaints(second);
    await second.goto(`${sandbox.url}/#/chat/${resident.id}`);
    await second.locator('.words', { hasText: 'Это для Ивана' }).waitFor();
    await page.bringToFront();
    await page.locator('.entry', { hasText: resident.firstName }).first().click();
    await isOnPhoneOf(page, resident.firstName);
    await hands.say('Из первой вкладки');
    await second.locator('.line.own', { hasText: 'Из первой вкладки' }).waitFor();
    assert.deepEqual(complaintsThere, []);
    await second.close();
  });
}
