import fc from 'fast-check';
import type { Message, Update } from 'grammy/types';
import { describe, expect, test } from 'vitest';
import { choiceData, deskData, doorData } from '../../../src/channels/telegram/callback-data.ts';
import { messagePlace } from '../../../src/channels/telegram/ids.ts';
import { letterOf as readLetter } from '../../../src/channels/telegram/letter-of.ts';
import { MESSAGE_FIELDS } from '../../../src/channels/telegram/message-content.ts';
import { markupOf } from '../../../src/channels/telegram/reply-markup.ts';
import type { Button } from '../../../src/dialogs/kit/keyboard.ts';
import type { Letter } from '../../../src/dialogs/kit/letter.ts';
import { type TelegramAction, updateOf } from '../../kit/chat/people.ts';

const IVAN = { name: 'Иван', id: 701, phone: '79123456789' };
const ids = { update: 5, message: 17 };
const PRIVATE = { id: 701, type: 'private', first_name: 'Иван' } as const;
const FROM = { id: 701, is_bot: false, first_name: 'Иван' } as const;
const file = { file_id: 'handle', file_unique_id: 'key' };

const message = (fields: object): Message & Update['message'] => ({
  message_id: 17,
  date: 100,
  chat: PRIVATE,
  from: FROM,
  ...fields,
});
const letterOf = (update: Update) => readLetter(update, 'inkomus_bot');
const sent = (fields: object): Letter | undefined => letterOf({ update_id: 5, message: message(fields) });

describe('what people do in transcripts', () => {
  const rows: readonly (readonly [string, TelegramAction, object])[] = [
    ['words', { does: 'say', words: 'слово' }, { kind: 'words', words: 'слово', part: { kind: 'words', words: 'слово' } }],
    ['a command', { does: 'say', words: '/menu' }, { kind: 'words', words: '/menu', command: { name: 'menu', argument: '' } }],
    [
      'a photo',
      { does: 'send', media: { kind: 'photo' }, caption: 'вот' },
      { kind: 'photo', file: expect.any(String) as string, part: { kind: 'photo', words: 'вот' } },
    ],
    [
      'one of an album',
      { does: 'send', media: { kind: 'photo' }, caption: '', album: 'a' },
      { part: { album: 'telegram:701/a' } },
    ],
    [
      'a document',
      { does: 'send', media: { kind: 'document', name: 'a.csv' }, caption: '' },
      { kind: 'file', name: 'a.csv', part: { kind: 'document', fileName: 'a.csv' } },
    ],
    ['a video', { does: 'send', media: { kind: 'video' }, caption: '' }, { kind: 'other', part: { kind: 'video' } }],
    ['a voice', { does: 'send', media: { kind: 'voice' }, caption: '' }, { kind: 'other', part: { kind: 'voice' } }],
    ['a sticker', { does: 'sticker' }, { kind: 'other', part: { kind: 'sticker' } }],
    [
      'one’s contact',
      { does: 'contact', phone: '79', userId: 701, forwarded: false },
      { kind: 'contact', phone: '79', own: true },
    ],
    ['one’s contact, passed on', { does: 'contact', phone: '79', userId: 701, forwarded: true }, { kind: 'contact', own: false }],
    ['another’s contact', { does: 'contact', phone: '79', userId: 5, forwarded: false }, { kind: 'contact', own: false }],
    ['nobody’s contact', { does: 'contact', phone: '79', userId: undefined, forwarded: false }, { kind: 'contact', own: false }],
    ['an edit', { does: 'edit', words: 'иначе' }, { kind: 'edit', words: 'иначе', afterSeconds: 0, part: { words: 'иначе' } }],
  ];

  test.each(rows)('%s', (_, action, expected) => {
    const letter = letterOf(updateOf(IVAN, action, ids, 100));
    expect(letter).toMatchObject({ place: messagePlace(17), ...expected });
    expect(letter).toMatchObject({ part: { source: 'telegram:701/17', repliesTo: null } });
  });
});

test('a picture sent as a file is a picture', () => {
  const document = { ...file, mime_type: 'image/png', file_name: 'a.png' };
  expect(sent({ document })).toMatchObject({ kind: 'photo', file: 'handle', unique: 'key', part: { kind: 'document' } });
});

test('a reply says to what; an edit how long after', () => {
  expect(sent({ text: 'да', reply_to_message: message({ message_id: 9, text: 'раньше' }) })).toMatchObject({
    part: { repliesTo: 'telegram:701/9', context: { about: 'раньше' } },
  });
  const edited = message({ text: 'нет', edit_date: 160 });
  expect(letterOf({ update_id: 5, edited_message: edited as Update['edited_message'] & object })).toMatchObject({
    afterSeconds: 60,
  });
});

