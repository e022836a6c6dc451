/**
 * `npm run pictures`: the pictures of the README, taken of the real page: `docs/sandbox.webp` (a laptop) and `docs/sandbox-phone.webp` (a moving
 * one, of a phone). `-- chapters FOLDER` takes every chapter of a resident at three sizes instead, to be looked at.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { passableFolder } from '../kit/passable-folder.ts';
import { animatedWebp, type Frame } from './animated-webp.ts';
import { openBrowser } from './browser.ts';
import { type Hands, handsOn } from './hands.ts';
import { freePort, startProgram } from './program.ts';

const DOCS = fileURLToPath(new URL('../../docs/', import.meta.url));
/** A machine that is busy draws late. */
const PATIENCE_MS = 600_000;
/** What has come is drawn and at rest. */
const REST_MS = 900;
/** A payment document is drawn first. */
const PAPER_MS = 5000;
/** In README nobody looks at more bytes. */
const MOST_BYTES = 2 * 1024 * 1024;

const LAPTOP = { width: 1280, height: 800 };
const PHONE = { width: 360, height: 640 };
const SIZES = [PHONE, { width: 390, height: 844 }, { width: 1440, height: 900 }] as const;

/** The sections of the menu, but for the way out: three sizes look at one cabinet. */
const CHAPTERS = [
  'Меню',
  'Задолженность',
  'Квитанция',
  'Передать показания счетчиков',
  'Произвести оплату онлайн',
  'Обратная связь',
  'Контакты',
  'История начислений и платежей',
  'Детализация за период',
  'Мои лицевые счета',
  'Подключить лицевой счет',
  'Настройки',
];

type Size = { width: number; height: number };

const USAGE = `npm run pictures                      the pictures of the README, anew: docs/sandbox.webp, docs/sandbox-phone.webp
npm run pictures -- chapters FOLDER   every chapter of a resident at three sizes, to be looked at`;

const [what, folder] = process.argv.slice(2);
if (what !== undefined && what !== 'chapters') {
  console.log(USAGE);
  process.exit(what === '--help' ? 0 : 2);
}
const dataDir = await passableFolder('pictures-');
const browser = await openBrowser();
const program = await startProgram({ DATA_DIR: dataDir, PORT: String(await freePort()) }, PATIENCE_MS);
try {
  await moveIn(browser, program.url);
  if (what === 'chapters') for (const size of SIZES) await takeChapters(browser, program.url, size, folder ?? 'screenshots');
  else {
    await takePhone(browser, program.url);
    await takeLaptop(browser, program.url);
  }
} finally {
  await browser.close();
  await program.kill();
  await rm(dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 300 });
}

/** Waits for the first resident to be in the cabinet. */
async function moveIn(given: Browser, url: string): Promise<void> {
  const page = await openPage(given, url, LAPTOP);
  await page.locator('[data-begin="cabinet"]', { hasText: 'уже в кабинете' }).waitFor({ timeout: 10 * 60_000 });
  await page.context().close();
}

