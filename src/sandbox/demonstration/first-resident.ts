/** A resident who is in the cabinet from the first day on: the sandbox plays her, through the bot, as she would herself. */
import type { InlineKeyboardButton, Message } from 'grammy/types';
import { sleep } from '../../runtime/sleep.ts';
import type { World } from '../bot-api/world.ts';
import type { Logger } from '../logger.ts';
import type { Act } from '../people/act.ts';
import { type Proof, proofsFor } from '../town/proofs.ts';
import type { Town } from '../town/generate.ts';

const PERSON = { firstName: 'Мария', lastName: 'Соколова', phone: '+79285550100' };
/** It is told on the page: anybody may sign in as she. */
const FIRST_RESIDENTS_PASSWORD = 'Primorsk_2026';

/** More than any order of the bot's questions takes. */
const MOST_STEPS = 80;
/** A machine that is busy with other things answers late. */
const ANSWER_MS = 600_000;
/** The bot has said all that it has to say when nothing came for so long. */
const QUIET_MS = 350;
const LOOK_MS = 50;

/** Her phone is there at once; what she does with it, `moveIn` does. */
export function introduceFirstResident(world: World, act: Act, town: Town): void {
  const { personId = 0 } = act({ type: 'new-person', ...PERSON });
  const accounts = proofsFor(town).map(({ account }) => account);
  world.put({ fact: 'demonstration', demonstration: { personId, accounts, isDone: false } });
}

/**
 * Registers her, links her accounts and opens the menu, pressing and typing what the bot asks for by the words on its buttons; then the chat
 * is cleared of everything before. What a start before has left undone is gone on with. Whatever stands in the way ends it: the sandbox is
 * as good without.
 */
export async function moveIn(parts: { world: World; act: Act; town: Town; log: Logger; signal: AbortSignal }): Promise<void> {
  const { world, act, town, log, signal } = parts;
  const { demonstration } = world.state;
  if (!demonstration || demonstration.isDone) return;
  const phone = openPhone(world, act, demonstration.personId, signal);
  try {
    await play(phone, proofsFor(town));
    phone.say('/menu');
    await phone.when(() => true);
    phone.forgetBefore('/menu');
  } catch (error) {
    if (signal.aborted) return;
    const reason = error instanceof Error ? error.message : 'unknown';
    return log.warn({ reason }, 'sandbox: the first resident could not be moved in; the next start goes on with it');
  } finally {
    phone.stop();
  }
  world.put({ fact: 'demonstration', demonstration: { ...demonstration, isDone: true } });
}

async function play(phone: OpenedPhone, proofs: readonly Proof[]): Promise<void> {
  phone.say('/start');
  const left = [...proofs];
  const begun = new Set<string>();
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const [proof] = left;
    if (!proof) return;
    const move = await phone.when(() => (begun.has(proof.account) && isLinked(phone) ? 'linked' : nextMove(phone, proof, begun)));
    if (move === 'linked') left.shift();
    else move();
  }
  throw new Error('the bot asks without an end');
}

/** «Лицевой счёт подключён», or that it was so before. */
const isLinked = (phone: OpenedPhone): boolean =>
  /сч[её]т( \d+ у вас)?( уже)? подключ[её]н/i.test(phone.words()) && !phone.shows('Подключить');

type Move = () => void;

const BY_SUM = 'По сумме последних платежей';

/** The one thing that the bot waits for now; undefined as long as that is none of these. The first that fits is done. */
function nextMove(phone: OpenedPhone, proof: Proof, begun: Set<string>): Move | undefined {
  const press = ['Даю согласие', 'Логин — мой телефон', 'Зарегистрироваться', BY_SUM, 'Подключить'].find(phone.shows);
  if (press !== undefined) {
    return () => {
      // Registration leads on to it by itself.
      if (press === BY_SUM) begun.add(proof.account);
      phone.press(press);
    };
  }
  // Its keyboard may stay below the input when the number was given.
  if (phone.asksForContact() && !begun.has('contact')) {
    return () => {
      begun.add('contact');
      phone.shareContact();
    };
  }
  const code = phone.code();
  if (code !== undefined) return () => phone.say(code);
  const asks = (what: RegExp): boolean =>
    phone
      .words()
      .split('\n')
      .some((line) => ASKING.test(line) && what.test(line));
  if (asks(/сумм/i)) {
    const month = proof.months.find(({ words }) => phone.words().includes(words.replaceAll('\u00a0', ' '))) ?? proof.months[0];
    return () => phone.say(month?.sum ?? '');
  }
  if (asks(/номер лицевого/i)) return () => phone.say(proof.account);
  if (asks(/парол/i)) return () => phone.say(FIRST_RESIDENTS_PASSWORD);
  const begin = phone.hasInMenu('Подключить лицевой счёт')
    ? { label: 'Подключить лицевой счёт', once: proof.account }
    : { label: 'Регистрация', once: 'registration' };
  if (begun.has(begin.once) || !phone.hasInMenu(begin.label)) return undefined;
  return () => {
    begun.add(begin.once);
    phone.say(begin.label);
  };
}

