import type { Page } from 'playwright-core';
import { isOnPhoneOf } from '../menus.ts';
import { moveTo } from '../resident/days.ts';

/** The phone of a resident or of a colleague. */
export async function openPhone(page: Page, name: string): Promise<void> {
  await page.locator('.entry.person', { hasText: name }).first().click();
  await isOnPhoneOf(page, name);
}

/** The topic whose title holds this, wherever it stands in the list. */
export async function openTopic(page: Page, title: string | RegExp): Promise<void> {
  const topic = page.locator('.entry.topic', { hasText: title }).first();
  const closed = page.getByRole('button', { name: 'Закрытые темы', expanded: false });
  await topic.or(closed).first().waitFor();
  if ((await topic.count()) === 0) await closed.click();
  await topic.click();
  await page.locator('#chat-name', { hasText: title }).waitFor();
}

export async function openGroup(page: Page): Promise<void> {
  await page.locator('.entry.group').first().click();
}

/** The next Wednesday, ten in the morning: neither night nor lunch, whatever day it is on this machine. */
export async function moveToWorkingHours(page: Page): Promise<void> {
  const now = new Date();
  const days = ((3 - now.getUTCDay() + 6) % 7) + 1;
  const day = new Date(now.getTime() + days * 86_400_000);
  await moveTo(page, day.toISOString().slice(0, 10), '10:00');
}
