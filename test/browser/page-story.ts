import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import type { Logger } from '../../src/sandbox/logger.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { listenForComplaints, openScreen, PATIENCE_MS, screenshot } from './browser.ts';
import { handsOn } from './hands.ts';
import { lowContrast, smallTargets } from './looks.ts';
import type { Report } from './report.ts';
import { PDF, PNG, type ScriptedBot, startScriptedBot } from './scripted-bot.ts';

/** The page on its own: everything that Telegram's messages can hold, drawn and worked, against a bot that does it on request. */
export async function tellPageStories(report: Report, browser: Browser, folder: string): Promise<void> {
  const log: Logger = { info() {}, warn() {}, error: (...words: unknown[]) => console.error(...words) };
  let sandbox = await startSandbox({ dataDir: folder, port: 0, clock: () => new Date(), log });
  let bot = await startScriptedBot(sandbox.apiRoot, sandbox.token);
  const { url } = sandbox;
  sandbox.showTown(TOWN);
  try {
    await report.story('The page: a laptop', (step) => tellLaptop(step, browser, sandbox, bot));
    await report.story('The page: a phone', (step) => tellPhone(step, browser, sandbox, bot));
    await report.story('The page: colours', (step) => tellColours(step, browser, url));
    await report.story('The page: a lost connection', async (step) => {
      const screen = await openScreen(browser, `${url}/#/chat/${residentOf(sandbox).id}`, 'laptop');
      const before = await screen.page.locator('#messages .line').count();
      await step('says that the program is away', async () => {
        await bot.stop();
        await sandbox.close();
        await screen.page.locator('#offline').waitFor({ state: 'visible' });
      });
      await step('goes on by itself when it is back, with what was said before', async () => {
        sandbox = await startSandbox({ dataDir: folder, port: Number(new URL(url).port), clock: () => new Date(), log });
        bot = await startScriptedBot(sandbox.apiRoot, sandbox.token);
        await screen.page.locator('#offline').waitFor({ state: 'hidden' });
        assert.equal(await screen.page.locator('#messages .line').count(), before);
        await handsOn(screen.page).say('Вы здесь?');
        await handsOn(screen.page).hears(/Вы написали: Вы здесь/);
      });
      await screen.close();
    });
  } finally {
    await bot.stop();
    await sandbox.close();
    await rm(folder, { recursive: true, force: true });
  }
}

type Step = Parameters<Parameters<Report['story']>[1]>[0];

const TOWN = {
  title: 'Приморск-на-Миусе',
  tips: ['Нажмите «Запустить» на телефоне жителя.'],
  accounts: [
    {
      accountNumber: '0001234501',
      address: 'ул. Садовая, д. 4',
      lastPaymentsKopecks: 345_678,
      lastPaymentsPeriod: '2026-10',
      note: 'Квартира с долгом',
    },
  ],
};

function residentOf(sandbox: Sandbox): { id: number; firstName: string; phone: string } {
  const resident = sandbox.people().find((person) => person.role === 'resident');
  assert(resident, 'the sandbox begins with a resident');
  return resident;
}

/** Waits for what the bot heard to hold this. */
async function heard(
  bot: ScriptedBot,
  fits: (one: ScriptedBot['heard'][number]) => boolean,
): Promise<ScriptedBot['heard'][number]> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = bot.heard.findLast(fits);
    if (found) return found;
    if (Date.now() > until)
      throw new Error(`The bot heard only ${JSON.stringify(bot.heard.map(({ kind, text }) => `${kind}: ${text}`))}`);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

