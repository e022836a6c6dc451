import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { PATIENCE_MS, screenshot } from '../browser.ts';
import { smallTargets } from '../looks.ts';
import type { Stage } from './stage.ts';

/** What lies on words, among what is seen: the day while nobody scrolls, an SMS over the head of the chat. */
const LAID_ON_WORDS = `(() => {
  const over = (one, other) => one.left < other.right && other.left < one.right && one.top < other.bottom - 1 && other.top < one.bottom - 1;
  const seen = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const scroller = document.getElementById('scroller').getBoundingClientRect();
  /** What is scrolled away is not there. */
  const shown = (element) => {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    if (!element.closest('#messages')) return { left, right, top, bottom };
    return { left, right, top: Math.max(top, scroller.top), bottom: Math.min(bottom, scroller.bottom) };
  };
  const lying = [...document.querySelectorAll('.day span, #day-now, .sms-banner')].filter(seen);
  const under = [...document.querySelectorAll('#messages .bubble, #messages .inline-button, #chat > .bar > *, #composer > *')].filter(seen);
  return lying.flatMap((element) =>
    under
      .filter((one) => shown(one).top < shown(one).bottom && over(shown(element), shown(one)))
      .map((one) => element.className + element.id + ' lies on ' + one.innerText.slice(0, 30)));
})()`;

export const laidOnWords = (page: Page): Promise<string[]> => page.evaluate<string[]>(LAID_ON_WORDS);

/** Buttons in their colours, what they copy, a quote that unfolds, the bot's name and description, one alert for all tabs, a title for residents. */
export async function tellManners({ step, page, hands, sandbox, bot, resident }: Stage): Promise<void> {
  await step('the chat is called by the bot’s name, and tells whose phone it is on', async () => {
    assert.equal(await page.locator('#chat-name').innerText(), 'Личный кабинет');
    assert.match(await page.locator('#chat-status').innerText(), new RegExp(`^телефон: ${resident.firstName} `));
  });
  await step('buttons have the bot’s colours, one copies, a long quote unfolds', async () => {
    await hands.say('цвета');
    await hands.sees('Оплатить');
    const colourOf = (selector: string): Promise<string> =>
      page.evaluate<string>(`getComputedStyle([...document.querySelectorAll('${selector}')].at(-1)).backgroundColor`);
    const colours = await Promise.all(
      [
        '.inline-button.style-primary',
        '.inline-button.style-success',
        '.inline-button.style-danger',
        '.inline-button:not([class*=style-])',
      ].map(colourOf),
    );
    assert.equal(new Set(colours).size, 4);
    await hands.press('Скопировать счёт');
    await page.locator('.toast', { hasText: 'Скопировано' }).waitFor();
    assert.equal(await page.evaluate('navigator.clipboard.readText()'), '0001234501');
    const quote = page.locator('blockquote.expandable').last();
    const heightOf = async (): Promise<number> => (await quote.boundingBox())?.height ?? 0;
    const folded = await heightOf();
    await quote.getByRole('button', { name: 'Показать полностью' }).click();
    assert((await heightOf()) > folded + 40);
    await quote.getByRole('button', { name: 'Свернуть' }).click();
    assert.equal(await heightOf(), folded);
    await screenshot(page, 'page-colours-laptop');
  });
  await step('the bot sends a file: the chat says so until it is there', async () => {
    await hands.say('рисуй');
    await page.locator('#chat-status', { hasText: 'отправляет файл…' }).waitFor();
  });
  await step('an alert that is read in one tab is gone in the other', async () => {
    const second = await page.context().newPage();
    await second.goto(`${sandbox.url}/#/chat/${resident.id}`);
    await second.locator('#messages .line').first().waitFor();
    await page.bringToFront();
    await hands.say('цвета');
    await hands.press('Важно');
    await second.getByRole('dialog', { name: 'Сообщение бота' }).waitFor();
    await page.getByRole('button', { name: 'Понятно' }).click();
    await second.getByRole('dialog', { name: 'Сообщение бота' }).waitFor({ state: 'detached' });
    await second.close();
  });
  await step('the title counts what residents have not read, and nothing of the staff’s', async () => {
    const before = await page.title();
    const [olga] = sandbox.people().filter(({ role }) => role === 'staff');
    assert(olga);
    sandbox.act({ type: 'start-bot', as: olga.id });
    await page.locator('.entry', { hasText: olga.firstName }).locator('.badge').waitFor();
    assert.equal(await page.title(), before);
    const another = sandbox.act({ type: 'new-person', firstName: 'Глаша' }).personId ?? 0;
    sandbox.act({ type: 'start-bot', as: another });
    await titled(page, (title) => title.startsWith('(1) '));
    await page.locator('.entry.person', { hasText: 'Глаша' }).click();
    await titled(page, (title) => title === before);
    await page.locator('.entry', { hasText: resident.firstName }).first().click();
  });
  await step('the empty chat has what the bot says of itself', async () => {
    await bot.describe('Задолженность, показания и оплата ЖКУ.');
    await page.getByRole('button', { name: 'Новый житель' }).click();
    await page.getByRole('button', { name: 'Создать' }).click();
    await page.locator('#empty', { hasText: 'Задолженность, показания и оплата ЖКУ.' }).waitFor();
    await page.locator('.entry', { hasText: resident.firstName }).first().click();
  });
}

