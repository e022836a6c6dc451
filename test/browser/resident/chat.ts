import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { PATIENCE_MS } from '../browser.ts';
import type { Look } from './steps.ts';

export type ChatFile = { name: string; type: string; bytes: Uint8Array };

/** The newest document of the chat that has such a name: what a press opens. */
export async function newestDocument(page: Page, name: RegExp): Promise<ChatFile> {
  const link = page.locator('#messages .line.other .document-open').filter({ hasText: name }).last();
  await link.waitFor();
  return fileAt(page, await link.getAttribute('href'));
}

export async function newestPicture(page: Page): Promise<ChatFile> {
  return fileAt(page, await page.locator('#messages .line.other .photo img').last().getAttribute('src'));
}

async function fileAt(page: Page, address: string | null): Promise<ChatFile> {
  assert(address, 'the file has an address');
  const answer = await fetch(new URL(address, page.url()));
  assert.equal(answer.status, 200);
  const named = /filename\*=UTF-8''(.+)$/.exec(answer.headers.get('content-disposition') ?? '')?.[1] ?? '';
  const type = answer.headers.get('content-type') ?? '';
  return { name: decodeURIComponent(named), type, bytes: new Uint8Array(await answer.arrayBuffer()) };
}

/** How many lines the chat has, and what the bot's newest words are. */
async function newestOf(page: Page): Promise<{ lines: number; words: string }> {
  const words = (await page.locator('#messages .line.other .words').last().innerText()).replaceAll('\u00a0', ' ');
  return { lines: await page.locator('#messages .line[data-key]').count(), words };
}

/** A press that changes the newest message in place, with no new one; the words that it has then. */
export async function turn({ page, hands }: Look, label: string): Promise<string> {
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