async function tellLaptop(step: Step, browser: Browser, sandbox: Sandbox, bot: ScriptedBot): Promise<void> {
  const { page, complaints, close } = await openScreen(browser, sandbox.url, 'laptop');
  const hands = handsOn(page);
  const resident = residentOf(sandbox);

  await step('starts the bot; entities are drawn, a spoiler opens', async () => {
    await page.getByRole('button', { name: 'Запустить' }).click();
    await hands.hears(/Здравствуйте/);
    assert.equal(await page.locator('.words strong').last().innerText(), 'Здравствуйте!');
    assert.equal(await page.locator('.words a').last().getAttribute('href'), 'https://inkomus.ru/');
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
  await step("sends somebody else's contact, a place, a sticker, a voice", async () => {
    const attach = async (item: string): Promise<void> => {
      await page.getByRole('button', { name: 'Прикрепить' }).click();
      await page.getByRole('menuitem', { name: item }).click();
    };
    await attach('Чужой контакт');
    await page.getByRole('button', { name: 'Отправить', exact: true }).last().click();
    await hands.hears(/Это чужой номер/);
    await attach('Геопозиция');
    await page.getByRole('button', { name: 'Отправить', exact: true }).last().click();
    await heard(bot, (one) => one.kind === 'location');
    await attach('Стикер');
    await page.getByRole('menuitem').first().click();
    await heard(bot, (one) => one.kind === 'sticker');
    await attach('Голосовое');
    const voice = await heard(bot, (one) => one.kind === 'voice');
    assert.equal(voice.message.voice?.duration, 2);
  });
  await step('sends photos as an album and a file with a caption', async () => {
    const picture = (name: string): { name: string; mimeType: string; buffer: Buffer } => ({
      name,
      mimeType: 'image/png',
      buffer: Buffer.from(PNG),
    });
    await pick(page, 'Фото или видео', [picture('one.png'), picture('two.png')]);
    const photo = await heard(bot, (one) => one.kind === 'photo');
    assert(photo.message.media_group_id, 'two photos are an album');
    await page.locator('.album img').nth(1).waitFor();
    await page.locator('#input').fill('Вот акт');
    await pick(page, 'Файл', [{ name: 'akt.pdf', mimeType: 'application/pdf', buffer: Buffer.from(PDF) }]);
    const file = await heard(bot, (one) => one.kind === 'document');
    assert.equal(file.text, 'Вот акт');
    assert.equal(file.message.document?.file_name, 'akt.pdf');
  });
  await step('opens a photo, saves a document as it was sent', async () => {
    await hands.say('график');
    await page.locator('.photo img').last().click();
    await page.getByRole('dialog', { name: 'Фотография' }).waitFor();
    await page.getByRole('button', { name: 'Закрыть' }).click();
    await hands.say('квитанция');
    await hands.hears(/Квитанция за октябрь/);
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator('.document-save').last().click()]);
    assert.equal(download.suggestedFilename(), 'kvitanciya.pdf');
    assert.deepEqual(new Uint8Array(await readFile(await download.path())), PDF);
  });
  await step('shows a place and an album', async () => {
    await hands.say('пункт');
    await page.locator('.place', { hasText: 'ул. Петровская, 10' }).waitFor();
    await hands.say('альбом');
    await page.locator('.line.other .album img').nth(2).waitFor();
    await screenshot(page, 'page-media-laptop');
  });
  await step('pays an invoice, and is told when the bot refuses', async () => {
    await hands.say('счёт');
    await page.locator('.invoice', { hasText: 'Оплата ЖКУ' }).waitFor();
    await page
      .getByRole('button', { name: 'Заплатить' })
      .or(page.locator('.inline-button', { hasText: /1.234,56/ }))
      .last()
      .click();
    await page.getByRole('dialog').getByRole('button', { name: 'Заплатить' }).click();
    await page.locator('.toast', { hasText: 'Оплата прошла' }).waitFor();
    await heard(bot, (one) => one.kind === 'paid');
    await page.locator('.service', { hasText: 'Оплачено' }).waitFor();
    await hands.say('старый');
    const invoice = page.locator('.line', { hasText: 'Старый счёт' }).last();
    await invoice.locator('.primary, .inline-button').last().click();
    await page.getByRole('dialog').getByRole('button', { name: 'Заплатить' }).click();
    await page.locator('.toast', { hasText: 'Счёт уже закрыт' }).waitFor();
  });
  await step('edits and deletes an own message, replies to one', async () => {
    await hands.say('Опечтка');
    const own = page.locator('.line.own', { hasText: 'Опечтка' }).last();
    await own.hover();
    await own.getByRole('button', { name: 'Действия с сообщением' }).click();
    await page.getByRole('menuitem', { name: 'Изменить' }).click();
    await hands.say('Опечатка');
    const edit = await heard(bot, (one) => one.kind === 'edit');
    assert.equal(edit.text, 'Опечатка');
    await hands.hears(/Вы написали: Опечтка/);
    const answer = page.locator('.line.other', { hasText: 'Опечтка' }).last();
    await answer.hover();
    await answer.getByRole('button', { name: 'Действия с сообщением' }).click();
    await page.getByRole('menuitem', { name: 'Ответить' }).click();
    await hands.say('Это ответ');
    const reply = await heard(bot, (one) => one.text === 'Это ответ');
    assert(reply.message.reply_to_message, 'the bot gets what it answers');
    await page.locator('.line.own', { hasText: 'Это ответ' }).hover();
    await page.locator('.line.own', { hasText: 'Это ответ' }).getByRole('button', { name: 'Действия с сообщением' }).click();
    await page.getByRole('menuitem', { name: 'Удалить' }).click();
    await page.locator('.line.own', { hasText: 'Это ответ' }).waitFor({ state: 'detached' });
  });
  await step('shows that the bot is typing', async () => {
    await hands.say('думай');
    await page.locator('#chat-status', { hasText: 'печатает' }).waitFor();
  });
  await step('an SMS comes beside the chat, its code goes into the message', async () => {
    sandbox.receiveSms(resident.phone, 'Инкомус: код 482913. Никому его не сообщайте.');
    await page.getByRole('button', { name: 'Вставить код 482913' }).click();
    assert.equal(await page.locator('#input').inputValue(), '482913');
    await page.locator('#input').fill('');
    await page.getByRole('tab', { name: 'Город' }).click();
    await page.locator('[data-account="0001234501"]').getByRole('button', { name: '3 456,78' }).click();
    await page.waitForTimeout(100);
    assert.equal(await page.locator('#input').inputValue(), '3456,78');
    await page.locator('#input').fill('');
    await screenshot(page, 'page-town-laptop');
  });
  await step('a new resident has a chat of his own; the other one counts what is unread', async () => {
    await page.getByRole('button', { name: 'Новый житель' }).click();
    await page.getByLabel('Имя').fill('Анна');
    await page.getByLabel('Номер телефона').fill('89281112233');
    await page.getByRole('button', { name: 'Создать' }).click();
    await page.getByRole('heading', { name: 'Анна' }).waitFor();
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
    await page.getByRole('heading', { name: resident.firstName }).waitFor();
    await hands.say('Из первой вкладки');
    await second.locator('.line.own', { hasText: 'Из первой вкладки' }).waitFor();
    assert.deepEqual(complaintsThere, []);
    await second.close();
  });
  await step('the scripts complain of nothing', async () => assert.deepEqual(complaints, []));
  await close();
}