test('the address of each link stands behind its words, in whatever order they are told, and looks move along', () => {
  const text = 'Вот счёт, вот чек и акт';
  const at = (type: string, words: string, url?: string) => ({
    type,
    offset: text.indexOf(words),
    length: words.length,
    ...(url !== undefined && { url }),
  });
  const entities = [
    at('text_link', 'счёт', 'https://a.example/1'),
    at('bold', 'счёт'),
    at('text_link', 'чек', 'https://bb.example/22'),
    at('italic', 'чек и'),
    at('text_link', 'акт', 'https://ccc.example/333'),
    at('underline', 'акт'),
  ];
  const words = 'Вот счёт (https://a.example/1), вот чек (https://bb.example/22) и акт (https://ccc.example/333)';
  fc.assert(
    fc.property(fc.shuffledSubarray(entities, { minLength: entities.length }), fc.boolean(), (told, under) => {
      const letter = sent(under ? { photo: [file], caption: text, caption_entities: told } : { text, entities: told });
      const part = letter && 'part' in letter ? letter.part : undefined;
      expect(part?.words).toBe(words);
      const looks = part?.context?.looks?.map(({ look, from, to }) => [look, words.slice(from, to)]);
      expect(Object.fromEntries(looks ?? [])).toEqual({ b: 'счёт', i: 'чек (https://bb.example/22) и', u: 'акт' });
    }),
    { numRuns: 30 },
  );
});

test('an edit that changed nothing has the same mark, one of its words or its file another', () => {
  const markOf = (fields: object) => {
    const letter = sent(fields);
    return letter && 'mark' in letter ? letter.mark : undefined;
  };
  expect(markOf({ text: 'да', message_id: 30 })).toBe(markOf({ text: 'да' }));
  expect(markOf({ text: 'нет' })).not.toBe(markOf({ text: 'да' }));
  const photo = (key: string) => ({ caption: 'вот', photo: [{ file_id: `${key}1`, file_unique_id: key }] });
  expect(markOf(photo('a'))).not.toBe(markOf(photo('b')));
  expect(markOf({ ...photo('a'), caption: '' })).not.toBe(markOf(photo('a')));
  // It is told anew with every step of whoever shares it.
  expect(markOf({ location: { latitude: 1, longitude: 2 } })).toBe(markOf({ location: { latitude: 3, longitude: 4 } }));
});

describe('a press', () => {
  const pressed = (data: string | undefined): Letter | undefined =>
    letterOf({ update_id: 5, callback_query: { id: 'p', from: FROM, chat_instance: '1', ...(data !== undefined && { data }) } });

  test('means what the button meant that carried it', () => {
    const buttons: Button[] = [
      { label: 'да', means: { run: 'r1', step: 3, choice: 'p12' } },
      { label: 'долг', means: { dialog: 'debt', ref: '7', replaces: true } },
      { label: 'оплата', means: { dialog: 'pay' } },
    ];
    const markup = markupOf([buttons]);
    const carried = 'inline_keyboard' in markup ? markup.inline_keyboard.flat() : [];
    expect(carried.map((button) => ('callback_data' in button ? pressed(button.callback_data) : undefined))).toEqual([
      { kind: 'press', button: { is: 'choice', run: 'r1', step: 3, choice: 'p12' } },
      { kind: 'press', button: { is: 'door', dialog: 'debt', ref: '7' } },
      { kind: 'press', button: { is: 'door', dialog: 'pay', ref: '' } },
    ]);
  });

  test.each([
    undefined,
    '',
    'q.r.x.1',
    'd.no-such-chapter.',
    deskData({ verb: 'take', number: 1 }),
    `${doorData({ dialog: 'pay' })}${'я'.repeat(40)}`,
  ])('%s means nothing', (data) => expect(pressed(data)).toEqual({ kind: 'press', button: undefined }));

  test('a choice is what it was', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-z0-9]{1,4}$/),
        fc.nat(999_999),
        fc.stringMatching(/^[a-z0-9]{0,20}$/),
        (run, step, choice) => {
          expect(pressed(choiceData({ run, step, choice }))).toEqual({
            kind: 'press',
            button: { is: 'choice', run, step, choice },
          });
        },
      ),
    );
  });
});

