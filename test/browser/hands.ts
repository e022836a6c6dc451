import type { Locator, Page } from 'playwright-core';
import { PATIENCE_MS } from './browser.ts';

/** What a resident does on the page, and what is seen there. */
export type Hands = {
  say(text: string): Promise<void>;
  /** Presses the newest button with this label, under a message or below the input; an emoji may stand before the label. */
  press(label: string): Promise<void>;
  /** Waits for a button with this label. */
  sees(label: string): Promise<void>;
  /** Waits until one of the bot's newest messages holds this, and returns its words. */
  hears(words: RegExp): Promise<string>;
  /** The bot's newest message. */
  lastWords(): Promise<string>;
  /** Waits until the chat does not show this. */
  isGone(text: string): Promise<void>;
};

/** How far back an answer is looked for: the bot may say several things at once. */
const NEWEST = 4;

export function handsOn(page: Page): Hands {
  const said = page.locator('#messages .line.other[data-key]');

  /** The newest of the buttons that have the label, whatever stands before it. */
  const button = (label: string): Locator =>
    page
      .locator('#messages .inline-button, #reply-keyboard:not([hidden]) .reply-button')
      .filter({ hasText: endingWith(label) })
      .last();

  return {
    async say(text) {
      await page.locator('#input').fill(text);
      await page.locator('#send').click();
    },
    async press(label) {
      await button(label).click();
    },
    async sees(label) {
      await button(label).waitFor();
    },
    async hears(words) {
      const until = Date.now() + PATIENCE_MS;
      for (;;) {
        const newest = (await said.locator('.words').allInnerTexts()).slice(-NEWEST);
        const found = newest.toReversed().find((text) => words.test(text));
        if (found !== undefined) return found;
        if (Date.now() > until) throw new Error(`The bot did not say ${String(words)}; it said last:\n${newest.join('\n---\n')}`);
        await page.waitForTimeout(50);
      }
    },
    async lastWords() {
      return said.last().locator('.words').innerText();
    },
    async isGone(text) {
      await page.locator('#messages .words', { hasText: text }).first().waitFor({ state: 'detached' });
    },
  };
}

/** Labels are compared whole but for what is not a letter before them. */
function endingWith(label: string): RegExp {
  return new RegExp(`^[^\\p{L}\\p{N}/]*${label.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`, 'u');
}
