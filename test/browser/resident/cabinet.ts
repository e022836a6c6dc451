import assert from 'node:assert/strict';
import readQr from 'jsqr';
import type { Page } from 'playwright-core';
import { PNG } from 'pngjs';
import { PATIENCE_MS, screenshot } from '../browser.ts';
import { moveClock } from '../page/clock.ts';
import type { Look, TownAccount } from './steps.ts';

type File = { name: string; type: string; bytes: Uint8Array };

/** Documents, months and payment of one linked account. */
export async function tellCabinet(look: Look, account: TownAccount): Promise<void> {
  await tellBill(look, account);
  await tellWhy(look);
  await tellPayment(look);
}

/** The newest document of the chat: what a press opens. */
async function newestDocument(page: Page, name: RegExp): Promise<File> {
  const link = page.locator('#messages .line.other .document-open').filter({ hasText: name }).last();
  await link.waitFor();
  return fileAt(page, await link.getAttribute('href'));
}

async function newestPicture(page: Page): Promise<File> {
  return fileAt(page, await page.locator('#messages .line.other .photo img').last().getAttribute('src'));
}

async function fileAt(page: Page, address: string | null): Promise<File> {
  assert(address, 'the file has an address');
  const answer = await fetch(new URL(address, page.url()));
  assert.equal(answer.status, 200);
  const named = /filename\*=UTF-8''(.+)$/.exec(answer.headers.get('content-disposition') ?? '')?.[1] ?? '';
  const type = answer.headers.get('content-type') ?? '';
  return { name: decodeURIComponent(named), type, bytes: new Uint8Array(await answer.arrayBuffer()) };
}

async function tellBill({ step, page, hands, device }: Look, { accountNumber, due }: TownAccount): Promise<void> {
  await step('opens the payment document, a PDF under its name', async () => {
    await hands.press('Квитанция');
    await hands.sees('QR-код');
    const { name, type, bytes } = await newestDocument(page, /\.pdf/);
    assert.equal(type, 'application/pdf');
    assert.match(name, /^[\w.-]+\.pdf$/);
    const text = Buffer.from(bytes).toString('latin1');
    assert(text.startsWith('%PDF-') && text.trimEnd().endsWith('%%EOF'), 'the bytes are a PDF');
    await screenshot(page, `cabinet-1-bill-${device}`);
  });
  await step('reads the QR code as a bank’s app would', async () => {
    await hands.press('QR-код');
    await hands.hears(/QR-код для оплаты/);
    const { data, width, height } = PNG.sync.read(Buffer.from((await newestPicture(page)).bytes));
    const read = readQr.default(new Uint8ClampedArray(data), width, height)?.data ?? '';
    assert(read.startsWith('ST0001'), read);
    assert(read.includes(`|PersAcc=${accountNumber}`), read);
    assert(read.includes(`|Sum=${due?.replaceAll(/\D/g, '')}`), read);
    await screenshot(page, `cabinet-2-qr-${device}`);
  });
}

/** How many lines the chat has, and what the newest words are. */
async function newestOf(page: Page): Promise<{ lines: number; words: string }> {
  const words = await page.locator('#messages .line.other .words').last().innerText();
  return { lines: await page.locator('#messages .line[data-key]').count(), words };
}

/** A press changes the newest message in place: no new one comes. */
async function turn({ page, hands }: Look, label: string): Promise<string> {
  const before = await newestOf(page);
  await hands.press(label);
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const now = await newestOf(page);
    if (now.words !== before.words) {
      assert.equal(now.lines, before.lines, 'the message was changed in place');
      return now.words;
    }
    assert(Date.now() < until, `«${label}» changed nothing`);
    await page.waitForTimeout(50);
  }
}

async function tellWhy(look: Look): Promise<void> {
  const { step, page, hands, device } = look;
  await step('asks why it is so much, and turns the months in place', async () => {
    await hands.press('Задолженность');
    await hands.hears(/К оплате: /);
    await hands.press('Почему столько?');
    const first = await hands.hears(/октябрь 2026/);
    assert.match(await turn(look, 'Раньше'), /сентябрь 2026/);
    await screenshot(page, `cabinet-3-why-${device}`);
    assert.equal(await turn(look, 'Позже'), first);
  });
}

async function tellPayment({ step, page, hands, device }: Look): Promise<void> {
  const pay = async (card: 'good' | 'declined'): Promise<void> => {
    await page
      .locator('#messages .line')
      .filter({ has: page.locator('.invoice') })
      .last()
      .getByRole('button', { name: /Оплатить/ })
      .click();
    await page.getByRole('dialog').getByLabel('Карта').selectOption(card);
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Оплатить/ })
      .click();
  };
  await step('is asked for the whole debt by an invoice, which the bank refuses', async () => {
    await hands.press('Произвести оплату онлайн');
    await hands.press('Вся задолженность');
    await hands.press('Оплатить картой');
    await page.locator('.invoice').last().waitFor();
    await pay('declined');
    await page.locator('.toast', { hasText: 'Банк отклонил карту' }).waitFor();
    await screenshot(page, `cabinet-4-declined-${device}`);
  });
  await step('is told by the bot that the first try may yet go through', async () => {
    await pay('good');
    await page.locator('.toast', { hasText: 'уже оплачивается' }).waitFor();
  });
  await step('pays it with another card an hour later, and the payment is under way', async () => {
    await moveClock(page, /^\+1 час/);
    await pay('good');
    await hands.hears(/Оплачено: /);
    await page.locator('.invoice .paid').last().waitFor();
    await hands.press('Задолженность');
    await hands.hears(/В пути: /);
    await screenshot(page, `cabinet-5-paid-${device}`);
  });
}