const ASKING = /^(Напишите|Введите|Укажите|Пришлите|Назовите|Придумайте|Повторите)/i;

type OpenedPhone = ReturnType<typeof openPhone>;

/** What she sees since she has done something, and what she can do. */
function openPhone(world: World, act: Act, personId: number, signal: AbortSignal) {
  const as = { as: personId, chatId: personId };
  let seen = new Map<number, Message>();
  let heardAt = 0;
  let newestCode: string | undefined;
  const phone = world.state.people.get(personId)?.phone;

  const stop = world.onEvent((event) => {
    if (event.type === 'sms' && event.sms.phone === phone) {
      newestCode = /(?<!\d)\d{6}(?!\d)/.exec(event.sms.text)?.[0];
      heardAt = Date.now();
    }
    if ((event.type !== 'message' && event.type !== 'message-changed') || event.chatId !== personId) return;
    const { message } = event.shown;
    if (message.from?.id !== world.state.bot.id) return;
    seen.set(message.message_id, message);
    heardAt = Date.now();
  });

  function doing(work: () => unknown): void {
    seen = new Map();
    heardAt = 0;
    newestCode = undefined;
    work();
  }

  const find = (label: string) => {
    for (const { message_id: messageId, reply_markup } of [...seen.values()].toReversed())
      for (const [row, buttons] of (reply_markup?.inline_keyboard ?? []).entries())
        for (const [column, button] of buttons.entries()) if (isCalled(button, label)) return { messageId, row, column };
    return undefined;
  };
  const keyboard = () => world.state.chats.get(personId)?.card.keyboard?.rows.flat() ?? [];

  return {
    stop,
    /** With plain spaces: dates and sums are held together by others. */
    words: (): string =>
      [...seen.values()]
        .map(({ text, caption }) => text ?? caption ?? '')
        .join('\n')
        .replaceAll('\u00a0', ' '),
    /** Below one of the messages. */
    shows: (label: string): boolean => find(label) !== undefined,
    /** Below the input. */
    hasInMenu: (label: string): boolean => keyboard().some((button) => isCalled(button, label)),
    asksForContact: (): boolean => keyboard().some((button) => typeof button !== 'string' && 'request_contact' in button),
    code: (): string | undefined => newestCode,
    /** What `look` finds once the bot has answered and is quiet. */
    async when<T>(look: () => T | undefined): Promise<T> {
      for (const until = Date.now() + ANSWER_MS; Date.now() < until; await sleep(LOOK_MS, signal)) {
        if (signal.aborted) throw new Error('the program ends');
        const found = heardAt > 0 && Date.now() - heardAt > QUIET_MS ? look() : undefined;
        if (found !== undefined) return found;
      }
      throw new Error('the bot asks for nothing known');
    },
    say: (text: string): void => doing(() => act({ type: 'send-text', ...as, text })),
    press(label: string): void {
      const button = find(label);
      if (button) doing(() => act({ type: 'press-button', ...as, ...button }));
    },
    shareContact: (): void => doing(() => act({ type: 'share-contact', ...as })),
    /** Leaves the newest message with these words and what came after. */
    forgetBefore(text: string): void {
      const all = [...(world.state.chats.get(personId)?.messages.values() ?? [])].map(({ message }) => message);
      const newest = all.findLast((message) => message.text === text)?.message_id ?? 0;
      const messageIds = all.map(({ message_id }) => message_id).filter((id) => id < newest);
      act({ type: 'delete-messages', ...as, messageIds });
    },
  };
}

/** An emoji may stand before a label; е and ё are one. */
function isCalled(button: InlineKeyboardButton | string | { text: string }, label: string): boolean {
  const text = typeof button === 'string' ? button : button.text;
  const bare = (given: string): string =>
    given
      .replace(/^[^\p{L}\p{N}]+/u, '')
      .replaceAll('ё', 'е')
      .replaceAll('\u00a0', ' ')
      .trim();
  return bare(text) === bare(label);
}
