import assert from 'node:assert/strict';
import { screenshot } from '../browser.ts';
import { heard, type Stage } from './stage.ts';

/** Words, buttons, keyboards, a shared number. */
export async function tellTalking({ step, page, hands, bot, resident }: Stage): Promise<void> {
  await step('starts the bot; entities are drawn, a spoiler opens', async () => {
    await page.getByRole('button', { name: 'Запустить' }).click();
    await hands.hears(/Здравствуйте/);
    assert.equal(await page.locator('.words strong').last().innerText(), 'Здравствуйте!');
    assert.equal(await page.locator('.words a').last().getAttribute('href'), 'https://inkomus.ru/');
    await page.locator('.entry-words', { hasText: '▒▒▒▒▒' }).waitFor();
    await page.locator('.spoiler').last().click();
    await page.locator('.spoiler.open').waitFor();
  });
  await step('a pressed button turns until it is answered, then a toast', async () => {
    await hands.press('Медленно');
    await page.locator('.inline-button.busy', { hasText: 'Медленно' }).waitFor();
    await page.locator('.toast', { hasText: 'Готово' }).waitFor();
    await page.locator('.inline-button.busy').waitFor({ state: 'detached' });
  });
  await step('an alert stands until it is read', async () => {
    await hands.press('Важно');
    await page.getByRole('dialog').getByText('Прочитайте внимательно').waitFor();
    await page.getByRole('button', { name: 'Понятно' }).click();
  });
  await step('an edited message changes in place', async () => {
    await hands.press('Исправить');
    await hands.hears(/Теперь здесь другое/);
    await page.getByText('изменено').waitFor();
  });
  await step('a password vanishes', async () => {
    await hands.say('пароль qwerty77');
    await hands.hears(/сообщение удалено/);
    await hands.isGone('qwerty77');
  });
  await step('the command menu and a keyboard below the input', async () => {
    await page.getByRole('button', { name: 'Команды бота' }).click();
    await page.getByRole('menuitem', { name: '/menu' }).click();
    await hands.sees('Задолженность');
    assert.equal(await page.locator('#input').getAttribute('placeholder'), 'Выберите');
    await hands.press('Задолженность');
    await hands.hears(/Вы написали: Задолженность/);
    await screenshot(page, 'page-keyboard-laptop');
    await page.getByRole('button', { name: 'Свернуть клавиатуру бота' }).click();
    await page.locator('#reply-keyboard').waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Показать клавиатуру бота' }).click();
  });
  await step('shares the own number after a question; the keyboard goes', async () => {
    await hands.press('Поделиться номером');
    await page.getByRole('dialog').getByRole('button', { name: 'Поделиться' }).click();
    await hands.hears(/Это ваш номер/);
    const contact = await heard(bot, (one) => one.kind === 'contact');
    assert.equal(contact.message.contact?.user_id, resident.id);
    await page.locator('#reply-keyboard').waitFor({ state: 'hidden' });
  });
}
