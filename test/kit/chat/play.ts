import type { Update } from 'grammy/types';
import type { ChatTurns } from '../../../src/adapters/turns/turns.ts';
import { doorData } from '../../../src/dialogs/kit/telegram-voice.ts';
import { formatMoney } from '../../../src/domain/money.ts';
import { asOfNow } from '../../../src/office/news-delivery.ts';
import { failNotice } from '../../../src/records/notices.ts';
import type { Sent } from './fake-telegram.ts';
import { checkoutUpdate, type Invoice, invoiceOf, paidUpdate, refundedUpdate } from './invoices.ts';
import { type Deed, type Person, updateOf } from './people.ts';
import type { World } from './world.ts';

/** The worker's rounds are made: what there is to tell is found and told. */
const NEWS_LINE = '(новости)';

/**
 * Plays the people's lines of a transcript through the real bot and writes down all that comes out. Lines:
 *
 * - `Иван: слова` says; `Иван: [Кнопка]` presses the newest button of this label (or says a menu's label);
 * - `Иван: (фото)`, `(стикер)`, `(свой контакт)`, `(чужой контакт)`, `(пересланный контакт)`, `(правка) слова`;
 * - `Иван: (старая кнопка) [Кнопка]` presses the oldest of this label; `Иван: (ещё раз)` is his last update, delivered again;
 * - `Иван: (убит) слова`: the process dies after the work and before the turn is finished, and the update comes again;
 * - `(прошло 61 с)`, also `мин`, `ч`, `дн`: time passes; `(новости)`: what there is to tell is looked up and told.
 * - `Иван: (оплатил)` pays the newest invoice of his chat, `(оплатил первый счёт)` the oldest, `(оплатил чужой счёт)` the newest of others;
 *   `(банк отказал)`: the bot let it through and the bank did not; `(деньги списаны)`: Telegram says so, whatever came before;
 *   `(списание повторно)`: says so again in another update; `(деньги вернулись)`;
 *
 * `📄 имя.pdf` is a file that the bot handed over with the words below it, `🖼` a picture; `(тот же файл)` was not sent up again.
 *
 * `updatesFrom`: where the numbers of updates go on, for a second script in the same world.
 *
 * `{код}` in a line is the code of the last SMS; `{код2}` a wrong one. People are called into being by their first line.
 */
export async function play(world: World, script: string, { updatesFrom = 0 }: { updatesFrom?: number } = {}): Promise<string> {
  const stage = openStage(world, updatesFrom);
  for (const line of peopleLines(script)) await stage.perform(line);
  return stage.played.join('\n');
}

/** The lines that people speak and the notes on time; all the rest is the bot's. */
export function peopleLines(script: string): string[] {
  return script
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => /^(?!Бот|Сотрудники|SMS)[А-ЯЁ][а-яё]+: /.test(line) || line.startsWith('(прошло ') || line === NEWS_LINE);
}

