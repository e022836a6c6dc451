import { crc32, deflateSync } from 'node:zlib';
import { Bot, InlineKeyboard, InputFile, Keyboard } from 'grammy';
import type { Message } from 'grammy/types';

/** A PDF of nothing, as small as one may be. */
export const PDF = new TextEncoder().encode('%PDF-1.1\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');

/** A red square of 64 × 64 pixels. */
export const PICTURE = redSquare(64);

/** PNG, eight bits of red, green and blue. */
function redSquare(side: number): Uint8Array {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const frame = Buffer.alloc(body.length + 8);
    frame.writeUInt32BE(data.length, 0);
    body.copy(frame, 4);
    frame.writeUInt32BE(crc32(body), body.length + 4);
    return frame;
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(side * 3, Buffer.from([200, 40, 40]))]);
  const pixels = deflateSync(Buffer.concat(Array.from({ length: side }, () => row)));
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))]);
}

export type ScriptedBot = {
  /** What came, newest last. */
  heard: {
    kind: 'text' | 'edit' | 'contact' | 'photo' | 'sticker' | 'voice' | 'location' | 'document' | 'paid';
    from: string;
    text: string;
    threadId: number;
    message: Message;
  }[];
  say(chatId: number, text: string): Promise<number>;
  newTopic(chatId: number, name: string): Promise<number>;
  /** What stands in the empty chat. */
  describe(text: string): Promise<unknown>;
  stop(): Promise<void>;
};

