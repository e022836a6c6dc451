import { screenshot } from '../browser.ts';
import { choose, menuOf, writeAs } from '../menus.ts';
import type { Look } from '../resident/steps.ts';
import { openGroup, openPhone } from './places.ts';

/** A group without topics: a card for each request, and answers by replies to it; the group's upgrade is followed. */
export async function tellPlainGroup(look: Look): Promise<void> {
  const { step, page, hands } = look;
  await step('the operator names a plain group as the staff’s', async () => {
    await openGroup(page);
    await writeAs(page, 'Ольга');
    await choose(page, 'Новая группа');
    await page.getByLabel('Название').fill('Дежурные');
    await page.getByLabel('Какая').selectOption('group');
    await page.getByRole('dialog').getByRole('button', { name: 'Создать' }).click();
    await page.locator('#chat-name', { hasText: 'Дежурные' }).waitFor();
    await choose(page, 'Сделать группой сотрудников');
  });
  await step('a new request is a card there, which is answered by a reply', async () => {
    await ask(look, 'Начисления', 'Почему так много за тепло?');
    await openGroup(page);
    await page.locator('#chat-name', { hasText: 'Дежурные' }).waitFor();
    await hands.hears(/Почему так много за тепло/);
    await menuOf(page, 'Почему так много за тепло', 'Ответить');
    await hands.say('Похолодало: сравните с прошлым ноябрём');
    await screenshot(page, 'desk-15-plain-laptop');
    await openPhone(page, 'Иван');
    await hands.hears(/Похолодало/);
  });
  await step('the group becomes a supergroup under another number, and the talk goes on there', async () => {
    await openGroup(page);
    await choose(page, 'Сделать супергруппой');
    await page.locator('.service', { hasText: 'Здесь продолжается переписка' }).waitFor();
    await ask(look, 'Оплата', 'Где посмотреть чек?');
    await openGroup(page);
    await hands.hears(/Где посмотреть чек/);
    await menuOf(page, 'Где посмотреть чек', 'Ответить');
    await hands.say('Чек придёт на почту');
    await openPhone(page, 'Иван');
    await hands.hears(/Чек придёт на почту/);
    await openGroup(page);
    await screenshot(page, 'desk-16-upgraded-laptop');
  });
}

async function ask({ page, hands }: Look, topic: string, words: string): Promise<void> {
  await openPhone(page, 'Иван');
  await hands.say('/request');
  await hands.press(topic);
  await hands.hears(/Опишите вопрос/);
  await hands.say(words);
  await hands.hears(/Отправить сотрудникам\?/);
  await hands.press('Отправить');
  await hands.hears(/Обращение № \d+ отправлено/);
}