function openStage(world: World, updatesFrom: number) {
  const played: string[] = [];
  const people = new Map<string, Person>();
  const buttons: { chat: number; label: string; data: string; messageId: number }[] = [];
  const invoices: Invoice[] = [];
  const lastUpdate = new Map<string, Update>();
  let updates = updatesFrom;
  let heardSms = 0;
  /** What was paid last, and whether the bot let the last payment through. */
  let paying: Invoice | undefined;
  let charges = 0;
  let allowed = false;
  let onStage: Person | undefined;

  function personCalled(name: string): Person {
    const known = people.get(name);
    if (known) return known;
    const number = people.size + 1;
    const person = { name, id: 700 + number, phone: `7912345678${number === 1 ? 9 : number}` };
    people.set(name, person);
    return person;
  }

  async function perform(line: string): Promise<void> {
    const passed = /^\(прошло (\d+) (с|мин|ч|дн)/.exec(line);
    played.push(line);
    if (line === NEWS_LINE) {
      await world.office.newsRounds.goOn();
      return writeNotices();
    }
    if (passed) return world.pass(Number(passed[1]) * { с: 1e3, мин: 6e4, ч: 36e5, дн: 864e5 }[passed[2] as 'с']);

    const [, name = '', words = ''] = /^([^:]+): (.*)$/.exec(line) ?? [];
    onStage = personCalled(name);
    const killed = words.startsWith('(убит) ');
    const update = words === '(ещё раз)' ? lastUpdate.get(name) : toUpdate(onStage, words.replace(/^\(убит\) /, ''));
    if (!update) throw new Error(`«${line}»: ${name} has done nothing before`);
    lastUpdate.set(name, update);
    await deliver(update, killed);
    // The bot let the payment through: the money goes.
    const charged = allowed && /^(\(убит\) )?\(оплатил/.test(words) ? toUpdate(onStage, '(деньги списаны)') : undefined;
    if (charged) {
      lastUpdate.set(name, charged);
      await deliver(charged, killed);
    }
  }

  async function deliver(update: Update, killed: boolean): Promise<void> {
    allowed = false;
    if (killed) await dieOnce(update);
    await world.take(structuredClone(update));
    await world.settled();
    await writeDown();
  }

  /** All effects are there, nothing has left the process, the turn is not finished. */
  async function dieOnce(update: Update): Promise<void> {
    const dying = (turns: ChatTurns): ChatTurns => ({
      ...turns,
      async take(chat, id) {
        const turn = await turns.take(chat, id);
        return turn === 'repeat'
          ? turn
          : { ...turn, state: turn.state, secretExpected: turn.secretExpected, lost: turn.lost, finish: turn.abandon };
      },
    });
    await world.take(structuredClone(update), dying);
    await world.settled();
    // What left is not shown: Telegram never heard it.
    world.telegram.take();
  }

  function toUpdate(person: Person, words: string): Update {
    const update = (deed: Deed) =>
      updateOf(
        person,
        deed,
        { update: ++updates, message: world.telegram.nextMessageId() },
        Math.floor(world.clock().getTime() / 1000),
      );
    const said = words.replaceAll('{код}', lastCode()).replaceAll('{код2}', wrongCode());
    const pressed = /^(\(старая кнопка\) )?\[(.*)\]$/.exec(said);
    if (pressed) {
      const mine = buttons.filter((button) => button.chat === person.id && button.label === pressed[2]);
      const button = pressed[1] ? mine[0] : mine.at(-1);
      if (button) return update({ does: 'press', data: button.data, messageId: button.messageId });
      return update({ does: 'say', words: pressed[2] ?? '' });
    }
    const payment = paymentUpdate(person, said);
    if (payment) return payment;
    const other = '79990000000';
    if (said === '(фото)') return update({ does: 'photo' });
    if (said === '(стикер)') return update({ does: 'sticker' });
    if (said === '(свой контакт)') return update({ does: 'contact', phone: person.phone, userId: person.id, forwarded: false });
    if (said === '(чужой контакт)') return update({ does: 'contact', phone: other, userId: 999, forwarded: false });
    if (said === '(контакт без владельца)') return update({ does: 'contact', phone: other, userId: undefined, forwarded: false });
    if (said === '(пересланный контакт)')
      return update({ does: 'contact', phone: person.phone, userId: person.id, forwarded: true });
    if (said.startsWith('(правка) ')) return update({ does: 'edit', words: said.slice('(правка) '.length) });
    return update({ does: 'say', words: said });
  }

  function paymentUpdate(person: Person, said: string): Update | undefined {
    const ids = () => ({ update: ++updates, message: world.telegram.nextMessageId() });
    const date = Math.floor(world.clock().getTime() / 1000);
    const own = invoices.filter((invoice) => invoice.chat === person.id);
    const wanted = new Map([
      ['(оплатил)', own.at(-1)],
      ['(банк отказал)', own.at(-1)],
      ['(оплатил первый счёт)', own[0]],
      ['(оплатил чужой счёт)', invoices.findLast((invoice) => invoice.chat !== person.id)],
    ]);
    if (wanted.has(said)) {
      paying = wanted.get(said);
      if (!paying) throw new Error(`${person.name} has no such invoice`);
      return checkoutUpdate(person, paying, ++updates);
    }
    const charge = () => ({ telegram: `tg-charge-${charges}`, provider: `2d1f6c00-${String(charges).padStart(4, '0')}` });
    if (!paying) return undefined;
    if (said === '(деньги списаны)') charges += 1;
    if (said === '(деньги списаны)' || said === '(списание повторно)')
      return paidUpdate(person, paying, charge(), ids(), { date });
    return said === '(деньги вернулись)' ? refundedUpdate(person, paying, charge(), ids(), date) : undefined;
  }

  const lastCode = () => world.sms.at(-1)?.code ?? '000000';
  const wrongCode = () => (lastCode() === '111111' ? '222222' : '111111');

  async function writeDown(): Promise<void> {
    for (; heardSms < world.sms.length; heardSms += 1) {
      const { phone, text } = world.sms[heardSms] ?? { phone: '', text: '' };
      played.push(`SMS на ${phone}: ${text}`);
    }
    for (const sent of world.telegram.take()) write(sent);
    await writeNotices();
  }

  function write({ chat, method, payload, messageId, files }: Sent): void {
    switch (method) {
      case 'sendMessage':
        return writeMessage(chat, String(payload.text), payload.reply_markup, messageId);
      case 'editMessageText':
        played.push('     (сообщение изменено)');
        return writeMessage(chat, String(payload.text), payload.reply_markup, messageId);
      case 'sendDocument':
      case 'sendPhoto': {
        const sign = method === 'sendPhoto' ? '🖼' : '📄';
        played.push(`${speaker(chat)} ${sign} ${files.map((file) => file.name).join(', ') || '(тот же файл)'}`);
        return writeMessage(chat, payload.caption ?? '', payload.reply_markup, messageId);
      }
      case 'sendInvoice': {
        invoices.push(invoiceOf({ chat, method, payload, messageId, files }));
        const prices = payload.prices as readonly { label: string; amount: number }[];
        const lines = prices.map(({ label, amount }) => `     ${label} — ${formatMoney(amount)}`);
        played.push(`${speaker(chat)} 💳 ${String(payload.title)}. ${String(payload.description)}`, ...lines);
        return;
      }
      case 'answerPreCheckoutQuery':
        allowed = payload.ok === true;
        return void played.push(
          allowed ? '     (оплата разрешена)' : `     (оплата не началась: ${String(payload.error_message)})`,
        );
      case 'sendVenue':
        return void played.push(`${speaker(chat)} 📍 ${String(payload.title)}, ${String(payload.address)}`);
      case 'deleteMessage':
        return void played.push('     (сообщение удалено)');
      case 'answerCallbackQuery':
        if (payload.text) played.push(`     (окошко: ${payload.text})`);
        return;
      case 'editMessageReplyMarkup':
        if (payload.reply_markup) writeButtons(chat, payload.reply_markup, messageId);
        return;
      default:
        played.push(`     (${method})`);
    }
  }

  function writeMessage(chat: number, html: string, markup: Sent['payload']['reply_markup'], messageId: number): void {
    const [first = '', ...more] = plain(html).split('\n');
    played.push(`${speaker(chat)} ${first}`.trimEnd(), ...more.map((line) => (line ? `     ${line}` : '')));
    if (markup) writeButtons(chat, markup, messageId);
  }

  function writeButtons(chat: number, markup: NonNullable<Sent['payload']['reply_markup']>, messageId: number): void {
    for (const row of markup.inline_keyboard ?? []) {
      played.push(`     ${row.map((button) => `[${button.text}]`).join(' ')}`);
      for (const button of row)
        if ('callback_data' in button) buttons.push({ chat, label: button.text, data: button.callback_data, messageId });
    }
    if (markup.keyboard) {
      played.push(
        `     {${markup.keyboard.map((row) => row.map((key) => (typeof key === 'string' ? key : key.text)).join(' | ')).join(' / ')}}`,
      );
    }
  }

  /** Notices wait in Postgres for the worker; here they are said at once. */
  async function writeNotices(): Promise<void> {
    const waiting = await world.db
      .selectFrom('notices')
      .selectAll()
      .where('sent_at', 'is', null)
      .where('failed_at', 'is', null)
      .where('not_before', '<=', world.clock())
      .orderBy('id')
      .execute();
    for (const notice of waiting) {
      const said = await asOfNow(world.db, notice, world.clock());
      if (!said) {
        await failNotice(world.db, notice.id, 'not wanted any more', world.clock());
        continue;
      }
      const text = world.texts.text(said.text, said.words, { html: true });
      const doors = said.doors.map((door) => ({
        text: world.texts.text(door.label, said.words),
        callback_data: doorData(door),
      }));
      const messageId = world.telegram.nextMessageId();
      const markup = doors.length ? { inline_keyboard: doors.map((door) => [door]) } : undefined;
      if (notice.addressee === 'staff') {
        const [first = '', ...more] = plain(text).split('\n');
        played.push(`Сотрудники: ${first}`, ...more.map((line) => `     ${line}`));
      } else writeMessage(Number(notice.addressee.split(':')[1]), text, markup, messageId);
      await world.db.updateTable('notices').set({ sent_at: world.clock(), words: '{}' }).where('id', '=', notice.id).execute();
    }
  }

  /** «Бот:» answers whoever has just spoken; others are named. */
  function speaker(chat: number): string {
    if (chat === onStage?.id) return 'Бот:';
    const other = [...people.values()].find(({ id }) => id === chat);
    return `Бот → ${other?.name ?? chat}:`;
  }

  return { played, perform };
}

/** As it is read on the screen. */
function plain(html: string): string {
  return html
    .replace(/<[^>]+>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}