/** A bot that does on request everything that a page has to show; only for these tests. */
export async function startScriptedBot(apiRoot: string, token: string): Promise<ScriptedBot> {
  const bot = new Bot(token, { client: { apiRoot } });
  const heard: ScriptedBot['heard'] = [];
  const hear = (kind: ScriptedBot['heard'][number]['kind'], message: Message): void => {
    const from = message.sender_chat?.title ?? message.from?.first_name ?? '';
    heard.push({ kind, from, text: message.text ?? message.caption ?? '', threadId: message.message_thread_id ?? 0, message });
  };
  bot.catch((error) => console.error(error));

  await bot.api.setMyCommands([
    { command: 'menu', description: 'Меню' },
    { command: 'cancel', description: 'Отмена' },
  ]);

  bot.command('start', (ctx) =>
    ctx.reply(
      '<b>Здравствуйте!</b> Код <code>123456</code>, <tg-spoiler>тайна</tg-spoiler>, <a href="https://inkomus.ru/">сайт</a>, /menu',
      {
        parse_mode: 'HTML',
        reply_markup: new InlineKeyboard()
          .text('Медленно', 'slow')
          .text('Важно', 'alert')
          .row()
          .text('Исправить', 'edit')
          .url('Сайт', 'https://inkomus.ru/'),
      },
    ),
  );
  bot.command('menu', (ctx) =>
    ctx.reply('Меню', {
      reply_markup: new Keyboard()
        .text('Задолженность')
        .text('Квитанция')
        .row()
        .requestContact('Поделиться номером')
        .resized()
        .persistent()
        .placeholder('Выберите'),
    }),
  );
  bot.command('card', (ctx) =>
    ctx.reply('К оплате: 7 829,54 ₽, срок прошёл 15 ноября. Платежи учтены на 15 ноября.', {
      reply_markup: new InlineKeyboard()
        .text('Оплатить картой', 'card')
        .text('QR-код', 'card')
        .row()
        .text('Задолженность', 'card')
        .text('Квитанция', 'card'),
    }),
  );
  bot.callbackQuery('slow', async (ctx) => {
    await new Promise((resolve) => setTimeout(resolve, 1200));
    await ctx.answerCallbackQuery('Готово');
  });
  bot.callbackQuery('alert', (ctx) => ctx.answerCallbackQuery({ text: 'Прочитайте внимательно', show_alert: true }));
  bot.callbackQuery('edit', async (ctx) => {
    await ctx.answerCallbackQuery();
    await ctx.editMessageText('Теперь здесь другое');
  });
  bot.on('pre_checkout_query', (ctx) =>
    ctx.preCheckoutQuery.invoice_payload === 'good'
      ? ctx.answerPreCheckoutQuery(true)
      : ctx.answerPreCheckoutQuery(false, 'Счёт уже закрыт'),
  );

  const shows: Record<string, (chatId: number) => Promise<unknown>> = {
    квитанция: (chatId) =>
      bot.api.sendDocument(chatId, new InputFile(PDF, 'kvitanciya.pdf'), { caption: 'Квитанция за октябрь 2026' }),
    график: (chatId) => bot.api.sendPhoto(chatId, new InputFile(PICTURE, 'chart.png'), { caption: 'График за 12 месяцев' }),
    пункт: (chatId) => bot.api.sendVenue(chatId, 47.2362, 38.8969, 'Пункт приема платежей', 'ул. Петровская, 10'),
    счёт: (chatId) =>
      bot.api.sendInvoice(
        chatId,
        'Оплата ЖКУ',
        'Лицевой счёт 0001',
        'good',
        'RUB',
        [
          { label: 'Холодная вода', amount: 100_000 },
          { label: 'Отопление', amount: 23_456 },
        ],
        { provider_token: 'test' },
      ),
    старый: (chatId) =>
      bot.api.sendInvoice(chatId, 'Старый счёт', 'Лицевой счёт 0001', 'bad', 'RUB', [{ label: 'ЖКУ', amount: 50_000 }], {
        provider_token: 'test',
      }),
    цвета: (chatId) =>
      bot.api.sendMessage(
        chatId,
        `Главное в двух словах.\n<blockquote expandable>${'И ещё много слов, которые нужны не всем. '.repeat(12)}</blockquote>`,
        {
          parse_mode: 'HTML',
          reply_markup: {
            inline_keyboard: [
              [{ text: 'Оплатить', callback_data: 'edit', style: 'primary' }],
              [
                { text: 'Верно', callback_data: 'slow', style: 'success' },
                { text: 'Удалить', callback_data: 'slow', style: 'danger' },
              ],
              [
                { text: 'Важно', callback_data: 'alert' },
                { text: 'Скопировать счёт', copy_text: { text: '0001234501' } },
              ],
            ],
          },
        },
      ),
    рисуй: (chatId) => bot.api.sendChatAction(chatId, 'upload_document'),
    думай: (chatId) => bot.api.sendChatAction(chatId, 'typing'),
    альбом: (chatId) =>
      bot.api.sendMediaGroup(
        chatId,
        [1, 2, 3].map((number) => ({
          type: 'photo',
          media: new InputFile(PICTURE, `${number}.png`),
          ...(number === 1 ? { caption: 'Три снимка' } : {}),
        })),
      ),
  };
  bot.on('message:text', async (ctx) => {
    hear('text', ctx.message);
    if (ctx.chat.type !== 'private') return;
    if (ctx.message.text.startsWith('пароль')) {
      await ctx.deleteMessage();
      await ctx.reply('Пароль принят, сообщение удалено');
      return;
    }
    const show = shows[ctx.message.text];
    if (show) await show(ctx.chat.id);
    else await ctx.reply(`Вы написали: ${ctx.message.text}`, { reply_parameters: { message_id: ctx.message.message_id } });
  });
  bot.on('edited_message', (ctx) => hear('edit', ctx.editedMessage));
  bot.on('message:contact', async (ctx) => {
    hear('contact', ctx.message);
    const isOwn = ctx.message.contact.user_id === ctx.from.id;
    await ctx.reply(isOwn ? 'Это ваш номер' : 'Это чужой номер', { reply_markup: { remove_keyboard: true } });
  });
  bot.on('message:photo', (ctx) => hear('photo', ctx.message));
  bot.on('message:sticker', (ctx) => hear('sticker', ctx.message));
  bot.on('message:voice', (ctx) => hear('voice', ctx.message));
  bot.on('message:location', (ctx) => hear('location', ctx.message));
  bot.on('message:document', (ctx) => hear('document', ctx.message));
  bot.on('message:successful_payment', (ctx) => hear('paid', ctx.message));

  const running = bot.start({ drop_pending_updates: false });
  return {
    heard,
    say: async (chatId, text) => (await bot.api.sendMessage(chatId, text)).message_id,
    newTopic: async (chatId, name) => {
      const topic = await bot.api.createForumTopic(chatId, name);
      await bot.api.sendMessage(chatId, `Обращение: ${name}`, { message_thread_id: topic.message_thread_id });
      return topic.message_thread_id;
    },
    describe: (text) => bot.api.setMyDescription(text),
    stop: async () => {
      await bot.stop();
      await running;
    },
  };
}
