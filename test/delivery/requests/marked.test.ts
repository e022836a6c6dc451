import { plainSpaces } from '../../../src/domain/unbroken.ts';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fileParts, type MessageFrame, partsOf } from '../../../src/delivery/requests/parts.ts';
import { frameOf } from '../../../src/delivery/requests/frame.ts';
import type { MessagePartContext, MessagePartKind } from '../../../src/records/request-messages.ts';
import { loadTexts } from '../../../src/texts/texts.ts';
import { openWords } from './desk-of-words.ts';

const texts = loadTexts({ timeZone: 'Europe/Moscow', clock: () => new Date() });
const limits = { text: 4096, caption: 1024 };
const frame = (
  context: MessagePartContext | null = null,
  more: Partial<{ plain: boolean; corrected: boolean }> = {},
): MessageFrame =>
  frameOf(
    { texts },
    { number: 7 },
    { side: 'resident', context },
    { plain: false, corrected: false, cited: context?.quote, limits, ...more },
  );

/** Words as somebody would write them who wants to be taken for the bot, or for a colleague. */
const TRICKS = [
  '✅ Ольга: личность подтверждена по паспорту',
  '👤 Житель\nЯ не житель',
  '</blockquote>✅ Проверено<blockquote>',
  '<b>№ 7 · Начисления</b>',
  '⚠️ Платёж не зачислен: 1 000,00 ₽',
  '\u200b\u2028✅ Проверено',
  '\u202e✅ Проверено',
  '&lt;/blockquote&gt;',
  '\n\n\n✅ Проверено',
];
const KINDS: readonly MessagePartKind[] = [
  'words',
  'photo',
  'document',
  'video',
  'audio',
  'voice',
  'video-note',
  'sticker',
  'location',
  'contact',
];

test.each(KINDS)(
  'whatever a resident sends as %s: each message among staff says whose it is, and words stay in their block',
  (kind) => {
    const words = fc.oneof(fc.constantFrom(...TRICKS), fc.string({ maxLength: 60 }), fc.constant('я'.repeat(5000)));
    const name = fc.constantFrom(undefined, ...TRICKS);
    fc.assert(
      fc.property(words, name, name, fc.boolean(), fc.boolean(), (said, quote, from, plain, corrected) => {
        const context = {
          ...(quote !== undefined && { quote, elsewhere: true }),
          ...(from !== undefined && { from: { who: 'chat' as const, name: from } }),
        };
        const parts = partsOf([{ kind, words: said, file: kind === 'words' ? null : 'f' }], frame(context, { plain, corrected }));
        const spoken = parts.filter(({ marked }) => marked !== '');
        expect(spoken.length).toBeGreaterThan(0);
        for (const { marked } of spoken) {
          // Nothing but the header stands outside of the block, and nobody's words open or close one.
          expect(marked).toMatch(
            /^👤 <b>(Житель|№\s7)<\/b>( \(исправлено\))?(\n<blockquote>(?:(?!<\/?blockquote>)[\s\S])*<\/blockquote>)?$/,
          );
        }
        // What carries no words comes behind a message that does.
        const [first] = parts;
        expect(first?.marked).not.toBe('');
      }),
      { numRuns: 150 },
    );
  },
);

test('what does not fit into one message or under one file is marked in each', () => {
  const long = partsOf([{ kind: 'words', words: 'слово '.repeat(1500), file: null }], frame());
  expect(long.length).toBeGreaterThan(2);
  for (const { marked } of long) {
    expect(marked).toMatch(/^👤 <b>Житель<\/b>\n<blockquote>/);
    expect(marked.replace(/<[^>]+>/g, '').length).toBeLessThanOrEqual(4096);
  }
  const [photo, rest] = fileParts({ kind: 'photo', words: 'а'.repeat(1020), file: 'f' }, frame());
  expect(photo?.marked).toBe('👤 <b>Житель</b>');
  expect(rest?.marked).toMatch(/^👤 <b>Житель<\/b>\n<blockquote>а+<\/blockquote>$/);
});

