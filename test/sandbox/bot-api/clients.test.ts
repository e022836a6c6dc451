import { Bot, InlineKeyboard, InputFile } from 'grammy';
import { Telegraf } from 'telegraf';
import { message } from 'telegraf/filters';
import { expect, onTestFinished, test } from 'vitest';
import { openSandbox } from './sandbox-kit.ts';
import { PIXEL_PNG } from '../../kit/picture.ts';
import { waitUntil } from '../../kit/wait-for.ts';

test('a grammY bot: polling, commands, buttons, files both ways', async () => {
  const { act, upload, last, messages, apiRoot, token, ivan } = await openSandbox();
  const bot = new Bot(token, { client: { apiRoot } });
  bot.command('start', (context) =>
    context.reply(`Привет ${context.match}`, { reply_markup: new InlineKeyboard().text('Да', 'yes') }),
  );
  bot.callbackQuery('yes', async (context) => {
    await context.answerCallbackQuery('Хорошо');
    await context.editMessageText('Готово');
  });
  bot.on('message:photo', async (context) => {
    const file = await context.getFile();
    const bytes = await fetch(`${apiRoot}/file/bot${token}/${file.file_path}`);
    await context.replyWithDocument(new InputFile(new Uint8Array(await bytes.arrayBuffer()), 'back.png'));
  });
  const running = bot.start();
  onTestFinished(async () => {
    await bot.stop();
    await running;
  });
  act({ type: 'start-bot', as: ivan, payload: 'ls-7' });
  await waitUntil(() => last(ivan).text === 'Привет ls-7');
  act({ type: 'press-button', as: ivan, chatId: ivan, messageId: last(ivan).message_id, row: 0, column: 0 });
  await waitUntil(() => last(ivan).text === 'Готово');
  act({ type: 'send-file', kind: 'photo', fileId: await upload(PIXEL_PNG, 'a.png', 'image/png'), as: ivan, chatId: ivan });
  await waitUntil(() => last(ivan).document?.file_size === PIXEL_PNG.length);
  expect(messages(ivan)).toHaveLength(5);
});

test('a Telegraf bot: webhook-free polling, a keyboard, an album, an error with its words', async () => {
  const { act, last, messages, apiRoot, token, ivan } = await openSandbox();
  const bot = new Telegraf(token, { telegram: { apiRoot } });
  bot.on(message('text'), async (context) => {
    await context.replyWithMediaGroup([
      { type: 'photo', media: { source: PIXEL_PNG, filename: 'a.png' }, caption: context.message.text },
      { type: 'photo', media: { source: PIXEL_PNG, filename: 'b.png' } },
    ]);
    const problem = await context.telegram.sendMessage(5, 'я').then(
      () => 'no refusal',
      (error: Error) => error.message,
    );
    await context.reply(problem, { reply_markup: { keyboard: [[{ text: 'Да' }]], resize_keyboard: true } });
  });
  const running = bot.launch();
  onTestFinished(async () => {
    bot.stop();
    await running;
  });
  act({ type: 'send-text', as: ivan, chatId: ivan, text: 'раз' });
  await waitUntil(() => last(ivan).text === '400: Bad Request: chat not found');
  const album = messages(ivan)
    .slice(-3, -1)
    .map(({ message }) => message);
  expect(album.map(({ photo, caption }) => [photo?.length, caption])).toEqual([
    [1, 'раз'],
    [1, undefined],
  ]);
  act({ type: 'press-keyboard', as: ivan, chatId: ivan, row: 0, column: 0 });
  await waitUntil(() => messages(ivan).some(({ message }) => message.caption === 'Да'));
});
