import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { PDF, PICTURE } from '../scripted-bot.ts';
import { heard, type Stage } from './stage.ts';

/** What a phone can send besides words. */
export async function tellSending({ step, page, hands, bot }: Stage): Promise<void> {
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
      buffer: Buffer.from(PICTURE),
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
  await step('sends a picture of a meter, drawn by the page', async () => {
    await page.getByRole('button', { name: 'Прикрепить' }).click();
    await page.getByRole('menuitem', { name: 'Снимок счётчика' }).click();
    await heard(bot, (one) => one.kind === 'photo' && one.message.photo?.at(-1)?.width === 800);
    await page.locator('.line.own .photo img').last().waitFor();
  });
}

async function pick(page: Page, item: string, files: { name: string; mimeType: string; buffer: Buffer }[]): Promise<void> {
  await page.getByRole('button', { name: 'Прикрепить' }).click();
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('menuitem', { name: item }).click()]);
  await chooser.setFiles(files);
}
