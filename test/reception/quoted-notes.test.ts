import type { Message } from 'grammy/types';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openWorld, type World } from '../kit/chat/world.ts';
import { type Person, updateOf } from '../kit/chat/people.ts';

/** What stands in the topic and not before the resident reaches him by no quote of a colleague's. */

const GROUP = -1001;
const IVAN: Person = { name: 'Иван', id: 701, phone: '79123456789' };
const SECRET = 'скандалист';
const QUESTION = 'Когда поверка? Почему столько за воду?';

let at: Awaited<ReturnType<typeof openDesk>>;
beforeEach(async () => {
  at = await openDesk();
});
afterEach(async () => {
  expect(at.world.failures).toEqual([]);
  await at.world.close();
});

/** Request № 1 of Ivan's with a topic, and two colleagues who write in it. */
async function openDesk() {
  const world: World = await openWorld();
  world.pass(22 * 3_600_000);
  for (const id of ['telegram:801', 'telegram:802'] as const) world.staff.add(id);
  let update = 0;
  const opened = await world.office.requests.open(
    { messengerId: 'telegram:701', idempotencyKey: 'opened' },
    {
      topic: 'other',
      link: null,
      messageParts: [
        {
          source: `telegram:701/${world.telegram.wrote(701, { words: QUESTION })}`,
          album: null,
          repliesTo: null,
          kind: 'words',
          words: QUESTION,
          file: null,
          fileName: null,
        },
      ],
    },
  );
  expect(opened.outcome).toBe('opened');
  await world.runOutbox();
  const request = await world.db.selectFrom('requests').selectAll().executeTakeFirstOrThrow();
  const thread = Number(request.thread?.split('/')[1]);
  const card = Number(request.card?.split('/')[1]);
  world.telegram.take();

  const chat = { id: GROUP, type: 'supergroup' as const, title: 'Сотрудники', is_forum: true as const };
  const message = (who: 801 | 802, fields: object, id = world.telegram.nextMessageId()): Message & { message_id: number } => ({
    message_id: id,
    date: 0,
    chat,
    from: { id: who, is_bot: false, first_name: who === 801 ? 'Ольга' : 'Мария' },
    message_thread_id: thread,
    is_topic_message: true,
    ...fields,
  });
  async function write(who: 801 | 802, fields: object): Promise<Message> {
    const written = message(who, fields);
    await world.take({ update_id: ++update, message: written } as never);
    await world.settled();
    await world.runOutbox();
    return written;
  }
  return {
    world,
    write,
    card: () => message(801, { text: 'карточка' }, card),
    async edit(before: Message, fields: object): Promise<void> {
      await world.take({ update_id: ++update, edited_message: { ...before, edit_date: 60, ...fields } } as never);
      await world.settled();
      await world.runOutbox();
    },
    quoting: (replied: Message, text: string, words: string, more: object = {}) =>
      write(802, {
        text: words,
        reply_to_message: replied,
        quote: { text, position: 0, is_manual: true },
        ...more,
      }),
    async ivan(words: string, replied?: Message, text?: string): Promise<void> {
      const manner = replied ? { repliesTo: replied } : {};
      const ids = { update: 5000 + ++update, message: world.telegram.nextMessageId() };
      const said = updateOf(IVAN, { does: 'say', words }, ids, 0, { chat: 'private' }, manner);
      if (text !== undefined) Object.assign(said.message ?? {}, { quote: { text, position: 0, is_manual: true } });
      await world.take(said);
      await world.settled();
      await world.runOutbox();
    },
    /** All that went to him since the last time, by the words and by what Telegram itself quotes. */
    toIvan: () =>
      world.telegram
        .take()
        .filter(({ chat: to }) => to === 701)
        .map(({ payload }) => JSON.stringify({ said: payload.text ?? payload.caption, answers: payload.reply_parameters })),
  };
}

const NO_QUOTE: readonly (readonly [string, () => Promise<Message>, string])[] = [
  ['a note', () => at.write(801, { text: `// ${SECRET}, долг 5 лет` }), `${SECRET}, долг 5 лет`],
  ['the note’s lines of an answer', () => at.write(801, { text: `Проверим\n// ${SECRET}` }), SECRET],
  ['words across both', () => at.write(801, { text: `Проверим\n// ${SECRET}` }), `Проверим\n// ${SECRET}`],
  [
    'an answer that was taken back',
    async () => {
      const answer = await at.write(801, { text: `Он ${SECRET}` });
      await at.write(801, { text: '/undo', reply_to_message: answer });
      return answer;
    },
    SECRET,
  ],
  [
    'an answer that was made a note',
    async () => {
      const answer = await at.write(801, { text: `Он ${SECRET}` });
      await at.edit(answer, { text: `// Он ${SECRET}` });
      return answer;
    },
    SECRET,
  ],
  [
    'what an answer said before it was corrected',
    async () => {
      const answer = await at.write(801, { text: `Он ${SECRET}` });
      await at.edit(answer, { text: 'Он прав' });
      return answer;
    },
    SECRET,
  ],
  ['a line of the card', async () => at.card(), `Логин iv•••n ${SECRET}`],
  ['what is above the words of a card', async () => at.card(), `${SECRET}\n\nКогда поверка?`],
];

