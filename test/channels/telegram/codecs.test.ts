import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buttonData, choiceData, deskData, doorData, readCallbackData } from '../../../src/channels/telegram/callback-data.ts';
import {
  chatId,
  messageRef,
  personId,
  messagePlace,
  readMessageRef,
  readPersonId,
  readMessagePlace,
} from '../../../src/channels/telegram/ids.ts';
import { CHAPTERS, DESK_VERBS } from '../../../src/domain/doors.ts';
import { escapeMarkup, plainText, shownText } from '../../../src/texts/markup.ts';

const id = fc.integer({ min: 1, max: 2 ** 52 });
const chapter = fc.constantFrom(...CHAPTERS);
const verb = fc.constantFrom(...DESK_VERBS);
/** What references are made of: opaque ids, numbers, months; and anything else that somebody may send. */
const ref = fc.oneof(fc.stringMatching(/^[\w-]{0,39}$/), fc.string({ unit: 'binary', maxLength: 10 }));
const bytesOf = (data: string) => Buffer.byteLength(data);

describe('what a button carries', () => {
  test('a door is read as it was written', () => {
    fc.assert(
      fc.property(chapter, ref, fc.boolean(), (dialog, written, replaces) => {
        fc.pre(bytesOf(written) <= 39);
        const data = doorData({ dialog, ref: written, ...(replaces && { replaces: true as const }) });
        expect(bytesOf(data)).toBeLessThanOrEqual(64);
        expect(readCallbackData(data)).toEqual({ kind: 'door', dialog, ref: written, replaces });
      }),
    );
    expect(readCallbackData(doorData({ dialog: 'contacts' }))).toEqual({
      kind: 'door',
      dialog: 'contacts',
      ref: '',
      replaces: false,
    });
  });

  test('a button of the group is read as it was written', () => {
    fc.assert(
      fc.property(verb, fc.nat({ max: 999_999_999_999_999 }), ref, (name, number, rest) => {
        fc.pre(bytesOf(rest) <= 30 && !/^\d+$/.test(rest));
        const data = deskData({ verb: name, number, rest });
        expect(bytesOf(data)).toBeLessThanOrEqual(64);
        expect(readCallbackData(data)).toEqual({ kind: 'desk', verb: name, number, rest });
        expect(buttonData({ verb: name, number, rest })).toBe(data);
      }),
    );
  });

  test('a person of a button of the group is written by the number, as ever, and read as the office knows them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_999_999_999 }), (person) => {
        expect(deskData({ verb: 'to', number: 5, rest: personId(person) })).toBe(`s.to.5-${person}`);
        expect(readCallbackData(`s.to.5-${person}`)).toMatchObject({ verb: 'to', rest: personId(person) });
        expect(readCallbackData(`s.stats.30-${person}`)).toMatchObject({ verb: 'stats', rest: String(person) });
      }),
    );
    for (const rest of ['', '0', '-5', '1e3x', 'x']) expect(readCallbackData(`s.to.5-${rest}`)).toMatchObject({ rest });
  });

  test('a choice is read as it was written', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[\w-]{1,22}$/), fc.nat({ max: 99_999 }), ref, (run, step, choice) => {
        fc.pre(bytesOf(choice) <= 30);
        const data = choiceData({ run, step, choice });
        expect(bytesOf(data)).toBeLessThanOrEqual(64);
        expect(readCallbackData(data)).toEqual({ kind: 'choice', run, step, choice });
      }),
    );
  });

  test('longer than 64 bytes is never written, in whatever letters, and never read', () => {
    const long = fc.string({ unit: 'binary', minLength: 65, maxLength: 200 });
    fc.assert(
      fc.property(long, (each) => {
        expect(() => doorData({ dialog: 'bill', ref: each })).toThrow(RangeError);
        expect(() => deskData({ verb: 'take', number: 1, rest: each })).toThrow(RangeError);
        expect(() => choiceData({ run: 'a', step: 1, choice: each })).toThrow(RangeError);
        expect(readCallbackData(`d.bill.${each}`)).toBeUndefined();
      }),
    );
    expect(bytesOf(doorData({ dialog: 'bill', ref: 'я'.repeat(28) }))).toBe(63);
    expect(() => doorData({ dialog: 'bill', ref: 'я'.repeat(29) })).toThrow('at most 64 bytes');
  });

  test.each(
    [
      '',
      'd',
      'd.',
      'd.bill',
      'd.billet.1',
      'd.toString.',
      'x.bill.1',
      'D.bill.1',
      ' d.bill.1',
      '\nd.bill.1',
      's.take',
      's.take.',
    ].concat(
      [
        's.took.1',
        's.take.1x',
        's.take.-1',
        's.take.1.5',
        's.take.1234567890123456',
        's.constructor.1',
        'q.run',
        'q.run.1',
        'q..1.x',
      ],
      ['q.run.x.1', 'q.run.-1.1', 'q.run.1234567.1', 'bill', 'd:bill:1', '{"dialog":"bill"}'],
    ),
  )('%j is none of ours', (data) => {
    expect(readCallbackData(data)).toBeUndefined();
  });

  test('whatever is sent is read or refused, never thrown over', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 70 }), (data) => {
        const read = readCallbackData(data);
        if (read?.kind === 'door') expect(CHAPTERS).toContain(read.dialog);
        if (read?.kind === 'desk') expect(DESK_VERBS).toContain(read.verb);
      }),
    );
  });
});

