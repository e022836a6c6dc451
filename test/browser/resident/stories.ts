import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { openScreen, type Screen, screenshot } from '../browser.ts';
import { handsOn } from '../hands.ts';
import { isOnPhoneOf } from '../menus.ts';
import { freePort, type Program, type ProgramSettings, runCommand, startProgram } from '../program.ts';
import type { Report, Step } from '../report.ts';
import { tellCabinet } from './cabinet.ts';
import { newestDocument } from './chat.ts';
import { tellBilling, tellReadings, tellReminder } from './days.ts';
import { tellGuest } from './guest.ts';
import { accountOfTown, type Look, linkByPassword, linkBySum, readDebt, register } from './steps.ts';

/** The real program on a bare machine: from `npm start` over a registration to the debt, on both kinds of screen, and over a kill -9. */
export async function tellResidentStories(report: Report, browser: Browser, folder: string): Promise<void> {
  const settings = { DATA_DIR: folder, PORT: String(await freePort()) };
  let program: Program | undefined;
  let laptop: Screen | undefined;
  try {
    await report.story('The program on a bare machine', async (step) => {
      program = await step('starts with no settings and shows its page', () => startProgram(settings));
    });
    if (!program) return;
    const { url } = program;
    laptop = await openScreen(browser, url, 'laptop');
    const { page, complaints } = laptop;
    const hands = handsOn(page);

    let debt = '';
    const taken: string[] = [];
    await report.story('A resident on a laptop', async (step) => {
      debt = await tellLaptop({ step, page, hands, device: 'laptop' }, settings, taken);
      await step('the page’s scripts complain of nothing', async () => assert.deepEqual(complaints, []));
    });
    await report.story('A new resident on a phone', (step) => tellPhone(step, browser, url, taken));
    await report.story('After kill -9', async (step) => {
      await step('the page says that the program is away', async () => {
        await program?.kill();
        await page.locator('#offline').waitFor({ state: 'visible' });
      });
      await step('a second start has the chat', async () => {
        program = await startProgram(settings);
        await page.locator('#offline').waitFor({ state: 'hidden' });
        await page.locator('.words', { hasText: 'Чтобы увидеть подробности, нажмите на счёт' }).first().waitFor();
      });
      await step('and the links: the debt is what it was, with no new sign-in', async () => {
        assert.equal(await readDebt({ step, page, hands, device: 'laptop' }, taken[0] ?? ''), debt);
      });
      await screenshot(page, 'resident-6-after-kill-laptop');
      await step('ends in peace when it is asked to', async () => assert.equal(await program?.stop(), 0));
    });
  } finally {
    await laptop?.close();
    await program?.kill();
    // A database that was killed is still going.
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 300 });
  }
}

/** Both ways of linking, the cabinet, and the days until readings are due. Returns what the bot says of the first account's debt at the end. */
async function tellLaptop(look: Look, settings: ProgramSettings, taken: string[]): Promise<string> {
  const { step, page, hands } = look;
  await step('opens the phone of who is not in the cabinet yet', async () => {
    await page.locator('.entry.person', { hasText: 'Иван' }).click();
    await isOnPhoneOf(page, 'Иван');
  });
  await screenshot(page, 'resident-1-start-laptop');
  await register(look, 'ivan_petrov');
  await screenshot(page, 'resident-2-registered-laptop');

  const first = await accountOfTown(page, taken);
  taken.push(first.accountNumber);
  await linkBySum(look, first);
  await screenshot(page, 'resident-3-linked-laptop');
  await step('reads the debt, the sum that the town tells of', async () => {
    const words = await readDebt(look, first.accountNumber);
    assert(first.due, 'the town tells what its first account owes');
    assert(spaced(words).includes(`К оплате: ${spaced(first.due)}`), words);
  });
  await screenshot(page, 'resident-4-debt-laptop');

  await tellCabinet(look, first);
  await tellReadings(look);

  const second = await accountOfTown(page, taken);
  taken.push(second.accountNumber);
  const password = await step('the operator issues a password for another account beside the running bot', () =>
    issuePassword(second.accountNumber, settings),
  );
  await linkByPassword(look, second.accountNumber, password);
  await step('reads both debts and their total in one message', async () => {
    await readDebt(look, second.accountNumber);
    const words = await hands.hears(/Чтобы увидеть подробности/);
    assert(words.includes(first.accountNumber), words);
    assert.match(words, /Всего к оплате: |Осталось оплатить: |Платить сейчас не нужно|Задолженности нет/);
  });
  await screenshot(page, 'resident-5-two-accounts-laptop');
  await tellReminder(look, second.accountNumber);
  await tellBilling(look);
  return step('reads the debt at the end of that month', () => readDebt(look, first.accountNumber));
}

/** Sums are grouped by spaces that do not break; which ones does not matter here. */
const spaced = (text: string): string => text.replaceAll(/\s/g, ' ');

async function issuePassword(accountNumber: string, settings: ProgramSettings): Promise<string> {
  const printed = await runCommand('src/commands/issue-password.ts', [accountNumber], settings);
  const password = /\b(?=\w*[A-Za-z])[A-Za-z0-9]{10}\b/.exec(printed)?.[0];
  assert(password, `ten letters and digits are printed:\n${printed}`);
  return password;
}

async function tellPhone(step: Step, browser: Browser, url: string, taken: readonly string[]): Promise<void> {
  const screen = await openScreen(browser, url, 'phone', 'dark');
  const { page } = screen;
  const look: Look = { step, page, hands: handsOn(page), device: 'phone' };
  try {
    const comeIn = async (name: string): Promise<void> => {
      await page.getByRole('button', { name: 'Новый житель' }).click();
      await page.getByLabel('Имя').fill(name);
      await page.getByRole('button', { name: 'Создать' }).click();
      await isOnPhoneOf(page, name);
    };
    await step('comes into the town by «Новый житель»', () => comeIn('Вера'));
    await register(look);
    await screenshot(page, 'resident-2-registered-phone');
    const account = await accountOfTown(page, taken);
    await linkBySum(look, account);
    await screenshot(page, 'resident-3-linked-phone');
    await step('reads the debt', () => readDebt(look, account.accountNumber));
    await screenshot(page, 'resident-4-debt-phone');
    await step('opens the payment document, and nothing is wider than the screen', async () => {
      await look.hands.press('Квитанция');
      await look.hands.sees('QR-код');
      await newestDocument(page, /\.pdf/);
      assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 390);
      await screenshot(page, 'cabinet-1-bill-phone');
    });
    await step('another one comes, who does not sign in', async () => {
      await page.getByRole('link', { name: 'К списку чатов' }).first().click();
      await comeIn('Глеб');
    });
    await tellGuest(look, account);
    await step('the page’s scripts complain of nothing', async () => assert.deepEqual(screen.complaints, []));
  } finally {
    await screen.close();
  }
}
