import assert from 'node:assert/strict';
import { photosAreDrawn, screenshot } from '../browser.ts';
import { sendDocument } from '../menus.ts';
import { moveClock } from '../page/clock.ts';
import { newestDocument } from '../resident/chat.ts';
import { accountOfTown, type Look, linkByPassword } from '../resident/steps.ts';
import { openGroup, openPhone } from './places.ts';

/** What a colleague does in the own chat with the bot: a password against papers, a registry, an announcement. */
export async function tellPrivate(look: Look, taken: string[]): Promise<void> {
  const { page } = look;
  const { accountNumber } = await accountOfTown(page, taken);
  taken.push(accountNumber);
  await tellPassword(look, accountNumber);
  await tellRegistry(look, accountNumber);
  await tellAnnouncement(look);
}

async function tellPassword(look: Look, accountNumber: string): Promise<void> {
  const { step, page, hands } = look;
  const password = await step('Ольга issues a password against papers: a slip as PDF, the password in its caption', async () => {
    await openPhone(page, 'Ольга');
    await page.getByRole('button', { name: 'Запустить' }).click();
    await hands.press('Выдать пароль');
    await hands.say(accountNumber);
    await hands.hears(/Отметьте документы/);
    for (const paper of ['Паспорт', 'Платёжный документ', 'ФИО и адрес совпадают']) await hands.press(paper);
    await hands.press('Выдать');
    const caption = await hands.hears(/Пароль: \w{10}/);
    const { type, bytes } = await newestDocument(page, /\.pdf/);
    assert.equal(type, 'application/pdf');
    assert(Buffer.from(bytes).toString('latin1').startsWith('%PDF-'));
    await screenshot(page, 'desk-10-password-laptop');
    return /Пароль: (\w{10})/.exec(caption)?.[1] ?? '';
  });
  await openPhone(page, 'Иван');
  await linkByPassword(look, accountNumber, password);
  await step('after ten minutes the slip is gone from her chat', async () => {
    await moveClock(page, /^\+1 час/);
    await openPhone(page, 'Ольга');
    await hands.isGone(password);
  });
}

const CHARGES = 'ЛС;Период;Услуга;Входящее сальдо;Начислено;К оплате';

async function tellRegistry({ step, page, hands }: Look, accountNumber: string): Promise<void> {
  await step('she sends a registry: what is in it is told first, «Провести» brings it in, refused rows come back', async () => {
    await hands.press('Загрузить реестр');
    await hands.hears(/Пришлите файл реестра/);
    const rows = [CHARGES, `${accountNumber};11.2026;Отопление;0,00;1234,50;1234,50`, '000;11.2026;Отопление;0,00;1,00;1,00'];
    await sendDocument(page, 'november.csv', Buffer.from(rows.join('\r\n')), 'text/csv');
    await hands.hears(/Это проверка[^]*отклонённых 1/);
    await screenshot(page, 'desk-11-registry-laptop');
    await hands.press('Провести');
    await hands.hears(/Проведено/);
    await newestDocument(page, /refused\.csv/);
    await screenshot(page, 'desk-12-applied-laptop');
  });
}

/** Where the accounts are that the page offers first. */
const STREET = 'г. Приморск-на-Миусе, ул. Лоцманская';

async function tellAnnouncement({ step, page, hands }: Look): Promise<void> {
  await step('a colleague who is no senior is told so; the senior announces to a street, after a look at it', async () => {
    await openPhone(page, 'Марина');
    await page.getByRole('button', { name: 'Запустить' }).click();
    await hands.press('Объявление');
    await hands.hears(/отправляет старший сотрудник/);
    await openPhone(page, 'Ольга');
    await hands.press('Объявление');
    await hands.press('Улица');
    await hands.say('лоцманск');
    await hands.press(STREET);
    await hands.say('26 ноября с 10 до 15 не будет горячей воды.');
    await hands.hears(/Получателей: 1/);
    await screenshot(page, 'desk-13-preview-laptop');
    await hands.press('Отправить');
    await hands.hears(/Объявление № 1 отправлено[^]*Доставлено: 1/);
  });
  await step('it comes to who lives there, and staff have the report', async () => {
    await openPhone(page, 'Иван');
    await hands.hears(/Объявление[^]*не будет горячей воды/);
    await openGroup(page);
    await hands.hears(/Объявление № 1 отправлено[^]*Ольга/);
  });
  await step('/stats in the group is a picture of how the desk does', async () => {
    await hands.say('/stats');
    await page.locator('#messages .line.other .photo img').last().waitFor();
    await photosAreDrawn(page);
    await screenshot(page, 'desk-14-stats-laptop');
  });
}
