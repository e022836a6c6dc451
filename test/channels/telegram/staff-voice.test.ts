import { Api, type InputFile } from 'grammy';
import { expect, test } from 'vitest';
import { memberVoice } from '../../../src/adapters/member-voice.ts';
import { createStaffVoice } from '../../../src/channels/telegram/staff-voice.ts';
import { loadTexts } from '../../../src/texts/texts.ts';

type Payload = {
  text?: string;
  caption?: string;
  parse_mode?: string;
  document?: InputFile;
  reply_markup?: { inline_keyboard: { text: string; style?: string; callback_data: string }[][] };
};
type Asked = Payload & { method: string };

/** A voice to staff, and all it was asked for; `fails` names what Telegram says to a call that it does not take. */
function outfit(fails: (asked: Asked) => string | undefined = () => undefined, code = 400) {
  const asked: Asked[] = [];
  const api = new Api('1:TEST');
  api.config.use((async (_call: unknown, method: string, payload: Payload) => {
    const call = { method, ...payload };
    asked.push(call);
    const description = fails(call);
    if (description !== undefined) return { ok: false, error_code: code, description };
    return { ok: true, result: { message_id: 30 + asked.length } };
  }) as unknown as Parameters<Api['config']['use']>[0]);
  const seen = () => asked.map(({ method, text, caption }) => `${method} ${text ?? caption ?? ''}`.trim());
  return { voice: createStaffVoice(api), asked, seen };
}

const WHO = 'telegram:7';
const SPOKEN = {
  marked: '<b>Загрузка</b> &lt;1&gt;',
  doors: [{ label: 'Загрузить', dialog: 'registry-order', ref: 'a1' }],
} as const;
const BROKEN = "Bad Request: can't parse entities: unsupported start tag";
const broken = ({ parse_mode }: Asked) => (parse_mode === undefined ? undefined : BROKEN);

test('words whose tags are not taken arrive in plain words, with their buttons', async () => {
  const { voice, asked, seen } = outfit(broken);
  expect(await voice.show(WHO, SPOKEN, null)).toBe('telegram:7/32');
  expect(seen()).toEqual(['sendMessage <b>Загрузка</b> &lt;1&gt;', 'sendMessage Загрузка <1>']);
  expect(asked[1]?.reply_markup?.inline_keyboard).toEqual([[{ text: 'Загрузить', callback_data: 'd.registry-order.a1' }]]);
});

test('what cannot be changed so is said anew in plain words', async () => {
  const { voice, seen } = outfit(broken);
  expect(await voice.show(WHO, SPOKEN, 'telegram:7/5')).toBe('telegram:7/33');
  expect(seen().map((call) => call.split(' ')[0])).toEqual(['editMessageText', 'sendMessage', 'sendMessage']);
  expect(seen()[2]).toBe('sendMessage Загрузка <1>');
});

test('an earlier message without buttons now has none', async () => {
  const { voice, asked } = outfit();
  expect(await voice.show(WHO, { marked: 'Готово', doors: [] }, 'telegram:7/5')).toBe('telegram:7/5');
  expect(asked).toMatchObject([{ method: 'editMessageText', reply_markup: { inline_keyboard: [] } }]);
});

test('a button that is not taken does not take the words with it, nor their length', async () => {
  const { voice, seen } = outfit(({ reply_markup }) => reply_markup && 'Bad Request: BUTTON_DATA_INVALID');
  await voice.show(WHO, SPOKEN, null);
  expect(seen().at(-1)).toBe('sendMessage Загрузка <1>');

  const long = Array.from({ length: 700 }, (_, i) => `слово${i}`).join(' ');
  const short = outfit(({ text = '' }) => (text.length > 4096 ? 'Bad Request: message is too long' : undefined));
  await short.voice.show(WHO, { marked: long, doors: [] }, null);
  const parts = short.asked.filter(({ text = '' }) => text.length <= 4096);
  expect(parts.map(({ text }) => text).join(' ')).toBe(long);
});

test('a file whose words are not taken under it is handed over, and the words are said', async () => {
  const { voice, seen } = outfit(broken);
  expect(await voice.hand(WHO, { name: 'export.csv', content: 'ЛС' }, SPOKEN)).toBe(true);
  expect(seen()).toEqual([
    'sendDocument <b>Загрузка</b> &lt;1&gt;',
    'sendDocument',
    'sendMessage <b>Загрузка</b> &lt;1&gt;',
    'sendMessage Загрузка <1>',
  ]);
});

test('what passes is thrown at once, to be tried again; a chat that is shut takes nothing', async () => {
  const away = outfit(() => 'Internal Server Error', 500);
  await expect(away.voice.show(WHO, SPOKEN, null)).rejects.toThrow('Internal Server Error');
  await expect(away.voice.show(WHO, SPOKEN, 'telegram:7/5')).rejects.toThrow('Internal Server Error');
  await expect(away.voice.hand(WHO, { name: 'a.csv', content: '' }, SPOKEN)).rejects.toThrow('Internal Server Error');
  expect(away.asked).toHaveLength(3);
  const shut = outfit(() => 'Forbidden: bot was blocked by the user', 403);
  expect(await shut.voice.show(WHO, SPOKEN, null)).toBeUndefined();
  expect(await shut.voice.hand(WHO, { name: 'a.csv', content: '' }, SPOKEN)).toBe(false);
  expect(shut.asked).toHaveLength(2);
});

test('what destroys is red for staff, too', async () => {
  const { voice, asked } = outfit();
  const texts = loadTexts({ timeZone: 'Europe/Moscow', clock: () => new Date('2026-11-29T09:00:00Z') });
  const undo = { label: 'button-undo-import', dialog: 'undo-import', ref: 'a1' } as const;
  await memberVoice(voice, texts).show(WHO, { text: 'menu-guest', doors: [undo] }, null);
  expect(asked[0]?.reply_markup?.inline_keyboard).toMatchObject([[{ style: 'danger' }]]);
});
