import type { Message } from 'grammy/types';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { MessageRef } from '../../src/office/staff/message-part.ts';
import type { Requests } from '../../src/office/requests/requests.ts';
import { insertScheduledDeletion } from '../../src/records/scheduled-deletions.ts';
import { type Person, type TelegramAction, updateOf } from '../kit/chat/people.ts';
import { play } from '../kit/chat/play.ts';
import { openWorld } from '../kit/chat/world.ts';
import { dump, SHORT_CONSENT, withIvan } from '../dialogs/cabinet.ts';

/** A password to an account, a code or a one-time link that nobody asked for goes to no staff, however it comes. */

const IVAN: Person = { name: 'Иван', id: 701, phone: '79123456789' };

/** Ivan has an open request, № 1, and an answer to it in his chat. */
async function openStage() {
  const world = await openWorld(SHORT_CONSENT);
  onTestFinished(world.close);
  await withIvan(world);
  let update = 70_000;
  const said: Record<number, Message> = {};
  async function take(action: TelegramAction, { replied, more = {} }: { replied?: Message; more?: object } = {}) {
    world.telegram.take();
    update += 1;
    const id = world.telegram.nextMessageId();
    const taken = updateOf(IVAN, action, { update, message: id }, 0, { chat: 'private' }, replied ? { repliesTo: replied } : {});
    if (taken.message) said[id] = Object.assign(taken.message, more);
    await world.take(taken);
    await world.settled();
    await world.runOutbox();
    const calls = world.telegram.take();
    return {
      message: action.does === 'edit' ? action.of?.message_id : id,
      of: said[id],
      deleted: calls.filter(({ method }) => method === 'deleteMessage').map(({ payload }) => payload.message_id),
      told: calls.filter(({ chat }) => chat === IVAN.id).map(({ payload }) => payload.text ?? ''),
      // But for the card and the title, which follow the request.
      toStaff: calls
        .filter(
          ({ chat, method, payload }) => chat < 0 && method !== 'editForumTopic' && !String(payload.text).startsWith('<b>№'),
        )
        .map(({ payload }) => JSON.stringify(payload)),
    };
  }
  const script = (lines: string) => play(world, lines, { updatesFrom: (update += 100) }).finally(() => (update += 100));
  await world.office.requests.open(
    { messengerId: 'telegram:701', idempotencyKey: 'before' },
    { topic: 'charges', link: null, messageParts: [messagePart('telegram:701/1', 'Когда дадут тепло?')] },
  );
  await world.runOutbox();
  await script('Ольга в теме 1: Завтра');
  const { copy } = await world.db
    .selectFrom('requestMessages')
    .select('copy')
    .where('side', '=', 'staff')
    .executeTakeFirstOrThrow();
  const answer = {
    message_id: Number(copy?.split('/')[1]),
    date: 0,
    chat: { id: 701, type: 'private', first_name: 'Иван' },
    text: 'Завтра',
  };
  return { world, take, script, answer: answer as unknown as Message };
}

type Stage = Awaited<ReturnType<typeof openStage>>;

const messagePart = (source: MessageRef, words: string) => ({
  source,
  album: null,
  repliesTo: null,
  kind: 'words' as const,
  words,
  file: null,
  fileName: null,
});

