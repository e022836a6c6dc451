import type { Page } from 'playwright-core';

/** A finger wants 44 px (WCAG 2.5.5); what is smaller is named. Links within words are measured by their line. */
export function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`[...document.querySelectorAll('button, a, select, textarea')]
    .filter((element) => !element.closest('.words, .unseen, .skip, .loading') && element.checkVisibility())
    .map((element) => ({ element, box: element.getBoundingClientRect() }))
    .filter(({ box }) => box.width > 0 && box.bottom > 0 && box.top < innerHeight)
    .filter(({ box }) => box.width < 43.5 || box.height < 43.5)
    .map(({ element, box }) => element.outerHTML.slice(0, 90) + ' ' + Math.round(box.width) + '×' + Math.round(box.height))`);
}

/** Everything that can be pressed or filled has a name for those who listen to the page; what has none is listed. */
export function nameless(page: Page): Promise<string[]> {
  return page.evaluate<
    string[]
  >(`[...document.querySelectorAll('button, a[href], input, select, textarea, [role=button], dialog')]
    .filter((element) => element.checkVisibility())
    .filter((element) => !(element.getAttribute('aria-label') || element.innerText?.trim() || element.title || element.labels?.[0]?.innerText.trim()))
    .map((element) => element.outerHTML.slice(0, 120))`);
}

/** WCAG AA: words that stand out from what is behind them by less than 4.5 are named. */
export function lowContrast(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`(() => {
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    const rgba = (colour) => {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
      return { red, green, blue, alpha: alpha / 255 };
    };
    const over = (top, below) => ({
      red: top.red * top.alpha + below.red * (1 - top.alpha),
      green: top.green * top.alpha + below.green * (1 - top.alpha),
      blue: top.blue * top.alpha + below.blue * (1 - top.alpha),
      alpha: 1,
    });
    const behind = (element) => {
      const layers = [];
      for (let at = element; at; at = at.parentElement) layers.push(rgba(getComputedStyle(at).backgroundColor));
      return layers.reverse().reduce((below, layer) => over(layer, below), { red: 255, green: 255, blue: 255, alpha: 1 });
    };
    const light = ({ red, green, blue }) => {
      const part = (value) => (value / 255 <= 0.03928 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
      return 0.2126 * part(red) + 0.7152 * part(green) + 0.0722 * part(blue);
    };
    const found = new Set();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement;
      if (walker.currentNode.textContent.trim() === '' || !element.checkVisibility() || element.closest('.unseen, .spoiler, noscript, script')) continue;
      const ground = behind(element);
      const ink = over(rgba(getComputedStyle(element).color), ground);
      const [more, less] = [light(ink), light(ground)].sort((one, other) => other - one);
      const ratio = (more + 0.05) / (less + 0.05);
      if (ratio < 4.5) found.add((element.id || element.className || element.tagName) + ': ' + ratio.toFixed(2));
    }
    return [...found];
  })()`);
}

/** A word on a button that goes on in its next line without a sign, as «Задолженност-ь» would, is named. */
export function tornWords(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`(() => {
    const torn = [];
    for (const button of document.querySelectorAll('.inline-button, .reply-button')) {
      const walker = document.createTreeWalker(button, NodeFilter.SHOW_TEXT);
      while (walker.nextNode())
        for (const { 0: word, index } of walker.currentNode.textContent.matchAll(/[\\p{L}\\p{N}]+/gu)) {
          const range = document.createRange();
          range.setStart(walker.currentNode, index);
          range.setEnd(walker.currentNode, index + word.length);
          if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1) torn.push(word);
        }
    }
    return torn;
  })()`);
}
