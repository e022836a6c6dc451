import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { photosAreDrawn, screenshot } from '../browser.ts';
import { PDF } from '../scripted-bot.ts';
import { heard, type Stage } from './stage.ts';

/** What a bot can send besides words, and invoices. */
export async function tellMedia({ step, page, hands, bot }: Stage): Promise<void> {
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
    await photosAreDrawn(page);
    await screenshot(page, 'page-media-laptop');
  });
  await step('opens a picture larger, and whole again', async () => {
    await hands.say('график');
    await page.locator('.photo img').last().click();
    const picture = page.getByRole('dialog', { name: 'Фотография' }).locator('img');
    const whole = (await picture.boundingBox())?.width ?? 0;
    await page.getByRole('button', { name: 'Крупнее' }).click();
    assert(((await picture.boundingBox())?.width ?? 0) > whole * 1.4);
    await page.getByRole('button', { name: 'Целиком' }).click();
    assert.equal((await picture.boundingBox())?.width, whole);
    await page.getByRole('button', { name: 'Закрыть' }).click();
  });
  await step('shows what an invoice is made of, pays it, and not with a card that the bank refuses', async () => {
    await hands.say('счёт');
    const invoice = page.locator('.line', { hasText: 'Оплата ЖКУ' }).last();
    await invoice.locator('.price', { hasText: 'Холодная вода' }).waitFor();
    await screenshot(page, 'page-invoice-laptop');
    const pay = invoice.getByRole('button', { name: /^Оплатить 1.234,56/ });
    const sheet = page.getByRole('dialog');
    await pay.click();
    await sheet.getByLabel('Карта').selectOption('declined');
    await screenshot(page, 'page-pay-laptop');
    await sheet.getByRole('button', { name: 'Оплатить' }).click();
    await page.locator('.toast', { hasText: 'Банк отклонил карту' }).waitFor();
    await pay.click();
    await sheet.getByRole('button', { name: 'Оплатить' }).click();
    await page.locator('.toast', { hasText: 'Оплата прошла' }).waitFor();
    await heard(bot, (one) => one.kind === 'paid');
    await page.locator('.service', { hasText: 'Оплачено: 1' }).waitFor();
    assert.equal(bot.heard.filter((one) => one.kind === 'paid').length, 1);
    await invoice.locator('.paid', { hasText: 'Оплачено' }).waitFor();
  });
  await step('is told when the bot refuses a payment', async () => {
    await hands.say('старый');
    const invoice = page.locator('.line', { hasText: 'Старый счёт' }).last();
    await invoice.locator('.primary').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Оплатить' }).click();
    await page.locator('.toast', { hasText: 'Счёт уже закрыт' }).waitFor();
  });
}
