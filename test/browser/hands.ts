import type { Locator, Page } from 'playwright-core';
import { PATIENCE_MS } from './browser.ts';

/** What a resident does on the page, and what is seen there. */
export type Hands = {
  say(text: string): Promise<void>;
  /** Presses the newest button with this label, under a message or below the input; an emoji may stand before the label. */
  press(label: string): Promise<void>;
  /** Waits for a button with this label. */
  sees(label: string): Promise<void>;
  /** Waits until the bot answers the last `say` or `press` with words that hold this, and returns them: the newest that do. */
  hears(words: RegExp, withinMs?: number): Promise<string>;
  /** Waits until the chat does not show this. */
  isGone(text: string): Promise<void>;
};

/** What the bot has said, as the chat shows it, with plain spaces: message number and words, oldest first. */
const SAID = `[...document.querySelectorAll('#messages .line.other[data-key] .words')]
  .map((words) => [words.closest('[data-message-id]').dataset.messageId, words.innerText.replaceAll('\\u00a0', ' ')])`;

/** @param patienceMs how long an answer may take */
export function handsOn(page: Page, patienceMs = PATIENCE_MS): Hands {
  const said = (): Promise<[string, string][]> => page.evaluate<[string, string][]>(SAID);
  /** What stood there before the last thing was done: an answer is a new message or a changed one. */
  let before = new Set<string>();
  const look = async (): Promise<void> => {
    before = new Set((await said()).map(([id, text]) => `${id} ${text}`));
  };

  /** The newest of the buttons that have the label, whatever stands before it. */
  const button = (label: string): Locator =>
    page
      .locator('#messages .inline-button, #reply-keyboard:not([hidden]) .reply-button')
      .filter({ hasText: endingWith(label) })
      .last();

  return {
    async say(text) {
      await look();
      await page.locator('#input').fill(text);
      await page.locator('#send').click();
    },
    async press(label) {
      const wanted = button(label);
      await wanted.waitFor();
      await look();
      await wanted.click();
    },
    async sees(label) {
      await button(label).waitFor();
    },
    async hears(words, withinMs = patienceMs) {
      const until = Date.now() + withinMs;
      for (;;) {
        const answers = (await said()).filter(([id, text]) => !before.has(`${id} ${text}`)).map(([, text]) => text);
        const found = answers.toReversed().find((text) => words.test(text) || words.test(text.replaceAll('ё', 'е')));
        if (found !== undefined) return found;
        if (Date.now() > until) throw new Error(`The bot did not answer ${String(words)}, but:\n${answers.join('\n---\n')}`);
        await page.waitForTimeout(50);
      }
    },
    async isGone(text) {
      await page.locator('#messages .words', { hasText: text }).first().waitFor({ state: 'detached' });
    },
  };
}

/** Labels are compared whole but for what is not a letter before them; е and ё are one. */
function endingWith(label: string): RegExp {
  const letters = label.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(/[её]/g, '[её]');
  return new RegExp(`^[^\\p{L}\\p{N}/]*${letters.replaceAll(' ', '\\s')}\\s*$`, 'u');
}
