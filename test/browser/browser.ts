import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const SCREENSHOTS = fileURLToPath(new URL('./screenshots/', import.meta.url));
const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** How long a person would wait for the bot before calling it broken. */
export const PATIENCE_MS = 15_000;

/** Chromium of `CHROMIUM_PATH`, else of the system; throws with what to install when there is none. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = process.env['CHROMIUM_PATH'] ?? PLACES.find((place) => existsSync(place));
  if (executablePath === undefined)
    throw new Error('No Chromium found. Install it (apt-get install chromium) or set CHROMIUM_PATH.');
  return chromium.launch({ executablePath, args: FLAGS });
}

const LAPTOP: BrowserContextOptions = { viewport: { width: 1280, height: 800 } };
const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  isMobile: true,
  hasTouch: true,
  deviceScaleFactor: 2,
};

export type Screen = {
  page: Page;
  /** What the page's scripts complained of; resources that did not load included. */
  complaints: string[];
  close(): Promise<void>;
};

/** A page of its own browser profile. */
export async function openScreen(
  browser: Browser,
  url: string,
  device: 'laptop' | 'phone',
  colorScheme: 'light' | 'dark' = 'light',
): Promise<Screen> {
  const context = await browser.newContext({
    ...(device === 'phone' ? PHONE : LAPTOP),
    colorScheme,
    locale: 'ru-RU',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const complaints = listenForComplaints(page);
  await page.goto(url);
  await page.locator('body:not(.loading)').waitFor();
  return { page, complaints, close: () => context.close() };
}

export function listenForComplaints(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.stack ?? error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  return complaints;
}

/** Until every photo of the chat is drawn. Asked from here again and again: a page of a strict policy does not let a script in it evaluate words. */
export async function photosAreDrawn(page: Page): Promise<void> {
  const areDrawn = "[...document.querySelectorAll('.photo img')].every((image) => image.complete && image.naturalWidth > 0)";
  for (const until = Date.now() + PATIENCE_MS; !(await page.evaluate<boolean>(areDrawn)); await page.waitForTimeout(50))
    if (Date.now() > until) throw new Error('A photo of the chat was not drawn in time');
}

export async function screenshot(page: Page, name: string): Promise<void> {
  await mkdir(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: `${SCREENSHOTS}${name}.png`, animations: 'disabled' });
}