async function titled(page: Page, fits: (title: string) => boolean): Promise<void> {
  for (const until = Date.now() + PATIENCE_MS; !fits(await page.title()); await page.waitForTimeout(50))
    assert(Date.now() < until, `the title is ${await page.title()}`);
}

/** Days, SMS and fingers on a small phone. */
export async function tellNothingIsCovered({ step, page, hands, sandbox, bot, resident }: Stage): Promise<void> {
  await step('the day stands over the words while they are scrolled, and lies on nothing at rest', async () => {
    for (let number = 1; number <= 12; number += 1) await bot.say(resident.id, `Ещё строка ${number}`);
    await hands.hears(/Ещё строка 12/);
    const day = page.locator('#day-now.shown');
    await page.evaluate("document.getElementById('scroller').scrollBy(0, -400)");
    await day.waitFor();
    await day.waitFor({ state: 'detached' });
    await page.waitForTimeout(300);
    assert.deepEqual(await laidOnWords(page), []);
  });
  await step('an SMS covers neither the way back nor a word', async () => {
    sandbox.receiveSms(resident.phone, 'Инкомус: код 118822. Никому его не сообщайте.');
    await page.locator('.sms-banner').waitFor();
    await page.waitForTimeout(300);
    assert.deepEqual(await laidOnWords(page), []);
    await screenshot(page, 'page-sms-phone');
    await page.getByRole('button', { name: 'Закрыть' }).tap();
  });
}

/** The first screen of a phone says where to begin. */
export async function tellBeginning({ step, page }: Stage): Promise<void> {
  await step('360 × 640: three things to begin with are seen at once, wide enough for a finger', async () => {
    await page.setViewportSize({ width: 360, height: 640 });
    await page.goto(new URL('#/', page.url()).href);
    await page.locator('#begin').waitFor();
    const labels = await page.locator('.begin-button strong').allInnerTexts();
    assert.deepEqual(labels, ['Телефон: Мария', 'Новые начисления', 'Пришёл платёж']);
    for (const button of await page.locator('.begin-button').all()) {
      const box = await button.boundingBox();
      assert(box && box.y + box.height <= 640, 'it is seen without scrolling');
    }
    const entry = await page.locator('.entry').first().boundingBox();
    assert(entry && entry.y + entry.height <= 640, 'so is the first phone');
    assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 360);
    assert.deepEqual(await smallTargets(page), []);
    await screenshot(page, 'page-begin-phone');
  });
  await step('the first opens the phone of who is in the cabinet; the town is asked before it is built anew', async () => {
    await page.locator('[data-begin="cabinet"]').tap();
    await page.locator('#chat-status', { hasText: 'телефон: Мария' }).waitFor();
    const cut =
      "['chat-name', 'chat-status'].filter((id) => document.getElementById(id).scrollWidth > document.getElementById(id).clientWidth)";
    assert.deepEqual(await page.evaluate(cut), [], 'the head of the chat is whole');
    await page.getByRole('link', { name: 'К списку чатов' }).first().tap();
    await page.getByRole('link', { name: 'Город' }).tap();
    await page.locator('#town-tips').getByText('Запустить', { exact: true }).tap();
    await page.getByText('Нажмите «Запустить» на телефоне').waitFor();
    assert.deepEqual(await smallTargets(page), []);
    await screenshot(page, 'page-town-phone');
    await page.getByRole('button', { name: 'Начать заново' }).tap();
    await page.getByRole('dialog', { name: 'Начать заново?' }).getByRole('button', { name: 'Отмена' }).tap();
    await page.setViewportSize({ width: 390, height: 844 });
  });
}