const AMONG_WORDS = [
  'мой пароль ACDE FGHJ KM не подходит',
  'пароль acdefghjkm',
  'A3CD4EFG7H',
  'АСЕ4 КМ34 79 вот',
  'Код: 480213. Никому не сообщайте',
];
const WAYS: Readonly<Record<string, (stage: Stage, words: string) => ReturnType<Stage['take']>>> = {
  'as words': ({ take }, words) => take({ does: 'say', words }),
  'in a reply to staff': ({ take, answer }, words) => take({ does: 'say', words }, { replied: answer }),
  'under a photo': ({ take }, caption) => take({ does: 'send', media: { kind: 'photo' }, caption }),
  'under a photo in a reply to staff': ({ take, answer }, caption) =>
    take({ does: 'send', media: { kind: 'photo' }, caption }, { replied: answer }),
  'under a document in a reply to staff': ({ take, answer }, caption) =>
    take({ does: 'send', media: { kind: 'document' }, caption }, { replied: answer }),
  'under a voice message, in an album': ({ take, answer }, caption) =>
    take({ does: 'send', media: { kind: 'voice' }, caption, album: 'a' }, { replied: answer }),
  'by an edit of what staff have': async ({ take }, words) => {
    const { of } = await take({ does: 'say', words: 'Не подходит' });
    return take({ does: 'edit', words, ...(of && { of }) });
  },
  'by an edit under a photo that staff have': async ({ take }, words) => {
    const { of } = await take({ does: 'send', media: { kind: 'photo' }, caption: 'Вот' });
    return take({ does: 'edit', words, ...(of && { of }) });
  },
  'by an edit of what staff have, long after': async ({ take, world }, words) => {
    const { of } = await take({ does: 'say', words: 'Не подходит' });
    world.pass(3_600_000);
    return take({ does: 'edit', words, ...(of && { of: { ...of, date: -3_600 } }) });
  },
  'in a reply to staff, in a dialog': async ({ take, script, answer }, words) => {
    await script('Иван: /link');
    return take({ does: 'say', words }, { replied: answer });
  },
  'under a photo in a reply to staff, in a dialog': async ({ take, script, answer }, caption) => {
    await script('Иван: /settings');
    return take({ does: 'send', media: { kind: 'photo' }, caption }, { replied: answer });
  },
  'by an edit of what staff have, in a dialog': async ({ take, script }, words) => {
    const { of } = await take({ does: 'say', words: 'Не подходит' });
    await script('Иван: /settings');
    return take({ does: 'edit', words, ...(of && { of }) });
  },
  'where one writes to staff': async ({ take, script }, words) => {
    await script('Иван: /request');
    return take({ does: 'say', words });
  },
  'under a photo where one writes to staff': async ({ take, script }, caption) => {
    await script('Иван: /request');
    return take({ does: 'send', media: { kind: 'photo' }, caption });
  },
  'by an edit where one writes to staff': async ({ take, script }, words) => {
    await script('Иван: /request');
    const { of } = await take({ does: 'say', words: 'Не подходит' });
    return take({ does: 'edit', words, ...(of && { of }) });
  },
};

describe.each(Object.entries(WAYS))('%s', (_, send) => {
  test('a secret goes out of the chat and to nobody, and one reads why', async () => {
    const stage = await openStage();
    for (const words of ['ACDE FGHJ KM', ...AMONG_WORDS]) {
      const { message, deleted, told, toStaff } = await send(stage, words);
      expect({ words, deleted }).toEqual({ words, deleted: [message] });
      expect({ words, toStaff }).toEqual({ words, toStaff: [] });
      expect(told.join()).toMatch(/удалили|Выберите, пожалуйста, раздел/);
      await stage.script('Иван: /cancel');
    }
    // An id may hold any letters of a number in base sixteen.
    const kept = (await dump(stage.world)).replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '').toUpperCase();
    for (const piece of ['FGHJ', '4EFG', 'КМ34', '480213']) expect(kept).not.toContain(piece);
    expect(stage.world.failures).toEqual([]);
  });
});

test('what people write about passwords and codes goes on as before', async () => {
  const { take, answer } = await openStage();
  for (const words of ['Пароль не подходит', 'Код не пришёл', 'Показания 346793', 'Счётчик АК-4673467', 'Машина А777МР 77']) {
    const { deleted, toStaff } = await take({ does: 'say', words }, { replied: answer });
    expect({ words, deleted }).toEqual({ words, deleted: [] });
    expect(toStaff).toHaveLength(1);
  }
});

test('the last guard: what comes to the office all the same is kept with dots', async () => {
  const { world } = await openStage();
  const requests: Requests = world.office.requests;
  const by = (step: string) => ({ messengerId: 'telegram:701' as const, idempotencyKey: step });
  const source = 'telegram:701/900' as const;
  await requests.add(by('add'), 1, [messagePart(source, `пароль ACDEFGHJKM и ac-${'x'.repeat(38)}`)]);
  await requests.edited(by('edit'), source, 'пароль A3CD 4EFG 7H');
  const kept = await world.db
    .selectFrom('requestMessages')
    .select('words')
    .where('source', '=', source)
    .executeTakeFirstOrThrow();
  expect(kept.words).toBe('пароль ••••••••••••');
  await world.db
    .updateTable('requests')
    .set({ state: 'closed', closedAt: world.clock(), rating: 1, ratedAt: world.clock() })
    .execute();
  expect(await requests.rateWords(by('rate'), 1, 'пароль ACDEFGHJKM')).toEqual({ outcome: 'rated' });
  expect(await dump(world)).not.toMatch(/ACDEFGHJKM|4EFG|x{30}/);
});

