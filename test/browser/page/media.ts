import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { screenshot } from '../browser.ts';
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
    const isDrawn = "[...document.querySelectorAll('.photo img')].every((image) => image.complete && image.naturalWidth > 0)";
    await page.waitForFunction(isDrawn);
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
}
