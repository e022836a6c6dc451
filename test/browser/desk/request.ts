import assert from 'node:assert/strict';
import { screenshot } from '../browser.ts';
import { choose, menuOf, sendDocument, sendMeterPhoto, writeAs } from '../menus.ts';
import type { Look } from '../resident/steps.ts';
import { PDF } from '../scripted-bot.ts';
import { openPhone, openTopic } from './places.ts';

/** A whole request: asked with a photo, taken, answered, edited, taken back, answered by a colleague, closed by hand, rated. */
export async function tellRequest(look: Look): Promise<void> {
  await tellAsking(look);
  await tellAnswers(look);
  await tellColleague(look);
  await tellClosing(look);
}

async function tellAsking({ step, page, hands }: Look): Promise<void> {
  await step('a resident asks, with a photo and in words', async () => {
    await hands.press('Обратная связь');
    await hands.press('Показания');
    await hands.hears(/Опишите вопрос/);
    await sendMeterPhoto(page);
    await page.locator('.line.own .photo img').last().waitFor();
    await hands.hears(/Отправить сотрудникам\?/);
    await hands.say('Бот не взял показание 01234, на снимке видно. <b>Почему?</b>');
    await hands.hears(/Добавили/);
    await hands.press('Отправить');
    await hands.hears(/Обращение № 1 отправлено/);
    await screenshot(page, 'desk-1-asked-laptop');
  });
  await step('a topic is there: who asks, about which account, the photo and the words as they are', async () => {
    await openTopic(page, '№ 1');
    const card = await hands.hears(/№ 1 · Показания[^]*👤/);
    assert(!card.includes('9281234567'), 'the phone is masked');
    await page.locator('#messages .line.other .photo img').last().waitFor();
    await hands.hears(/<b>Почему\?<\/b>/);
    await screenshot(page, 'desk-2-topic-laptop');
  });
}

async function tellAnswers({ step, page, hands }: Look): Promise<void> {
  await step('Ольга takes it; the title says so', async () => {
    await writeAs(page, 'Ольга');
    await hands.press('Взять в работу');
    await page.locator('#chat-name', { hasText: 'Ольга' }).waitFor();
  });
  await step('what she notes stays inside, what she answers goes out', async () => {
    await hands.say('// Сверю с ведомостью');
    await hands.say('Здравствуйте! Показание принято.\n// акт положу в папку');
    await openPhone(page, 'Иван');
    const answer = await hands.hears(/Ответ по обращению № 1[^]*Показание принято/);
    assert(!answer.includes('акт'), 'the line that begins with // is taken out');
    assert.equal(await page.locator('#messages .words', { hasText: 'ведомостью' }).count(), 0);
    await screenshot(page, 'desk-3-answer-laptop');
  });
  await step('her edit changes the answer at the resident’s', async () => {
    await openTopic(page, '№ 1');
    await menuOf(page, 'Показание принято', 'Изменить');
    await hands.say('Здравствуйте! Показание 1234 принято.');
    await openPhone(page, 'Иван');
    await page.locator('#messages .line.other .words', { hasText: 'Показание 1234 принято' }).waitFor();
  });
  await step('an answer is taken back by «Отозвать» and goes from the resident’s chat', async () => {
    await openTopic(page, '№ 1');
    await hands.say('Это я не вам, простите');
    await openPhone(page, 'Иван');
    await hands.hears(/Это я не вам/);
    await openTopic(page, '№ 1');
    await hands.press('Отозвать');
    await openPhone(page, 'Иван');
    await hands.isGone('Это я не вам');
  });
}

async function tellColleague({ step, page, hands }: Look): Promise<void> {
  await step('the resident replies to the answer; a colleague sends a file', async () => {
    await menuOf(page, 'Показание 1234 принято', 'Ответить');
    await hands.say('А справку можно?');
    await openTopic(page, '№ 1');
    await hands.hears(/А справку можно\?/);
    await writeAs(page, 'Сергей');
    await page.locator('#input').fill('Вот справка');
    await sendDocument(page, 'spravka.pdf', Buffer.from(PDF), 'application/pdf');
    await screenshot(page, 'desk-4-colleague-laptop');
    await openPhone(page, 'Иван');
    await hands.hears(/Ответ по обращению № 1[^]*Вот справка/);
    await page.locator('#messages .line.other .document-open', { hasText: 'spravka.pdf' }).last().waitFor();
  });
}

async function tellClosing({ step, page, hands }: Look): Promise<void> {
  await step('Ольга closes the topic by hand: the request is closed, the resident is told', async () => {
    await openTopic(page, '№ 1');
    await writeAs(page, 'Ольга');
    await choose(page, 'Закрыть тему');
    await openPhone(page, 'Иван');
    await hands.hears(/Обращение № 1 закрыто/);
    await hands.sees('Вернуть в работу');
  });
  await step('and rates the answer; staff see the stars', async () => {
    await hands.press('5 ⭐');
    await hands.hears(/оценка 5 из 5[^]*Напишите несколько слов/);
    await hands.say('Быстро и по делу');
    await hands.hears(/Спасибо за отзыв/);
    await screenshot(page, 'desk-5-rated-laptop');
    await openTopic(page, '№ 1');
    await hands.hears(/Оценка: 5[^]*Быстро и по делу/);
    await screenshot(page, 'desk-6-closed-laptop');
  });
}