test('a rating’s word with a password is asked for again without it', async () => {
  const stage = await openStage();
  await stage.script('Ольга в теме 1: /close');
  await stage.script(`Иван: [Мои обращения]
Иван: [№ 1 · Начисления · закрыто]
Иван: [Оценить ответ]
Иван: 1`);
  const { deleted, toStaff, message } = await stage.take({ does: 'say', words: 'пароль ACDEFGHJKM не подошёл' });
  expect(deleted).toEqual([message]);
  expect(toStaff).toEqual([]);
});

describe('a resident’s one-time link', () => {
  const TOKEN = 'Ab-_'.repeat(9) + 'zz';
  const LINK = `Доступ к счёту: https://t.me/test_bot?start=ac-${TOKEN} , действует сутки`;
  const LINKED: Readonly<Record<string, (stage: Stage) => ReturnType<Stage['take']>>> = {
    'that is pasted': ({ take }) => take({ does: 'say', words: LINK }),
    'of which the end is pasted': ({ take }) => take({ does: 'say', words: `вот ac-${TOKEN}` }),
    'that is passed on': ({ take }) =>
      take(
        { does: 'say', words: LINK },
        { more: { forward_origin: { type: 'hidden_user', sender_user_name: 'Анна', date: 0 } } },
      ),
    'under a photo': ({ take }) => take({ does: 'send', media: { kind: 'photo' }, caption: LINK }),
    'behind a word': ({ take }) =>
      take(
        { does: 'say', words: 'сюда' },
        { more: { entities: [{ type: 'text_link', offset: 0, length: 4, url: `https://t.me/test_bot?start=ac-${TOKEN}` }] } },
      ),
    'in a reply to staff': ({ take, answer }) => take({ does: 'say', words: LINK }, { replied: answer }),
    'by an edit of what staff have': async ({ take }) => {
      const { of } = await take({ does: 'say', words: 'Не подходит' });
      return take({ does: 'edit', words: LINK, ...(of && { of }) });
    },
    'in a dialog': async ({ take, script }) => {
      await script('Иван: /settings');
      return take({ does: 'say', words: LINK });
    },
  };

  test.each(Object.entries(LINKED))('%s opens what it opens, and staff have nothing of it', async (_, send) => {
    const stage = await openStage();
    const { told, toStaff } = await send(stage);
    expect(toStaff).toEqual([]);
    expect(told.join()).toContain(stage.world.texts.text('take-access-forged'));
    const kept = await dump(stage.world);
    expect(kept).not.toContain(TOKEN.slice(0, 30));
    expect(stage.world.failures).toEqual([]);
  });

  test('where words for staff are not sent yet, one is asked about them first', async () => {
    const stage = await openStage();
    await stage.script('Иван: /request\nИван: Ещё вот что');
    const { told, toStaff } = await stage.take({ does: 'say', words: LINK });
    expect(toStaff).toEqual([]);
    expect(told.join()).not.toContain(stage.world.texts.text('take-access-forged'));
    const sent = await stage.script('Иван: [Отправить]');
    expect(sent).toContain('Ещё вот что');
    expect(sent).toContain('Ссылка неполная или неверная');
    expect(
      (await stage.world.db.selectFrom('requestMessages').select('words').execute()).map(({ words }) => words).join(),
    ).not.toContain('ac-');
  });
});