async function openPage(given: Browser, url: string, size: Size): Promise<Page> {
  const isPhone = size.width < 720;
  const context = await given.newContext({
    viewport: size,
    isMobile: isPhone,
    hasTouch: isPhone,
    locale: 'ru-RU',
    colorScheme: 'light',
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  await page.goto(url);
  await page.locator('body:not(.loading)').waitFor();
  return page;
}

/** The cabinet beside the town, with a payment document. */
async function takeLaptop(given: Browser, url: string): Promise<void> {
  const page = await openPage(given, url, LAPTOP);
  const hands = handsOn(page, PATIENCE_MS);
  await openBill(page, hands);
  await page.waitForTimeout(REST_MS);
  await writeFile(join(DOCS, 'sandbox.webp'), await stillOf(page, await page.screenshot(), 0.82));
  await page.context().close();
}

/** From the first screen to a notice of new charges. */
async function takePhone(given: Browser, url: string): Promise<void> {
  const page = await openPage(given, url, PHONE);
  const hands = handsOn(page, PATIENCE_MS);
  const frames: Frame[] = [];
  const take = async (durationMs: number): Promise<void> => {
    await page.waitForTimeout(REST_MS);
    frames.push({ still: await stillOf(page, await page.screenshot(), 0.7), durationMs });
  };
  await take(2600);
  await page.locator('[data-begin="cabinet"]').tap();
  await take(2600);
  await hands.press('Задолженность');
  await hands.hears(/\d,\d\d/);
  await take(2800);
  await openBill(page, hands);
  await take(2600);
  await page.getByRole('link', { name: 'К списку чатов' }).first().tap();
  await page.locator('[data-begin="charges"]').tap();
  await take(1400);
  await hands.hears(/Новые начисления/);
  await take(3400);
  const picture = animatedWebp(frames, PHONE);
  if (picture.length > MOST_BYTES) throw new Error(`the moving picture has ${picture.length} bytes`);
  await writeFile(join(DOCS, 'sandbox-phone.webp'), picture);
  console.log(`${frames.length} frames, ${picture.length} bytes`);
  await page.context().close();
}

/** Every section of the menu as it begins, the list, the town. */
async function takeChapters(given: Browser, url: string, size: Size, into: string): Promise<void> {
  await mkdir(into, { recursive: true });
  const page = await openPage(given, url, size);
  const name = (chapter: string): string => join(into, `${size.width}x${size.height}-${chapter}.png`);
  await page.screenshot({ path: name('00-list') });
  if (size.width < 720) {
    await page.getByRole('link', { name: 'Город' }).tap();
    await page.screenshot({ path: name('01-town') });
    await page.goBack();
    await page.locator('[data-begin="cabinet"]').tap();
  }
  await page.waitForTimeout(REST_MS);
  await page.screenshot({ path: name('02-cabinet') });
  const hands = handsOn(page, PATIENCE_MS);
  for (const [index, chapter] of CHAPTERS.entries()) {
    await sayAndHear(page, hands, chapter);
    const place = `${String(index + 3).padStart(2, '0')}-${chapter}`;
    await page.screenshot({ path: name(place) });
    if (await openFirstAccount(page)) await page.screenshot({ path: name(`${place}, счёт`) });
  }
  await page.context().close();
}

/** Whether a chapter asks which account, as it does who has two: the first one is chosen. */
async function openFirstAccount(page: Page): Promise<boolean> {
  const newest = page.locator('#messages .line').last();
  if (!/По какому|Какой открыть|Что оплатить|нажмите на счёт/.test((await newest.innerText()).replaceAll('\u00a0', ' ')))
    return false;
  await newest
    .locator('.inline-button', { hasText: /кв\. \d/ })
    .first()
    .click();
  await page.waitForTimeout(PAPER_MS);
  return true;
}

async function sayAndHear(page: Page, hands: Hands, words: string): Promise<void> {
  await hands.say(words);
  await hands.hears(/\S/);
  await page.waitForTimeout(2 * REST_MS);
}

/** A new payment document, of the first account where the bot asks which. */
async function openBill(page: Page, hands: Hands): Promise<void> {
  const documents = page.locator('#messages .document-open');
  const before = await documents.count();
  await hands.press('Квитанция');
  const words = await hands.hears(/По какому|Квитанция за/);
  if (words.includes('По какому')) await page.locator('#messages .line').last().locator('.inline-button').first().click();
  await documents.nth(before).waitFor();
}

/** A screenshot as a still WebP: the browser is its encoder. */
async function stillOf(page: Page, png: Buffer, quality: number): Promise<Buffer> {
  const draw = await page.context().newPage();
  try {
    const encoded = await draw.evaluate<string>(`(async () => {
      const image = new Image();
      image.src = 'data:image/png;base64,${png.toString('base64')}';
      await image.decode();
      const canvas = Object.assign(document.createElement('canvas'), { width: image.naturalWidth, height: image.naturalHeight });
      canvas.getContext('2d', { alpha: false }).drawImage(image, 0, 0);
      return canvas.toDataURL('image/webp', ${quality});
    })()`);
    return Buffer.from(encoded.slice(encoded.indexOf(',') + 1), 'base64');
  } finally {
    await draw.close();
  }
}