async function pick(page: Page, item: string, files: { name: string; mimeType: string; buffer: Buffer }[]): Promise<void> {
  await page.getByRole('button', { name: 'Прикрепить' }).click();
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('menuitem', { name: item }).click()]);
  await chooser.setFiles(files);
}

async function tellPhone(step: Step, browser: Browser, sandbox: Sandbox, bot: ScriptedBot): Promise<void> {
  const { page, complaints, close } = await openScreen(browser, sandbox.url, 'phone');
  const hands = handsOn(page);
  const resident = residentOf(sandbox);
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
  await step('an SMS slides in over the chat, its code goes into the message', async () => {
    sandbox.receiveSms(resident.phone, 'Инкомус: код 771204. Никому его не сообщайте.');
    await page.locator('.sms-banner').getByRole('button', { name: 'Вставить код 771204' }).tap();
    await page.waitForTimeout(150);
    assert.equal(await page.locator('#input').inputValue(), '771204');
    await page.locator('#input').fill('');
  });
  await step('the town is a pane of its own and leads back to the chat', async () => {
    await page.getByRole('link', { name: 'К списку чатов' }).first().tap();
    await page.getByRole('link', { name: 'Город' }).tap();
    await page.getByRole('button', { name: '0001234501' }).tap();
    await page.waitForTimeout(150);
    assert.equal(await page.locator('#input').inputValue(), '0001234501');
    await page.locator('#input').fill('');
  });
  await step('who reads above is told of what comes, and gets there by a tap', async () => {
    for (let number = 1; number <= 12; number += 1) await bot.say(resident.id, `Строка ${number}`);
    await hands.hears(/Строка 12/);
    await page.locator('#scroller').evaluate('(scroller) => { scroller.scrollTop = 0; }');
    await page.locator('#jump').waitFor({ state: 'visible' });
    await bot.say(resident.id, 'Новое внизу');
    await page.locator('#jump-count', { hasText: '1' }).waitFor();
    await page.locator('#jump').tap();
    await page.locator('#jump').waitFor({ state: 'hidden' });
  });
  await step('the scripts complain of nothing', async () => assert.deepEqual(complaints, []));
  await close();
}

async function tellColours(step: Step, browser: Browser, url: string): Promise<void> {
  for (const scheme of ['light', 'dark'] as const) {
    await step(`words can be read, ${scheme} (contrast of 4.5 and more)`, async () => {
      const { page, close } = await openScreen(browser, url, 'laptop', scheme);
      await page.locator('#messages .line').first().waitFor();
      assert.deepEqual(await lowContrast(page), []);
      await screenshot(page, `page-${scheme}-laptop`);
      await close();
    });
  }
}