describe('ids', () => {
  test('a person and a message are read as they were written', () => {
    fc.assert(
      fc.property(id, id, fc.boolean(), (chat, message, isGroup) => {
        const there = isGroup ? -chat : chat;
        expect(readPersonId(personId(chat))).toBe(chat);
        expect(readMessageRef(messageRef(there, message))).toEqual({ chat: there, message });
        expect(messageRef(there, message).startsWith(`${chatId(there)}/`)).toBe(true);
      }),
    );
  });

  const NO_PERSON = [
    '',
    '7',
    'telegram:',
    'telegram:0',
    'telegram:-7',
    'telegram:07',
    'telegram:7 ',
    ' telegram:7',
    'telegram:7\n',
    'max:7',
  ];
  test.each([
    ...NO_PERSON,
    'Telegram:7',
    'telegram:7/1',
    'telegram:1e3',
    'telegram:9007199254740993',
    'telegram:99999999999999999',
  ])('%j is no account in Telegram', (foreign) => {
    expect(readPersonId(foreign)).toBeUndefined();
  });

  test.each(
    [
      '',
      'telegram:7',
      'telegram:7/',
      'telegram:/7',
      'telegram:7/0',
      'telegram:7/-1',
      'telegram:7/1/2',
      'max:7/1',
      'telegram:--7/1',
    ].concat(['telegram:7/1\n', 'telegram:0/1', 'telegram:7/9007199254740993', 'telegram:-1001/33 ']),
  )('%j is no message in Telegram', (foreign) => {
    expect(readMessageRef(foreign)).toBeUndefined();
  });
});

describe('HTML', () => {
  test('people’s words are read as they were typed, whatever they look like', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (words) => {
        const marked = escapeMarkup(words);
        expect(marked).not.toMatch(/[<>]/);
        expect(shownText(marked)).toBe(words);
        expect(shownText(`<b>${marked}</b>`)).toBe(words);
        expect(plainText(`<i>${marked}</i>`)).toBe(words);
      }),
    );
    expect(shownText(escapeMarkup('&lt;b&gt; &amp;amp; <b>'))).toBe('&lt;b&gt; &amp;amp; <b>');
  });

  test('where a link loses its looks its address follows it, once', () => {
    const link = 'см. <a href="https://x.ru/?a=1&amp;b=2">сайт</a> и <a href="https://x.ru">https://x.ru</a>';
    expect(plainText(link)).toBe('см. сайт (https://x.ru/?a=1&b=2) и https://x.ru');
    expect(shownText(link)).toBe('см. сайт и https://x.ru');
  });
});

test('a place is read as it was written, and of two the later one is the greater text', () => {
  fc.assert(
    fc.property(id, id, (one, other) => {
      expect(readMessagePlace(messagePlace(one))).toBe(one);
      expect(messagePlace(one) > messagePlace(other)).toBe(one > other);
    }),
  );
  expect(['', ...[1, 9, 10, 99, 100, 2 ** 31, 2 ** 52].map(messagePlace)].toSorted()).toEqual([
    '',
    ...[1, 9, 10, 99, 100, 2 ** 31, 2 ** 52].map(messagePlace),
  ]);
});