/** A field of each kind of content as the Bot API fills it. */
const CONTENTS: Record<string, object> = {
  text: { text: 'слово', entities: [{ type: 'text_link', offset: 0, length: 5, url: 'https://a.example' }] },
  photo: { photo: [file, { ...file, file_id: 'larger' }], caption: 'вот' },
  document: { document: { ...file, file_name: 'a.pdf', file_size: 5 } },
  animation: { animation: { ...file, file_name: 'a.gif' }, document: file },
  audio: { audio: { ...file, file_name: 'a.mp3' } },
  video: { video: file },
  video_note: { video_note: file },
  voice: { voice: file, caption: 'голос' },
  sticker: { sticker: { ...file, emoji: '🙂' } },
  location: { location: { latitude: 1, longitude: 2 } },
  venue: { venue: { title: 'Дом', address: '' }, location: { latitude: 1, longitude: 2 } },
  contact: { contact: { phone_number: '79', first_name: 'П', user_id: 701 } },
  forward_origin: { text: 'чужое', forward_origin: { type: 'hidden_user', sender_user_name: 'Кто-то', date: 1 } },
};

describe('every kind of message that the Bot API knows becomes a letter of plain data', () => {
  const content = Object.entries(MESSAGE_FIELDS).filter(([, kind]) => kind === 'content');
  const plain = (letter: Letter | undefined) => {
    expect(letter).toBeDefined();
    expect(JSON.parse(JSON.stringify(letter))).toEqual(letter);
    expect(letter).not.toHaveProperty('message_id');
  };

  test.each(content)('%s', (field) => {
    const fields = CONTENTS[field] ?? { [field]: field === 'caption' || field === 'effect_id' ? 'x' : {} };
    const letter = sent(fields);
    plain(letter);
    expect(letter).toMatchObject({ place: messagePlace(17), mark: expect.any(String) as string });
    const edit = letterOf({
      update_id: 5,
      edited_message: message({ ...fields, edit_date: 1 }) as Update['edited_message'] & object,
    });
    expect(edit).toMatchObject({
      kind: 'edit',
      place: messagePlace(17),
      part: letter && 'part' in letter ? letter.part : undefined,
    });
  });

  test('several at once, too', () => {
    const some = fc.subarray(Object.values(CONTENTS), { minLength: 1, maxLength: 4 });
    fc.assert(fc.property(some, (fields) => plain(sent(Object.assign({}, ...fields) as object))));
  });
});

describe('a command', () => {
  test.each([
    ['/start', { name: 'start', argument: '' }],
    ['/start ls-0012345678', { name: 'start', argument: 'ls-0012345678' }],
    ['/START@Inkomus_Bot  ac-Ab_-9 ', { name: 'start', argument: 'ac-Ab_-9' }],
    ['/bill за сентябрь\n2026', { name: 'bill', argument: 'за сентябрь\n2026' }],
    ['/Login@Other_bot x', { name: 'Login@Other_bot', argument: 'x' }],
  ])('%s has its name and what stands behind it', (text, command) => {
    expect(sent({ text })).toMatchObject({ kind: 'words', words: text, command });
  });

  test('is read in an edit, too', () => {
    const edited = message({ text: '/help', edit_date: 160 }) as Update['edited_message'] & object;
    expect(letterOf({ update_id: 5, edited_message: edited })).toMatchObject({
      kind: 'edit',
      command: { name: 'help', argument: '' },
    });
  });

  test.each(['start', ' /start', '//start', '/долг', '/a/b', 'см. /start', '/', ''])('%j is none', (text) => {
    expect(sent({ text })).toMatchObject({ kind: 'words', command: undefined });
  });
});

test('what is no word to us is no letter', () => {
  const checkout = { id: 'q', from: FROM, currency: 'RUB', total_amount: 1, invoice_payload: 'x' };
  expect(letterOf({ update_id: 5, pre_checkout_query: checkout })).toBeUndefined();
  expect(letterOf({ update_id: 5 })).toBeUndefined();
});

test('a long name of whoever something was passed on from, and a long quote, end between two characters', () => {
  for (const at of [62, 63, 64]) {
    const name = `${'а'.repeat(at)}👍👍`;
    const passed = sent({ text: 'слово', forward_origin: { type: 'hidden_user', sender_user_name: name, date: 1 } });
    const from = passed && 'part' in passed ? passed.part?.context?.from?.name : undefined;
    expect(from).toMatch(/^а{62,64}(👍)?$/u);
    expect(JSON.stringify(from)).not.toContain('\\ud');
  }
  for (const at of [298, 299, 300]) {
    const text = `${'а'.repeat(at)}👍👍`;
    const quoting = sent({
      text: 'слово',
      reply_to_message: message({ message_id: 9, text }),
      quote: { text, position: 0, is_manual: true },
    });
    expect(JSON.stringify(quoting)).not.toMatch(/\\ud/);
  }
});
