import { screenshot } from '../browser.ts';
import { choose, writeAs } from '../menus.ts';
import type { Look } from '../resident/steps.ts';
import { openPhone, openTopic } from './places.ts';

/** A request comes back, its topic is deleted, its resident blocks the bot, a colleague leaves. */
export async function tellTroubles({ step, page, hands }: Look): Promise<void> {
  await step('the resident brings the request back: its topic opens again', async () => {
    await openPhone(page, 'Иван');
    await hands.press('Вернуть в работу');
    await hands.hears(/Обращение № 1 снова в работе/);
    await openTopic(page, '№ 1');
    await hands.hears(/вернул обращение в работу/);
    await page.locator('.service', { hasText: 'Тема снова открыта' }).waitFor();
  });
  await step('a topic that was deleted by hand is made anew by the next words', async () => {
    await writeAs(page, 'Ольга');
    await choose(page, 'Удалить тему');
    await page.getByRole('dialog').getByRole('button', { name: 'Удалить' }).click();
    await page.locator('.entry.topic', { hasText: '№ 1' }).waitFor({ state: 'detached' });
    await openPhone(page, 'Иван');
    await hands.say('Вы ещё здесь?');
    await hands.hears(/Добавили к обращению № 1/);
    await openTopic(page, '№ 1');
    await hands.hears(/больше нет, разговор продолжается здесь/);
    await hands.hears(/Вы ещё здесь\?/);
    await screenshot(page, 'desk-7-anew-laptop');
  });
  await step('a resident who blocked the bot gets nothing, and staff are told', async () => {
    await openPhone(page, 'Иван');
    await choose(page, 'Заблокировать бота');
    await openTopic(page, '№ 1');
    await hands.say('Здесь, спрашивайте');
    await hands.hears(/не доставлено[^]*заблокировал бота/);
    await screenshot(page, 'desk-8-blocked-laptop');
    await openPhone(page, 'Иван');
    await page.getByRole('button', { name: 'Разблокировать' }).click();
  });
  await step('who writes in the group’s name is told that it did not go out', async () => {
    await openTopic(page, '№ 1');
    await choose(page, 'Писать анонимно');
    await hands.say('Ответ ни от кого');
    await hands.hears(/аноним/i);
    await choose(page, 'Писать от своего имени');
    await openPhone(page, 'Иван');
    await hands.isGone('Ответ ни от кого');
  });
}
