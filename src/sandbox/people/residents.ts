/** New people, and what they do with the bot as a whole: start, block, unblock. */
import { randomInt } from 'node:crypto';
import type { ChatMember } from 'grammy/types';
import { botAsUser, cardAsChat, personAsUser } from '../bot-api/state.ts';
import { queueUpdate } from '../bot-api/updates/queue.ts';
import type { World } from '../bot-api/world.ts';
import type { Action, ActionResult, SandboxPerson } from '../protocol.ts';
import { ActRefusal, chatAt, sandboxPersonOf } from './people.ts';
import { sendText } from './messages.ts';

type Of<T extends Action['type']> = Extract<Action, { type: T }>;

const NAMES = [
  ['Иван', 'Петров'],
  ['Мария', 'Соколова'],
  ['Алексей', 'Кузнецов'],
  ['Елена', 'Попова'],
  ['Дмитрий', 'Васильев'],
  ['Наталья', 'Новикова'],
  ['Павел', 'Морозов'],
  ['Татьяна', 'Волкова'],
] as const;

/** «Новый житель»; a private chat with the bot comes along, empty. */
export function addPerson(world: World, given: Of<'new-person'>): ActionResult {
  const phone = given.phone === undefined ? freePhone(world) : readPhone(given.phone);
  const [firstName, lastName] =
    given.firstName === undefined ? freeName(world) : [given.firstName.trim(), given.lastName?.trim()];
  if (firstName === '') throw new ActRefusal('У человека должно быть имя');
  const username = given.username?.trim().replace(/^@/, '');
  const id = world.state.lastPersonId + 1;
  const person: SandboxPerson = {
    id,
    firstName,
    ...(lastName ? { lastName } : {}),
    ...(username ? { username } : {}),
    phone,
    role: given.role ?? 'resident',
    hasBlockedBot: false,
    languageCode: 'ru',
  };
  introducePerson(world, person);
  return { personId: id, chatId: id };
}

/** An account, and its private chat with the bot, in which nobody has written yet. */
export function introducePerson(world: World, person: SandboxPerson): void {
  const { id, firstName, lastName } = person;
  world.put(
    { fact: 'person', person },
    {
      fact: 'chat',
      card: {
        id,
        kind: 'private',
        isForum: false,
        title: [firstName, lastName].filter(Boolean).join(' '),
        personId: id,
        isStarted: false,
        bot: { status: 'member', lacks: [] },
        members: [],
        topics: [],
        lastMessageId: 0,
      },
    },
  );
}

/** «Запустить», also by a link with a payload; a bot that was stopped is let in again. */
export function startBot(world: World, { as, payload }: Of<'start-bot'>): ActionResult {
  if (payload !== undefined && !/^[\w-]{1,64}$/.test(payload))
    throw new ActRefusal('В ссылке на бота могут быть латинские буквы, цифры, _ и -, до 64 знаков');
  return world.change(() => {
    if (sandboxPersonOf(world, as).hasBlockedBot) setBlocked(world, as, false);
    return sendText(world, { type: 'send-text', as, chatId: as, text: payload === undefined ? '/start' : `/start ${payload}` });
  });
}

export function setBlocked(world: World, personId: number, hasBlockedBot: boolean): ActionResult {
  const person = sandboxPersonOf(world, personId);
  if (person.hasBlockedBot === hasBlockedBot) return {};
  const user = botAsUser(world.state.bot);
  const member: ChatMember = { status: 'member', user };
  const kicked: ChatMember = { status: 'kicked', user, until_date: 0 };
  return world.change(() => {
    world.put({ fact: 'person', person: { ...person, hasBlockedBot } });
    queueUpdate(world, 'my_chat_member', {
      chat: cardAsChat(world.state, chatAt(world, personId).card),
      from: personAsUser(person),
      date: world.seconds(),
      old_chat_member: hasBlockedBot ? member : kicked,
      new_chat_member: hasBlockedBot ? kicked : member,
    });
    return {};
  });
}

function freeName(world: World): [string, string] {
  const taken = new Set([...world.state.people.values()].map(({ firstName, lastName }) => `${firstName} ${lastName}`));
  const [firstName, lastName] = NAMES.find((name) => !taken.has(name.join(' '))) ?? NAMES[randomInt(NAMES.length)] ?? NAMES[0];
  return [firstName, lastName];
}

function freePhone(world: World): string {
  const taken = new Set([...world.state.people.values()].map(({ phone }) => phone));
  for (;;) {
    const phone = `+79${String(randomInt(1e9)).padStart(9, '0')}`;
    if (!taken.has(phone)) return phone;
  }
}

function readPhone(given: string): string {
  const digits = given.replaceAll(/\D/g, '').replace(/^8(?=\d{10}$)/, '7');
  if (digits.length < 7 || digits.length > 15) throw new ActRefusal('Телефон пишется как +79123456789');
  return `+${digits}`;
}
