import type { Message, Update } from 'grammy/types';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Chapters } from '../../src/dialogs/kit/chapter.ts';
import { markOf } from '../../src/dialogs/kit/edits.ts';
import type { Dialog } from '../../src/dialogs/kit/scene.ts';
import type { Office } from '../../src/office/office.ts';
import { listNewsReaders } from '../../src/records/news-readers.ts';
import { giveUpPerson } from '../../src/delivery/give-up-person.ts';
import { type TelegramAction, type Person, updateOf } from '../kit/chat/people.ts';
import { openWorld, type World } from '../kit/chat/world.ts';
import * as make from '../kit/make.ts';

const IVAN: Person = { name: 'Иван', id: 701, phone: '79123456789' };

/** A word, then a secret, then a word. */
const asking: Dialog<Office> = async ({ ask, askSecret, say }) => {
  await ask('sign-in-name', z.string());
  await askSecret('sign-in-password', async () => 'ok');
  await ask('linking-account', z.string());
  await say('not-understood');
};
/** A word, then a secret, then a button. */
const choosing: Dialog<Office> = async ({ ask, askSecret, choose }) => {
  await ask('sign-in-name', z.string());
  await askSecret('sign-in-password', async () => 'ok');
  await choose('not-understood', ['sign-up']);
};
/** A word, and it is over. */
const brief: Dialog<Office> = async ({ ask, say }) => {
  await ask('sign-in-name', z.string());
  await say('not-understood');
};
const chapters: Chapters<Office> = {
  debt: { dialog: brief, version: 'v1', changesMenu: false },
  'sign-in': { dialog: asking, version: 'v1', changesMenu: false },
  registration: { dialog: choosing, version: 'v1', changesMenu: false },
};

let world: World;
let updates = 0;
/** Messages of his, by the number under which they were sent. */
const sent = new Map<number, Message>();

beforeEach(async () => {
  sent.clear();
  world = await openWorld({ chapters });
});
afterEach(() => world.close());

async function take(update: Update): Promise<string[]> {
  await world.take(update);
  await world.settled();
  // That an answered question loses its buttons is no word.
  const calls = world.telegram.take().filter(({ method }) => method !== 'editMessageReplyMarkup');
  return calls.map(({ method, payload }) => [method, payload.text ?? ''].join(' ').trim());
}

function does(action: TelegramAction, date = 0): Promise<string[]> {
  const update = updateOf(IVAN, action, { update: ++updates, message: world.telegram.nextMessageId() }, date);
  if (update.message) sent.set(update.message.message_id, update.message);
  return take(update);
}
const says = (words: string) => does({ does: 'say', words });
const last = () => [...sent.values()].at(-1) as Message;
const edits = (of: Message, changed: object, after = 60) =>
  take({ update_id: ++updates, edited_message: { ...of, edit_date: of.date + after, ...changed } as never });

const inWords = (text: string, words = {}) => `sendMessage ${world.texts.text(text, words, { marked: true })}`;
/** With `question`: why it is put again, and the question. */
const said = (text: string, question?: string) =>
  question === undefined
    ? inWords(text)
    : inWords('question-again', { because: [{ text, words: {} }], question: [{ text: question, words: {} }] });

describe('a report of what happened in the chat', () => {
  const REPORTS = {
    pinned_message: { message_id: 1, date: 0, chat: { id: 701, type: 'private' } },
    message_auto_delete_timer_changed: { message_auto_delete_time: 86_400 },
    chat_background_set: { type: {} },
    write_access_allowed: {},
    gift: { gift: {} },
    proximity_alert_triggered: { traveler: {}, watcher: {}, distance: 5 },
    users_shared: { request_id: 1, users: [] },
    something_new_happened: { by: 7 },
  };
  const report = (fields: object) =>
    take({
      update_id: ++updates,
      message: {
        message_id: world.telegram.nextMessageId(),
        date: 0,
        chat: { id: IVAN.id, type: 'private', first_name: 'Иван' },
        from: { id: IVAN.id, is_bot: false, first_name: 'Иван' },
        ...fields,
      } as never,
    });
  const all = async () => {
    const heard: string[][] = [];
    for (const [field, value] of Object.entries(REPORTS)) heard.push(await report({ [field]: value }));
    return heard.flat();
  };

  test('is answered nowhere, and is never taken for the secret that is asked for', async () => {
    expect(await all()).toEqual([]);
    await says('/login');
    expect(await all()).toEqual([]);
    await says('ivan');
    expect(await all()).toEqual([]);
    expect(await says('password')).toEqual(['deleteMessage', said('linking-account')]);
  });

  test('what somebody has sent is answered, of whatever kind it is', async () => {
    for (const kind of ['poll', 'story', 'checklist', 'rich_message', 'paid_media', 'dice', 'game', 'giveaway'])
      expect(await report({ [kind]: {} }), kind).toEqual([said('kind-not-understood')]);
    expect(await report({})).toEqual([said('kind-not-understood')]);
    await says('/login');
    expect(await report({ story: {} })).toEqual([said('problem-words-expected', 'sign-in-name')]);
  });
});

