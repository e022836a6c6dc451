import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { typedSteps } from '../../kit/chat/typed.ts';
import type { Hands } from '../hands.ts';
import type { Step } from '../report.ts';

/** How the page is looked at: beside the chat stand SMS and town on a laptop, they are panes of their own on a phone. */
export type Look = { step: Step; page: Page; hands: Hands; device: 'laptop' | 'phone' };

const PASSWORD = 'Primorsk_2026';

/** Points 2 to 6 of the instruction: from /start to a login (the phone where none is given), with the code out of the SMS on the page. */
export async function register({ step, page, hands, device }: Look, login?: string): Promise<void> {
  await step('presses «Запустить» and is greeted', async () => {
    await page.getByRole('button', { name: 'Запустить' }).click();
    await hands.hears(/Здравствуйте/);
    await hands.sees('Регистрация');
  });
  await step('reads the consent and gives it', async () => {
    await hands.press('Регистрация');
    await hands.hears(/ч\. 16 ст\. 155 ЖК РФ/);
    await hands.press('Даю согласие');
    await hands.hears(/Придумайте логин/);
  });
  await step('gives a login, the own phone and what else is asked for', async () => {
    for (const { does, words, answer } of typedSteps('# после: identity/registration/happy с «ivan» до «tramvai-9»', '')) {
      if (does === 'share') {
        await hands.press('Поделиться номером');
        await page.getByRole('dialog').getByRole('button', { name: 'Поделиться' }).click();
      } else if (words !== 'ivan') await hands[does](words);
      else if (login === undefined) await hands.press('Логин — мой телефон');
      else await hands.say(login);
      await hands.hears(new RegExp(answer));
    }
  });
  await step('types the password twice, and it is gone from the chat', async () => {
    await hands.say(PASSWORD);
    await hands.hears(/Повторите пароль/);
    await hands.isGone(PASSWORD);
    await hands.say(PASSWORD);
    await hands.sees('Зарегистрироваться');
    await hands.isGone(PASSWORD);
  });
  await step('presses «Зарегистрироваться», puts the code of the SMS in, and is signed in', async () => {
    await hands.press('Зарегистрироваться');
    await hands.hears(/придёт SMS с кодом/);
    const place = device === 'laptop' ? page.locator('#panel-sms') : page.locator('.sms-banner');
    await place
      .getByRole('button', { name: /Вставить код \d{6}/ })
      .first()
      .click();
    const code = await page.locator('#input').inputValue();
    assert.match(code, /^\d{6}$/);
    await page.locator('#send').click();
    await hands.hears(/Вы зарегистрированы/);
    await hands.isGone(code);
  });
}

/** An account as the page's town tells of it: what a press puts into the message, and what is said to be owed. */
export type TownAccount = { accountNumber: string; sum: string; due: string | undefined };

const TOLD = `[...document.querySelectorAll('.account')].map((card) => ({
  note: card.querySelector('.account-note').innerText,
  inserts: [...card.querySelectorAll('[data-insert]')].map((chip) => chip.dataset.insert),
}))`;

/** An account of the town whose last payments are no multiple of 50 ₽, which alone is a proof; `taken` ones are left out. */
export async function accountOfTown(page: Page, taken: readonly string[]): Promise<TownAccount> {
  await page.locator('.account').first().waitFor({ state: 'attached' });
  for (const { note, inserts } of await page.evaluate<{ note: string; inserts: string[] }[]>(TOLD)) {
    const [accountNumber, sum] = inserts;
    if (accountNumber === undefined || sum === undefined || taken.includes(accountNumber)) continue;
    if (!/^\d+,\d\d$/.test(sum) || Number(sum.replace(',', '')) % 5000 === 0) continue;
    return { accountNumber, sum, due: /к оплате (.*\d,\d\d)/.exec(note)?.[1] };
  }
  throw new Error('The town tells of no such account');
}

/** Point 9.1: number and sum, both taken from the town by a press, then «Подключить». */
export async function linkBySum({ step, page, hands, device }: Look, account: TownAccount): Promise<void> {
  const take = async (text: string): Promise<void> => {
    if (device === 'laptop') await page.getByRole('tab', { name: 'Город' }).click();
    else {
      await page.getByRole('link', { name: 'К списку чатов' }).first().click();
      await page.getByRole('link', { name: 'Город' }).click();
    }
    await page.locator(`[data-account="${account.accountNumber}"] [data-insert="${text}"]`).click();
    await page.locator('#send').click();
  };
  await step('links an account by the sum of the last payments', async () => {
    await hands.press('Подключить лицевой счёт');
    await hands.press('По сумме последних платежей');
    await hands.hears(/Напишите номер лицевого счёта/);
    await take(account.accountNumber);
    await hands.hears(/Напишите сумму всех платежей/);
    await take(account.sum);
    await hands.hears(/Адрес: /);
    await hands.press('Подключить');
    await hands.hears(/Лицевой счёт подключён/);
  });
}

/** Point 9.2: number and the password that was issued, which is gone from the chat at once. */
export async function linkByPassword({ step, hands }: Look, accountNumber: string, password: string): Promise<void> {
  await step('links another account by the password from a payment point', async () => {
    await hands.press('Подключить лицевой счёт');
    // An older message may have the same button.
    await hands.hears(/двумя способами/);
    await hands.press('По паролю из пункта приёма платежей');
    await hands.hears(/Напишите номер лицевого счёта/);
    await hands.say(accountNumber);
    await hands.hears(/Напишите пароль к лицевому счёту/);
    await hands.say(password);
    await hands.hears(/Адрес: /);
    await hands.isGone(password);
    await hands.press('Подключить');
    await hands.hears(new RegExp(`Лицевой счёт подключён[^]*${accountNumber}`));
  });
}

/** «Задолженность» tells of this account; its words, of several accounts its line. */
export async function readDebt({ hands }: Look, accountNumber: string): Promise<string> {
  await hands.say('Задолженность');
  const words = await hands.hears(new RegExp(`${accountNumber}[^]*(\\d,\\d\\d|Задолженности нет|долга нет)`));
  return words.split('\n').find((line) => line.startsWith('•') && line.includes(accountNumber)) ?? words;
}
