import { screenshot } from '../browser.ts';
import type { Look, TownAccount } from './steps.ts';

/** Without registration: the link on paper opens an account, its sum is typed and paid. */
export async function tellGuest({ step, page, hands, device }: Look, { accountNumber }: TownAccount): Promise<void> {
  /** A button under a message: the menu below the input has the same label. */
  const inChat = (label: string) => page.locator('#messages .inline-button', { hasText: label }).last();

  await step('opens the link that is printed on paper, and sees the address without the flat', async () => {
    if (device === 'phone') await page.getByRole('link', { name: 'К списку чатов' }).first().click();
    await page
      .getByRole('link', { name: 'Город' })
      .or(page.getByRole('tab', { name: 'Город' }))
      .locator('visible=true')
      .first()
      .click();
    await page.locator(`[data-link="${accountNumber}"]`).click();
    const words = await hands.hears(new RegExp(accountNumber));
    if (/кв\. \d/.test(words)) throw new Error(`the flat is told to a stranger:\n${words}`);
    await inChat('Передать показания счётчиков').waitFor();
    await screenshot(page, `guest-1-paper-link-${device}`);
  });
  await step('pays a sum that he types, with an address for the receipt', async () => {
    await inChat('Произвести оплату онлайн').click();
    await hands.hears(/Напишите сумму в рублях/);
    await hands.say('150,50');
    await hands.press('Оплатить картой');
    await page.getByRole('button', { name: /^Оплатить 150,50/ }).click();
    const sheet = page.getByRole('dialog');
    await sheet.getByLabel('Почта для чека').fill('gleb@example.org');
    await screenshot(page, `guest-2-pay-${device}`);
    await sheet.getByRole('button', { name: /^Оплатить/ }).click();
    await hands.hears(/Оплачено: /);
    await screenshot(page, `guest-3-paid-${device}`);
  });
}