describe('an edit that nobody made', () => {
  test('of an earlier answer is not remarked upon; one that changes the last answer is', async () => {
    const stray = await says('здравствуйте').then(last);
    await says('/login');
    expect(await edits(stray, {})).toEqual([]);
    expect(await edits(last(), {})).toEqual([]);
    await does({ does: 'send', media: { kind: 'photo' }, caption: 'логин' });
    expect(await edits(last(), {})).toEqual([]);
    expect(await edits(last(), { caption: 'другой' })).toEqual([said('problem-edited', 'sign-in-name')]);
    expect(await edits(stray, { text: 'добрый день' })).toEqual([]);
  });

  test('of the answer that ended a chapter is nothing either; one that changes it is told not to count, once', async () => {
    await says('/debt');
    await says('слово');
    const answer = last();
    expect(await edits(answer, {})).toEqual([]);
    expect(await edits(answer, { text: 'другое' })).toEqual([inWords('answer-edited', { readings: 'no' })]);
    expect(await edits(answer, { text: 'другое' })).toEqual([]);
    expect(await edits(answer, { text: 'третье' }, 7_200)).toEqual([]);
    // Behind a secret nothing is known of what was written.
    await says('/login');
    await says('ivan');
    await says('password');
    await says('слово');
    expect(await edits(last(), { text: 'другое' })).toEqual([]);
  });

  test('while a secret is asked for the answer before is not deleted; one with other words, or a newer message, is', async () => {
    const stray = await says('здравствуйте').then(last);
    await says('/login');
    await says('ivan');
    const login = last();
    expect(await edits(login, {})).toEqual([]);
    expect(await edits(stray, { text: 'другое' })).toEqual([]);
    const again = ['deleteMessage', said('problem-edited', 'sign-in-password')];
    expect(await edits(login, { text: 'password' })).toEqual(again);
    const newer = { ...login, message_id: world.telegram.nextMessageId() };
    expect(await edits(newer, { text: 'password' })).toEqual(again);
  });

  test('where the dialog was lost an edit of long ago is nothing, one of now is deleted as the secret', async () => {
    await says('/login');
    await says('ivan');
    const login = last();
    await sql`update chat_turns set state = null, state_until = null`.execute(world.db);
    expect(await edits(login, {}, 7_200)).toEqual([]);
    expect(await edits(login, { text: 'password' }, 20)).toEqual(['deleteMessage', said('dialog-lost')]);
  });
});

describe('a secret that was asked for', () => {
  test('leaves no checksum in the state of its dialog, typed once more where a button is wanted neither', async () => {
    const isKept = ({ text, caption, photo }: Message) => {
      const mark = markOf(text ?? caption ?? '', photo?.at(-1)?.file_unique_id ?? '');
      return world.states.some((state) => state.includes(mark));
    };
    await says('/register');
    await says('ivan');
    expect(isKept(last())).toBe(true);
    expect(await says('tramvai-9')).toEqual(['deleteMessage', said('not-understood')]);
    expect(isKept(last())).toBe(false);
    expect(await says('tramvai-9')).toEqual(['deleteMessage', expect.stringContaining('Нажмите, пожалуйста, одну из кнопок')]);
    expect(isKept(last())).toBe(false);
    await does({ does: 'send', media: { kind: 'photo' }, caption: 'tramvai-9' });
    expect(isKept(last())).toBe(false);
    expect(world.failures).toEqual([]);
  });

  test('is taken as it is, though it looks like a one-time link', async () => {
    await says('/login');
    await says('ivan');
    expect(await says(`https://t.me/test_bot?start=ac-${'Ab-_'.repeat(9)}zz`)).toEqual([
      'deleteMessage',
      said('linking-account'),
    ]);
  });

  test('and that the messenger does not let go, its owner is asked to delete', async () => {
    world.telegram.interfereWith(({ method }) =>
      method === 'deleteMessage'
        ? { error_code: 400, description: "Bad Request: message can't be deleted for everyone" }
        : undefined,
    );
    await says('/login');
    await says('ivan');
    expect(await says('password')).toEqual([said('problem-secret-not-deleted'), said('linking-account')]);
  });
});

describe('who had blocked the bot', () => {
  const block = () => world.db.transaction().execute((trx) => giveUpPerson(trx, 'telegram:701', world.clock()));
  const isUnreachable = async () => (await world.db.selectFrom('unreachable').selectAll().execute()).length > 0;
  const standing = (from: 'member' | 'kicked', to: 'member' | 'kicked') =>
    take({
      update_id: ++updates,
      my_chat_member: {
        chat: { id: IVAN.id, type: 'private', first_name: 'Иван' },
        from: { id: IVAN.id, is_bot: false, first_name: 'Иван' },
        date: 0,
        old_chat_member: { status: from },
        new_chat_member: { status: to },
      } as never,
    });

  test('gets notices again after anything he does, and after unblocking alone', async () => {
    const photo: TelegramAction = { does: 'send', media: { kind: 'photo' }, caption: '' };
    const actions: (() => Promise<unknown>)[] = [
      () => says('/start'),
      () => says('Контакты'),
      () => does({ does: 'press', data: 'x', messageId: 5 }),
      () => does(photo),
      () => does({ does: 'edit', words: 'слово' }),
      () => standing('kicked', 'member'),
    ];
    for (const [i, action] of actions.entries()) {
      await block();
      await action();
      expect(await isUnreachable(), String(i)).toBe(false);
    }
  });

  test('is not woken by blocking it once more, and a report of it does not touch the dialog under way', async () => {
    await says('/login');
    await says('ivan');
    await block();
    expect(await standing('member', 'kicked')).toEqual([]);
    expect(await isUnreachable()).toBe(true);
    expect(await standing('kicked', 'member')).toEqual([]);
    expect(await isUnreachable()).toBe(false);
    expect(await says('password')).toEqual(['deleteMessage', said('linking-account')]);
  });

  test('is among those who read news again', async () => {
    const now = world.clock();
    const id = await make.resident(world.db, { login: 'ivan', phone: '+79123456789', registeredAt: now });
    await make.session(world.db, { residentId: id, messengerId: 'telegram:701', openedAt: now, seenAt: now });
    const readers = () => listNewsReaders(world.db, 'charges', [id], world.clock());
    expect(await readers()).toHaveLength(1);
    await block();
    expect(await readers()).toEqual([]);
    await says('Контакты');
    expect(await readers()).toHaveLength(1);
  });
});
