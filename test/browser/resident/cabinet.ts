import assert from 'node:assert/strict';
import readQr from 'jsqr';
import { PNG } from 'pngjs';
import readWorkbook from 'read-excel-file/node';
import { screenshot } from '../browser.ts';
import { moveClock } from '../page/clock.ts';
import { newestDocument, newestPicture, turn } from './chat.ts';
import type { Look, TownAccount } from './steps.ts';

/** Documents, months and payment of the one account that is linked. */
export async function tellCabinet(look: Look, account: TownAccount): Promise<void> {
  await tellBill(look, account);
  await tellWhy(look);
  await tellHistory(look);
  await tellDetails(look, account);
  await tellPayment(look);
}

async function tellBill({ step, page, hands, device }: Look, { accountNumber, due }: TownAccount): Promise<void> {
  await step('opens the payment document, a PDF under its name', async () => {
    await hands.press('Квитанция');
    await hands.sees('QR-код');
    const { name, type, bytes } = await newestDocument(page, /\.pdf/);
    assert.equal(type, 'application/pdf');
    assert.match(name, /^Квитанция \d+ \p{L}+ \d{4}\.pdf$/u);
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

async function tellWhy(look: Look): Promise<void> {
  const { step, page, hands, device } = look;
  await step('asks why it is so much, and turns the months in place', async () => {
    await hands.press('Задолженность');
    await hands.hears(/К оплате: /);
    await hands.press('Почему столько?');
    const first = await hands.hears(/За октябрь 2026 начислено/);
    assert.match(await turn(look, 'Раньше'), /За сентябрь 2026 начислено/);
    await screenshot(page, `cabinet-3-why-${device}`);
    assert.equal(await turn(look, 'Позже'), first);
  });
}

async function tellHistory(look: Look): Promise<void> {
  const { step, page, hands, device } = look;
  await step('turns the months of the history in place', async () => {
    await hands.press('История начислений и платежей');
    const newest = await hands.hears(/Начислен/);
    const earlier = await turn(look, 'Раньше');
    assert.match(earlier, /Начислено: /);
    assert.notEqual(earlier, await turn(look, 'Раньше'));
    await screenshot(page, `cabinet-4-history-${device}`);
    assert.equal(await turn(look, 'Позже'), earlier);
    assert.equal(await turn(look, 'Позже'), newest);
  });
  await step('looks at the chart of twelve months, and larger', async () => {
    await hands.press('График за 12 месяцев');
    await hands.hears(/ноябрь 2025 — октябрь 2026[^]*Начислено: /);
    const { width, height } = PNG.sync.read(Buffer.from((await newestPicture(page)).bytes));
    assert(width >= 800 && height >= 500, `the picture is ${width} × ${height}`);
    await screenshot(page, `cabinet-5-chart-${device}`);
    await page.locator('#messages .photo').last().click();
    await page.getByRole('dialog', { name: 'Фотография' }).waitFor();
    await screenshot(page, `cabinet-6-chart-large-${device}`);
    await page.getByRole('button', { name: 'Закрыть' }).click();
  });
}

async function tellDetails({ step, page, hands, device }: Look, { accountNumber }: TownAccount): Promise<void> {
  await step('fetches the detail of two months as a spreadsheet', async () => {
    await hands.press('Детализация за период');
    await hands.hears(/С какого месяца/);
    await hands.say('09.2026');
    await hands.hears(/По какой/);
    await hands.press('октябрь 2026');
    await hands.hears(/По месяцам/);
    await screenshot(page, `cabinet-7-details-${device}`);
    await hands.press('Скачать XLSX');
    await hands.hears(/Файл открывается в Excel/);
    const { name, type, bytes } = await newestDocument(page, /\.xlsx/);
    assert.match(name, /^Детализация \d+ .+\.xlsx$/u);
    assert.match(type, /spreadsheetml|octet-stream/);
    const cells = (await readWorkbook(Buffer.from(bytes))).flatMap(({ data }) => data.flat());
    assert(cells.includes(accountNumber), 'the spreadsheet names the account');
    assert(cells.filter((cell) => typeof cell === 'number').length > 10, 'its numbers are numbers');
  });
}

async function tellPayment({ step, page, hands, device }: Look): Promise<void> {
  const pay = async (card: 'good' | 'declined'): Promise<void> => {
    const invoice = page
      .locator('#messages .line')
      .filter({ has: page.locator('.invoice') })
      .last();
    await invoice.getByRole('button', { name: /Оплатить/ }).click();
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
    await screenshot(page, `cabinet-8-declined-${device}`);
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
    await screenshot(page, `cabinet-9-paid-${device}`);
  });
}