describe('what is said beside a resident’s one-time link', () => {
  const TOKEN = 'Ab-_'.repeat(9) + 'zz';
  const ASKED = `Не открывается https://t.me/test_bot?start=ac-${TOKEN}, помогите`;
  const SAID: Readonly<Record<string, (stage: Stage) => ReturnType<Stage['take']>>> = {
    'in a reply to staff': ({ take, answer }) => take({ does: 'say', words: ASKED }, { replied: answer }),
    'in a few words': ({ take, answer }) => take({ does: 'say', words: `ac-${TOKEN} Не работает` }, { replied: answer }),
    'in a question': ({ take, answer }) => take({ does: 'say', words: `ac-${TOKEN} действует?` }, { replied: answer }),
    'under a photo in a reply to staff': ({ take, answer }) =>
      take({ does: 'send', media: { kind: 'photo' }, caption: ASKED }, { replied: answer }),
    'by an edit of what staff have': async ({ take }) => {
      const { of } = await take({ does: 'say', words: 'Не подходит' });
      return take({ does: 'edit', words: ASKED, ...(of && { of }) });
    },
    'where nothing is under way': ({ take }) => take({ does: 'say', words: ASKED }),
    'where one writes to staff': async ({ take, script }) => {
      await script('Иван: /request');
      const asked = await take({ does: 'say', words: ASKED });
      await script('Иван: [Отправить]');
      return asked;
    },
    'beside what the bot wrote': ({ take, answer, world }) => {
      const link = `https://t.me/test_bot?start=ac-${TOKEN}`;
      const words = world.texts.text('give-access-pass-on', { link, until: world.clock().toISOString() });
      return take({ does: 'say', words: `Не открывается!\n${words}` }, { replied: answer });
    },
  };

  test.each(Object.entries(SAID))('%s goes on its way, without the link', async (_, send) => {
    const stage = await openStage();
    const { told } = await send(stage);
    await stage.world.runOutbox();
    expect(told.join()).not.toContain(stage.world.texts.text('take-access-forged'));
    const messages = await stage.world.db.selectFrom('requestMessages').select('words').orderBy('id').execute();
    expect(messages.map(({ words }) => words).join()).toMatch(/Не открывается|Не работает|действует\?/);
    const kept = await dump(stage.world);
    expect(kept).not.toContain(TOKEN.slice(0, 30));
    expect(stage.world.failures).toEqual([]);
  });

  test('is the answer to what a dialog asks, without the link', async () => {
    const stage = await openStage();
    await stage.script('Иван: /link');
    const { told } = await stage.take({ does: 'say', words: ASKED });
    expect(told.join()).not.toContain(stage.world.texts.text('take-access-forged'));
    expect(told.join()).toContain(stage.world.texts.text('problem-account-number'));
  });

  test.each(['2026-11-23T09:00:00Z', '2027-05-01T21:30:00Z'])(
    'what the bot itself wrote, until %s, is the link alone',
    async (until) => {
      const { take, answer, world } = await openStage();
      const link = `https://t.me/test_bot?start=ac-${TOKEN}`;
      const words = world.texts.text('give-access-pass-on', { link, until });
      for (const said of [words, words.slice(words.indexOf('Откройте')), `Мама, держи: ${words}`]) {
        const { told, toStaff } = await take({ does: 'say', words: said }, { replied: answer });
        expect(toStaff).toEqual([]);
        expect(told.join()).toContain(world.texts.text('take-access-forged'));
      }
    },
  );
});

describe('what a message cites', () => {
  const SLIP = 'Пароль: ACDEFGHJKM\nЛицевой счёт 0012345, действует до 22 декабря';
  const LINK = `https://t.me/test_bot?start=ac-${'Ab-_'.repeat(9)}zz`;

  test.each([
    ['the slip', SLIP, undefined],
    ['a piece of the slip', SLIP, 'ACDEFGH'],
    ['the password of the slip', SLIP, 'ACDEFGHJKM'],
    ['a one-time link', `Подключитесь по ссылке ${LINK}`, undefined],
    ['the end of it', `Подключитесь по ссылке ${LINK}`, LINK.slice(-30)],
    ['a code', 'Ваш код 480213', undefined],
    ['a phone where the beginning ends', `${'о'.repeat(112)} +7 912 345-67-89`, undefined],
    ['a password where the beginning ends', `${'о'.repeat(115)} ACDE FGHJ KM`, undefined],
  ])('%s: staff and the base have no secret of it', async (_, text, quoted) => {
    const { take, world } = await openStage();
    const replied = {
      message_id: 5,
      date: 0,
      chat: { id: 701, type: 'private', first_name: 'Иван' },
      caption: text,
    } as unknown as Message;
    const quote = quoted === undefined ? {} : { quote: { text: quoted, position: 0, is_manual: true } };
    const { toStaff } = await take({ does: 'say', words: 'житель ушёл, что делать?' }, { replied, more: quote });
    expect(toStaff).toHaveLength(1);
    const kept = toStaff.join() + (await dump(world));
    for (const piece of [/ACDE/, /FGHJ/, /Ab-_Ab/, /480213/, /345-67|\+7 912 3/]) expect(kept).not.toMatch(piece);
  });

  test('a paper that is to be deleted leaves nothing at all', async () => {
    const { take, world } = await openStage();
    await world.db.transaction().execute((trx) =>
      insertScheduledDeletion(
        trx,
        {
          message: 'telegram:701/5',
          key: 'slip',
          addressee: 'telegram:701',
          runAt: new Date(world.clock().getTime() + 600_000),
        },
        world.clock(),
      ),
    );
    const replied = {
      message_id: 5,
      date: 0,
      chat: { id: 701, type: 'private', first_name: 'Иван' },
      caption: 'Слова с листка',
    } as unknown as Message;
    const { toStaff } = await take({ does: 'say', words: 'житель ушёл' }, { replied });
    expect(toStaff).toEqual([expect.stringContaining('житель ушёл')]);
    expect(toStaff.join()).not.toContain('листка');
  });
});