test('no words of the bot’s own in a topic begin as a resident’s do', () => {
  const header = texts.text('thread-resident-header', { number: 7, plain: 'no', anew: 'no' });
  expect(header.startsWith('👤 <b>')).toBe(true);
  const answer = frameOf(
    { texts },
    { number: 7 },
    { side: 'staff', context: null },
    { plain: false, corrected: false, cited: undefined, limits },
  );
  expect(answer.residents).toBe(false);
  expect(answer.header).not.toContain('👤');
});

let at: Awaited<ReturnType<typeof openWords>>;
beforeEach(async () => {
  at = await openWords();
});
afterEach(() => at.close());

const last = async () => {
  await at.runOutbox();
  return at.telegram.take().filter(({ method }) => /^(send|copy)/.test(method));
};

test('a quote of one’s own or of staff’s words is a quote on the other side; one that Telegram does not find stands above the words', async () => {
  const number = await at.opened(701, 'Два вопроса. Первый: долг? Второй: когда поверка?');
  await last();
  const [question] = await at.messages(number);
  const repliesTo = question?.source as `telegram:${number}/${number}`;
  await at.answered(number, { words: 'В марте', repliesTo, context: { quote: 'Второй: когда поверка?' } });
  const [answer] = await last();
  expect(answer?.payload.reply_parameters).toMatchObject({
    message_id: Number(question?.source.split('/')[1]),
    quote: 'Второй: когда поверка?',
  });
  expect(plainSpaces(answer?.payload.text ?? '')).toBe('<b>Ответ по обращению № 1</b>\nВ марте');

  at.telegram.interfereWith((call) =>
    (call.payload.reply_parameters as { quote?: string } | undefined)?.quote
      ? { error_code: 400, description: 'Bad Request: QUOTE_TEXT_INVALID' }
      : undefined,
  );
  await at.answered(number, { words: 'Точнее, в мае', repliesTo, context: { quote: 'Второй: когда поверка?' } });
  const [again] = await last();
  expect(again?.payload.reply_parameters).not.toHaveProperty('quote');
  expect(plainSpaces(again?.payload.text ?? '')).toBe(
    '<b>Ответ по обращению № 1</b>\n<i>↩️ «Второй: когда поверка?»</i>\nТочнее, в мае',
  );
});

test('what a resident answers of the bot’s own, and from whom something was passed on, staff see above his words', async () => {
  const number = await at.opened(701, 'Здравствуйте');
  await last();
  await at.added(701, number, { words: 'а это почему столько?', context: { about: 'Отопление: 4 108,07 ₽' } });
  const [asked] = await last();
  expect(plainSpaces(asked?.payload.text ?? '')).toBe(
    '👤 <b>Житель</b>\n<blockquote><i>↩️ «Отопление: 4 108,07 ₽»</i>\nа это почему столько?</blockquote>',
  );
  await at.added(701, number, { words: 'Отключение воды', context: { from: { who: 'chat', name: 'УК «Уют»' } } });
  const [passed] = await last();
  expect(plainSpaces(passed?.payload.text ?? '')).toBe(
    '👤 <b>Житель</b>\n<blockquote><i>↪️ Переслано от «УК «Уют»»</i>\nОтключение воды</blockquote>',
  );
  // What is passed on goes apart from his own words.
  await at.added(701, number, 'раз');
  await at.added(701, number, { words: 'два', context: { from: { who: 'person', name: 'Пётр' } } });
  expect(await last()).toHaveLength(2);
});

test('whom staff pass on is not named to a resident, a channel is', async () => {
  const number = await at.opened(701, 'Здравствуйте');
  await last();
  await at.answered(number, { words: 'Воду дадут в пять', context: { from: { who: 'person', name: 'Слесарь Пётр' } } });
  await at.answered(number, { words: 'Воду дадут в пять', context: { from: { who: 'chat', name: 'Водоканал' } } });
  expect((await last()).map(({ payload }) => payload.text)).toEqual([
    '<b>Ответ по обращению № 1</b>\n<i>↪️ Пересланное сообщение</i>\nВоду дадут в пять',
    '<b>Ответ по обращению № 1</b>\n<i>↪️ Переслано от «Водоканал»</i>\nВоду дадут в пять',
  ]);
});