describe('a quote of', () => {
  test.each(NO_QUOTE)('%s does not reach the resident', async (_, cited, text) => {
    const replied = await cited();
    at.toIvan();
    await at.quoting(replied, text, 'Здравствуйте, проверим');
    const [answer, second] = at.toIvan();
    expect(second).toBeUndefined();
    expect(answer).toContain('Здравствуйте, проверим');
    expect(answer).not.toContain(SECRET);
    // It stays an answer all the same: the group's own record has it.
    const last = await at.world.db.selectFrom('requestMessages').selectAll().orderBy('id', 'desc').executeTakeFirstOrThrow();
    expect(last.context?.quote).toBeUndefined();
    expect(JSON.stringify(await at.world.db.selectFrom('outbox').select(['words', 'progress']).execute())).not.toContain(SECRET);
  });

  test('a note, under a photo, in an album, and by a note that becomes an answer', async () => {
    const note = await at.write(801, { text: `// ${SECRET}` });
    const photo = [{ file_id: 'p', file_unique_id: 'p', width: 9, height: 9 }];
    at.toIvan();
    const carried = { text: undefined, caption: 'Вот акт', photo };
    await at.quoting(note, SECRET, '', carried);
    await at.quoting(note, SECRET, '', { ...carried, media_group_id: 'a' });
    const own = await at.quoting(note, SECRET, '// проверю сама');
    await at.edit(own, { text: 'Проверили' });
    const came = at.toIvan().join('\n');
    expect(came).toContain('Вот акт');
    expect(came).toContain('Проверили');
    expect(came).not.toContain(SECRET);
  });

  test('what became a note only after it was quoted, and before it went out', async () => {
    const answer = await at.write(801, { text: `Он ${SECRET}` });
    at.toIvan();
    at.world.telegram.interfereWith(({ method, chat }) =>
      method === 'sendMessage' && chat === 701
        ? { error_code: 429, description: 'Too Many Requests', parameters: { retry_after: 30 } }
        : undefined,
    );
    await at.quoting(answer, SECRET, 'Здравствуйте, проверим');
    at.world.telegram.interfereWith(() => undefined);
    at.toIvan();
    await at.edit(answer, { text: `// Он ${SECRET}` });
    at.world.pass(120_000);
    await at.world.runOutbox();
    const came = at.toIvan().filter((said) => said.includes('Здравствуйте'));
    expect(came).toHaveLength(1);
    expect(came.join()).not.toContain(SECRET);
  });

  test('a private channel’s, by its words or its name; a public one’s is shown', async () => {
    const origin = (more: object) => ({
      type: 'channel',
      chat: { id: -5, type: 'channel', title: 'Должники', ...more },
      message_id: 1,
      date: 0,
    });
    at.toIvan();
    await at.write(802, {
      text: 'Раз',
      quote: { text: SECRET, position: 0, is_manual: true },
      external_reply: { origin: origin({}) },
    });
    await at.write(802, { text: 'Два', forward_origin: origin({}) });
    const hidden = at.toIvan().join('\n');
    expect(hidden).toContain('Раз');
    expect(hidden).toContain('Два');
    expect(hidden).not.toMatch(/скандалист|Должники/);
    const open = { username: 'vodokanal', title: 'Водоканал' };
    await at.write(802, {
      text: 'Три',
      quote: { text: 'Воды не будет', position: 0, is_manual: true },
      external_reply: { origin: origin(open) },
    });
    await at.write(802, { text: 'Четыре', forward_origin: origin(open) });
    const shown = at.toIvan().join('\n');
    expect(shown).toContain('Воды не будет');
    expect(shown).toContain('Водоканал');
  });
});

test('what he wrote or was sent is quoted to him: in the card, in an answer, and a long one by its beginning', async () => {
  await at.quoting(at.card(), 'Почему столько за воду?', 'Из-за тарифа');
  expect(at.toIvan().join()).toContain('"quote":"Почему столько за воду?"');
  const answer = await at.write(801, { text: `Проверили: счётчик исправен\n// ${SECRET}` });
  at.toIvan();
  await at.quoting(answer, 'счётчик исправен', 'Уточню');
  expect(at.toIvan().join()).toContain('"quote":"счётчик исправен"');
  const long = await at.write(801, { text: `Начало ${'слово '.repeat(100)}` });
  at.toIvan();
  await at.quoting(long, `Начало ${'слово '.repeat(80)}`.trim(), 'Ещё раз');
  expect(at.toIvan().join()).toMatch(/↩️ «Начало слово/);
});

test('what a resident quotes that is none of the request’s words is masked for staff', async () => {
  await at.write(801, { text: 'Ответ' });
  at.world.telegram.take();
  const copy = await at.world.db
    .selectFrom('requestMessages')
    .select('copy')
    .where('side', '=', 'staff')
    .executeTakeFirstOrThrow();
  const replied = {
    message_id: Number(copy.copy?.split('/')[1]),
    date: 0,
    chat: { id: 701, type: 'private', first_name: 'Иван' },
    text: 'Ответ',
  };
  await at.ivan('вот это', replied as never, 'ivan@mail.example.ru +7 912 345-67-89');
  const toStaff = at.world.telegram
    .take()
    .filter(({ chat }) => chat === GROUP)
    .map(({ payload }) => String(payload.text))
    .join('\n');
  expect(toStaff).toContain('вот это');
  expect(toStaff).not.toMatch(/ivan@mail|345-67-89/);
});

test('an answer with an emoji where its words are cut is taken back and said so', async () => {
  for (const letters of [77, 78, 79]) {
    const answer = await at.write(801, { text: `${'а'.repeat(letters)}👍👍👍👍` });
    at.world.telegram.take();
    await at.write(801, { text: '/undo', reply_to_message: answer });
    const said = at.world.telegram.take().filter(({ chat, payload }) => chat === GROUP && String(payload.text).includes('ааа'));
    expect(said).toHaveLength(1);
  }
});
