/** A resident who is in the cabinet from the first day on: the sandbox plays her, through the bot, as she would herself. */
import type { InlineKeyboardButton, Message } from 'grammy/types';
import { sleep } from '../../adapters/sleep.ts';
import type { World } from '../bot-api/world.ts';
import type { Logger } from '../logger.ts';
import type { Act } from '../people/act.ts';
import { type Proof, proofsFor } from '../town/proofs.ts';
import type { Town } from '../town/generate.ts';

const PERSON = { firstName: 'Мария', lastName: 'Соколова', phone: '+79285550100' };
/** It is told on the page: anybody may sign in as she. */
export const FIRST_RESIDENTS_PASSWORD = 'Primorsk_2026';

/** More than any order of the bot's questions takes. */
const MOST_STEPS = 80;
/** A machine that is busy with other things answers late. */
const ANSWER_MS = 120_000;
/** The bot has said all that it has to say when nothing came for so long. */
const QUIET_MS = 350;

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
    if (signal.aborted) return;
    await phone.say('Меню');
    phone.forgetBefore('Меню');
  } catch (error) {
    if (signal.aborted) return;
    log.warn({ reason: error instanceof Error ? error.message : 'unknown' }, 'sandbox: the first resident could not be moved in');
  }
  world.put({ fact: 'demonstration', demonstration: { ...demonstration, isDone: true } });
}

async function play(phone: Phone, proofs: readonly Proof[]): Promise<void> {
  await phone.say('/start');
  const left = [...proofs];
  for (let step = 0; step < MOST_STEPS && left.length > 0; step += 1) {
    const proof = left[0]!;
    if (/подключ[её]н/i.test(phone.words()) && phone.words().includes(proof.account) && !phone.has('Подключить')) {
      left.shift();
      continue;
    }
    if (!(await answer(phone, proof))) throw new Error('the bot asked for something unknown');
  }
  if (left.length > 0) throw new Error('the bot asked without an end');
}

/** Does the one thing that the bot waits for; false when it is none of these. The first that fits is done. */
async function answer(phone: Phone, proof: Proof): Promise<boolean> {
  for (const label of ['Даю согласие', 'Логин — мой телефон', 'Зарегистрироваться', 'По сумме последних платежей', 'Подключить'])
    if (phone.has(label)) return phone.press(label);
  if (phone.asksForContact()) return phone.shareContact();
  const code = phone.takeCode();
  if (code !== undefined) return phone.say(code);
  const asked = phone.words();
  if (/сумм/i.test(asked)) {
    const month = proof.months.find(({ words }) => asked.includes(words)) ?? proof.months[0];
    return phone.say(month?.sum ?? '');
  }
  if (/номер лицевого/i.test(asked)) return phone.say(proof.account);
  if (/парол/i.test(asked)) return phone.say(FIRST_RESIDENTS_PASSWORD);
  for (const label of ['Регистрация', 'Подключить лицевой счет']) if (phone.has(label)) return phone.say(label);
  return false;
}

type Phone = ReturnType<typeof openPhone>;

/** What she sees since she has done something, and what she can do. */
function openPhone(world: World, act: Act, personId: number, signal: AbortSignal) {
  const as = { as: personId, chatId: personId };
  let seen = new Map<number, Message>();
  let heardAt = 0;
  let codes: string[] = [];
  const phone = world.state.people.get(personId)?.phone;

  const listen = () =>
    world.onEvent((event) => {
      if (event.type === 'sms' && event.sms.phone === phone) codes.push(/(?<!\d)\d{6}(?!\d)/.exec(event.sms.text)?.[0] ?? '');
      if ((event.type !== 'message' && event.type !== 'message-changed') || event.chatId !== personId) return;
      const { message } = event.shown;
      if (message.from?.id !== world.state.bot.id) return;
      seen.set(message.message_id, message);
      heardAt = Date.now();
    });

  /** Does it, and waits until the bot has answered and is quiet, or an SMS came after it was. */
  async function doing(work: () => unknown): Promise<true> {
    seen = new Map();
    heardAt = 0;
    const stop = listen();
    try {
      work();
      for (const until = Date.now() + ANSWER_MS; Date.now() < until && !signal.aborted; await sleep(50, signal)) {
        if (heardAt > 0 && Date.now() - heardAt > QUIET_MS && !isWaitingForCode()) return true;
      }
      if (signal.aborted) throw new Error('the program ends');
      throw new Error('the bot did not answer');
    } finally {
      stop();
    }
  }

  const isWaitingForCode = (): boolean => codes.length === 0 && /SMS/.test(words()) && /код/i.test(words()) && !hasMenu();
  const words = (): string => [...seen.values()].map(({ text, caption }) => text ?? caption ?? '').join('\n');
  const inline = (label: string) => {
    for (const message of [...seen.values()].toReversed())
      for (const [row, buttons] of (message.reply_markup?.inline_keyboard ?? []).entries())
        for (const [column, button] of buttons.entries())
          if (isCalled(button, label)) return { messageId: message.message_id, row, column };
    return undefined;
  };
  const keyboard = () => world.state.chats.get(personId)?.card.keyboard?.rows.flat() ?? [];
  const hasMenu = (): boolean => keyboard().some((button) => isCalled(button, 'Задолженность'));

  return {
    words,
    has: (label: string): boolean => inline(label) !== undefined || keyboard().some((button) => isCalled(button, label)),
    asksForContact: (): boolean => keyboard().some((button) => typeof button !== 'string' && 'request_contact' in button),
    /** The code of the newest SMS, once. */
    takeCode(): string | undefined {
      const code = codes.at(-1);
      codes = [];
      return code;
    },
    say: (text: string) => doing(() => act({ type: 'send-text', ...as, text })),
    press(label: string) {
      const button = inline(label);
      return doing(() =>
        button ? act({ type: 'press-button', ...as, ...button }) : act({ type: 'send-text', ...as, text: label }),
      );
    },
    shareContact: () => doing(() => act({ type: 'share-contact', ...as })),
    /** Leaves the newest message with these words and what came after. */
    forgetBefore(text: string): void {
      const ids = [...(world.state.chats.get(personId)?.messages.values() ?? [])].map(({ message }) => message);
      const newest = ids.findLast((message) => message.text === text)?.message_id ?? 0;
      const gone = ids.map(({ message_id }) => message_id).filter((id) => id < newest);
      act({ type: 'delete-messages', ...as, messageIds: gone });
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
      .trim();
  return bare(text) === bare(label);
}
