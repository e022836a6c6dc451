import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { openScreen, screenshot } from '../browser.ts';
import { nameless } from '../looks.ts';
import { choose, menuOf, writeAs } from '../menus.ts';
import { heard, type Stage } from './stage.ts';

const TOPICS = 30;

/** What a member of staff does with the group and its topics. */
export async function tellDesk({ step, page, hands, sandbox, bot }: Stage): Promise<void> {
  const { staffChatId } = sandbox;
  const [olga, sergey] = sandbox.people().filter(({ role }) => role === 'staff');
  assert(olga && sergey, 'the group has several people');

  await step('goes through the members: rights, a colleague out and back, a new one, the bot out and back', async () => {
    await page.locator('.entry.group').click();
    await writeAs(page, 'Ольга');
    await choose(page, 'Участники', 'Марина', 'Сделать администратором');
    await hasMember(page, 'Марина', 'администратор');
    await choose(page, 'Участники', 'Сергей', 'Исключить');
    await page.locator('.service', { hasText: 'исключает из группы: Сергей' }).waitFor();
    assert(!(await page.locator('#viewer-select').innerText()).includes('Сергей'));
    await choose(page, 'Участники', 'Сергей', 'Снять запрет и вернуть');
    await choose(page, 'Участники', 'Новый сотрудник');
    await page.getByLabel('Имя').fill('Нина');
    await page.getByRole('button', { name: 'Добавить' }).click();
    await page.locator('.service', { hasText: 'приглашает в группу: Нина' }).waitFor();
    await choose(page, 'Бот в группе', 'Исключить бота');
    await page.locator('#chat-status', { hasText: 'бота нет' }).waitFor();
    await screenshot(page, 'desk-members-laptop');
    await choose(page, 'Бот в группе', 'Сделать администратором');
    await page.locator('#chat-status', { hasText: /^4 участника$/ }).waitFor();
  });
  let threadId = 0;
  await step('replies, edits and reacts in a topic; writes in the group’s name', async () => {
    threadId = await bot.newTopic(staffChatId, 'Петрова, показания');
    await page.locator('.entry.topic', { hasText: 'Петрова, показания' }).click();
    await hands.hears(/Обращение: Петрова/);
    await menuOf(page, 'Обращение: Петрова', 'Ответить');
    await hands.say('Здравствуйте!');
    const said = await heard(bot, (one) => one.text === 'Здравствуйте!');
    assert.equal(said.threadId, threadId);
    assert.equal(said.message.reply_to_message?.text, 'Обращение: Петрова, показания');
    await menuOf(page, 'Здравствуйте!', 'Изменить');
    await hands.say('Здравствуйте, Анна!');
    assert.equal((await heard(bot, (one) => one.kind === 'edit')).text, 'Здравствуйте, Анна!');
    await menuOf(page, 'Здравствуйте, Анна!', 'Реакция', '👍');
    await page.locator('.reactions', { hasText: '👍' }).waitFor();
    await choose(page, 'Писать анонимно');
    await hands.say('Никто');
    assert.equal((await heard(bot, (one) => one.text === 'Никто')).message.from?.username, 'GroupAnonymousBot');
    await choose(page, 'Писать от своего имени');
  });
  await step('closes a topic by hand: it folds away; deletes it: the group’s own talk is there instead', async () => {
    await page.locator('.entry.group').click();
    await page.locator('.entry.topic', { hasText: 'Петрова, показания' }).click();
    await choose(page, 'Закрыть тему');
    await page.locator('#chat-status', { hasText: 'тема закрыта' }).waitFor();
    await page.locator('.entry.group').click();
    await page.locator('.entry.closed').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Закрытые темы: 1' }).click();
    await page.locator('.entry.closed', { hasText: 'Петрова, показания' }).click();
    await choose(page, 'Удалить тему');
    await page.getByRole('dialog').getByRole('button', { name: 'Удалить' }).click();
    await page.locator('.entry.topic', { hasText: 'Петрова, показания' }).waitFor({ state: 'detached' });
    await page.locator('#chat-name', { hasText: 'Сотрудники' }).waitFor();
    assert(!page.url().endsWith(`/${threadId}`));
  });
  await step(`${TOPICS} topics: the newest words come first, what is unread is marked, quiet ones have their words`, async () => {
    const opened = new Map<number, number>();
    // As people: the bot may send the group only 20 a minute.
    for (let number = 1; number <= TOPICS; number += 1) {
      const made =
        sandbox.act({ type: 'new-topic', as: sergey.id, chatId: staffChatId, name: `№ ${number}, начисления` }).threadId ?? 0;
      opened.set(number, made);
      for (let line = 1; line <= 8; line += 1)
        sandbox.act({ type: 'send-text', as: sergey.id, chatId: staffChatId, threadId: made, text: `Строка ${line}` });
    }
    for (const number of [3, 6, 9])
      sandbox.act({ type: 'change-topic', as: olga.id, chatId: staffChatId, threadId: opened.get(number) ?? 0, change: 'close' });
    const again = opened.get(2) ?? 0;
    sandbox.act({ type: 'send-text', as: sergey.id, chatId: staffChatId, threadId: again, text: 'Житель ждёт' });
    await page.reload();
    const first = page.locator('.entry.topic').first();
    await first.locator('.entry-words', { hasText: 'Житель ждёт' }).waitFor();
    await first.locator('.badge', { hasText: '10' }).waitFor();
    // Closed ones are seen while somebody has written there.
    assert.equal(await page.locator('.entry.topic').count(), await page.locator('.entry.topic.unread').count());
    assert((await page.locator('.entry.topic .entry-words').allInnerTexts()).every((words) => words.trim() !== ''));
    await first.click();
    await first.locator('.badge').waitFor({ state: 'detached' });
    await hands.hears(/Житель ждёт/);
    await screenshot(page, 'desk-topics-laptop');
    assert.deepEqual(await nameless(page), []);
  });
  await step('looks well in the dark and on a phone', async () => {
    for (const device of ['laptop', 'phone'] as const) {
      const screen = await openScreen(page.context().browser() ?? assert.fail('no browser'), `${sandbox.url}/#/`, device, 'dark');
      await screen.page.locator('.entry.topic').first().scrollIntoViewIfNeeded();
      assert.equal(await screen.page.evaluate('document.documentElement.scrollWidth - innerWidth'), 0);
      await screenshot(screen.page, `desk-topics-dark-${device}`);
      await screen.close();
    }
  });
  await step('turns the topics off; a plain group becomes the staff’s and then a supergroup, and the page follows', async () => {
    await choose(page, 'Выключить темы');
    await page.locator('.entry.topic').first().waitFor({ state: 'detached' });
    await page.locator('.words', { hasText: 'Строка 8' }).first().waitFor();
    await choose(page, 'Включить темы');
    await choose(page, 'Новая группа');
    await page.getByLabel('Название').fill('Дежурные');
    await page.getByLabel('Какая').selectOption('group');
    await page.getByRole('dialog').getByRole('button', { name: 'Создать' }).click();
    await page.locator('#chat-name', { hasText: 'Дежурные' }).waitFor();
    await page.locator('.entry.group', { hasText: 'не группа сотрудников' }).filter({ hasText: 'Дежурные' }).waitFor();
    await choose(page, 'Сделать группой сотрудников');
    await page.locator('.entry.group', { hasText: 'не группа сотрудников' }).filter({ hasText: 'Сотрудники' }).waitFor();
    const plain = page.url();
    await choose(page, 'Сделать супергруппой');
    await page.locator('.service', { hasText: 'Здесь продолжается переписка' }).waitFor();
    assert.notEqual(page.url(), plain);
    await hands.say('Мы здесь');
    const said = await heard(bot, (one) => one.text === 'Мы здесь');
    assert.equal(said.message.chat.type, 'supergroup');
    sandbox.act({ type: 'set-staff-group', chatId: staffChatId });
  });
}

async function hasMember(page: Page, name: string, duty: string): Promise<void> {
  await choose(page, 'Участники');
  await page.getByRole('menuitem', { name }).filter({ hasText: duty }).waitFor();
  await page.keyboard.press('Escape');
}
