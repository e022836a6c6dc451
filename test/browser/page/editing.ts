import assert from 'node:assert/strict';
import { nameless } from '../looks.ts';
import { heard, type Stage } from './stage.ts';

/** What may be done with a message, and what the bot is seen to do. */
export async function tellEditing({ step, page, hands, bot }: Stage): Promise<void> {
  await step('edits and deletes an own message, replies to one', async () => {
    await hands.say('Опечтка');
    await hands.hears(/Вы написали: Опечтка/);
    const own = page.locator('.line.own', { hasText: 'Опечтка' }).last();
    await own.hover();
    await own.getByRole('button', { name: 'Действия с сообщением' }).click();
    await page.getByRole('menuitem', { name: 'Изменить' }).click();
    await hands.say('Опечатка');
    const edit = await heard(bot, (one) => one.kind === 'edit');
    assert.equal(edit.text, 'Опечатка');
    const answer = page.locator('.line.other', { hasText: 'Опечтка' }).last();
    await answer.hover();
    await answer.getByRole('button', { name: 'Действия с сообщением' }).click();
    await page.getByRole('menuitem', { name: 'Ответить' }).click();
    await hands.say('Это ответ');
    const reply = await heard(bot, (one) => one.text === 'Это ответ');
    assert(reply.message.reply_to_message, 'the bot gets what it answers');
    await page.locator('.line.own', { hasText: 'Это ответ' }).hover();
    await page.locator('.line.own', { hasText: 'Это ответ' }).getByRole('button', { name: 'Действия с сообщением' }).click();
    await page.getByRole('menuitem', { name: 'Удалить' }).click();
    await page.locator('.line.own', { hasText: 'Это ответ' }).waitFor({ state: 'detached' });
  });
  await step('all that can be pressed has a name', async () => assert.deepEqual(await nameless(page), []));
  await step('shows that the bot is typing', async () => {
    await hands.say('думай');
    await page.locator('#chat-status', { hasText: 'печатает' }).waitFor();
  });
}
