import type { Page } from 'playwright-core';

/** Whose hands the page is in the open group. */
export async function writeAs(page: Page, name: string): Promise<void> {
  const options = await page.locator('#viewer-select option').allInnerTexts();
  const index = options.findIndex((one) => one.startsWith(name));
  if (index < 0) throw new Error(`${name} is not in the group: ${options.join(', ')}`);
  await page.locator('#viewer-select').selectOption({ index });
}

/** Waits until the open chat with the bot is on this person's phone. */
export const isOnPhoneOf = (page: Page, name: string): Promise<void> =>
  page.locator('#chat-status', { hasText: `телефон: ${name}` }).waitFor();

/** Walks the menus of the open chat. */
export async function choose(page: Page, ...items: string[]): Promise<void> {
  await page.getByRole('button', { name: 'Действия с чатом' }).click();
  for (const item of items) await page.getByRole('menuitem', { name: item }).click();
}

/** Walks the menus of the newest message with these words. */
export async function menuOf(page: Page, words: string | RegExp, ...items: string[]): Promise<void> {
  const line = page.locator('#messages .line', { hasText: words }).last();
  await line.hover();
  await line.getByRole('button', { name: 'Действия с сообщением' }).click();
  for (const item of items) await page.getByRole('menuitem', { name: item }).click();
}

/** Sends a file of the reader's own machine, as a document. */
export async function sendDocument(page: Page, name: string, bytes: Buffer, mimeType: string): Promise<void> {
  await page.getByRole('button', { name: 'Прикрепить' }).click();
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('menuitem', { name: 'Файл', exact: true }).click(),
  ]);
  await chooser.setFiles([{ name, mimeType, buffer: bytes }]);
}

/** A picture of a meter that the page draws. */
export async function sendMeterPhoto(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Прикрепить' }).click();
  await page.getByRole('menuitem', { name: 'Снимок счётчика' }).click();
}
