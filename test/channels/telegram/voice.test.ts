import { Api } from 'grammy';
import type { Update } from 'grammy/types';
import { afterAll, describe, expect, test } from 'vitest';
import { telegramAddress } from '../../../src/channels/telegram/bot-address.ts';
import { openCalls } from '../../../src/channels/telegram/calls.ts';
import { createTelegramClient } from '../../../src/channels/telegram/client.ts';
import { messagePlace } from '../../../src/channels/telegram/ids.ts';
import { telegramVoice } from '../../../src/channels/telegram/voice.ts';
import type { Buttons } from '../../../src/dialogs/kit/keyboard.ts';
import type { Voice } from '../../../src/dialogs/kit/voice.ts';
import type { DrawnFile, Paper, PaperCache } from '../../../src/papers/paper.ts';
import { type BotCall, type Interference, startBotApi, TOKEN } from '../../kit/edge/bot-api.ts';
import { PIXEL_PNG } from '../../kit/picture.ts';
import { waitFor } from '../../kit/wait-for.ts';

/** Tests that run side by side cannot say whose end is meant. */
const closers: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const close of closers) await close();
});

/** What the resident's messenger is asked for; `false`: it goes through. */
type Failure = { fails: (call: BotCall, nth: number) => boolean; how: Interference };

const refuse = (error_code: number, description: string, parameters = {}): Interference => ({
  refuse: { error_code, description, parameters },
});
const looks = ({ payload }: BotCall) => payload.parse_mode !== undefined;
const buttons = ({ payload }: BotCall) => payload.reply_markup !== undefined;
const always = () => true;
const first = (_: BotCall, nth: number) => nth === 1;

const FAILURES = {
  words: { fails: looks, how: refuse(400, "Bad Request: can't parse entities: unsupported start tag") },
  length: { fails: looks, how: refuse(400, 'Bad Request: message is too long') },
  buttons: { fails: buttons, how: refuse(400, 'Bad Request: BUTTON_DATA_INVALID') },
  gone: { fails: always, how: refuse(400, 'Bad Request: message to edit not found') },
  fixed: { fails: always, how: refuse(400, "Bad Request: message can't be deleted for everyone") },
  late: { fails: always, how: refuse(400, 'Bad Request: query is too old and response timeout expired or query ID is invalid') },
  file: { fails: always, how: refuse(400, 'Bad Request: wrong file identifier/HTTP URL specified') },
  size: { fails: always, how: { page: 413 } },
  unknown: { fails: always, how: refuse(400, 'Bad Request: SOMETHING_NEW') },
  blocked: { fails: always, how: refuse(403, 'Forbidden: bot was blocked by the user') },
  'flood, short': { fails: first, how: refuse(429, 'Too Many Requests: retry after 1', { retry_after: 1 }) },
  'flood, long': { fails: always, how: refuse(429, 'Too Many Requests: retry after 40', { retry_after: 40 }) },
  '500': { fails: always, how: refuse(500, 'Internal Server Error') },
  '502': { fails: always, how: { page: 502 } },
  broken: { fails: always, how: { breakOff: true } },
  silent: { fails: always, how: { silent: true } },
  '500 once': { fails: first, how: refuse(500, 'Internal Server Error') },
  '502 once': { fails: first, how: { page: 502 } },
  'broken once': { fails: first, how: { breakOff: true } },
  'silent once': { fails: first, how: { silent: true } },
} as const satisfies Record<string, Failure>;
type Kind = keyof typeof FAILURES;

const QR: Paper = {
  kind: 'payment-qr',
  data: {
    payee: { name: 'Центр', inn: '1', account: '1', bank: 'Банк', bic: '1', corrAccount: '1' },
    accountNumber: '0012345',
    period: '2026-10',
    sumKopecks: 100,
  },
};

const CHAT = { id: 7, type: 'private', first_name: 'Иван' } as const;
const BOT_ITSELF = { id: Number(TOKEN.split(':')[0]), is_bot: true, first_name: 'Инкомус' } as const;
/** A message of the bot that stands there. */
const standing = (message_id: number, more: object): Update => ({
  update_id: 0,
  message: { message_id, date: 0, chat: CHAT, from: BOT_ITSELF, text: 'страница', ...more },
});
/** A page whose buttons are taken, another message, one that can be taken back, and a picture whose handle is known. */
const STANDING = [5, 12, 17].map((id) => standing(id, {}));
const KNOWN_PICTURE = standing(18, {
  text: undefined,
  photo: [{ file_id: 'old', file_unique_id: 'old', width: 1, height: 1 }],
});

/** A pressed button that replaces the message it stands under. */
const PRESS: Update = {
  update_id: 1,
  callback_query: {
    id: 'press',
    from: { id: 7, is_bot: false, first_name: 'Иван' },
    chat_instance: '1',
    data: 't.history.1',
    message: {
      message_id: 5,
      date: 0,
      chat: CHAT,
      text: 'страница',
      reply_markup: { inline_keyboard: [[{ text: 'ok', callback_data: 'd.contacts' }]] },
    },
  },
};

/** The voice over the product's own client, and a Telegram that fails in one way where `method` (undefined: any) is called. */
async function openStage(kind: Kind | undefined, method: string | undefined, aside?: 'silent') {
  const failure: Failure | undefined = kind && FAILURES[kind];
  const telegram = await startBotApi();
  for (const update of [...STANDING, KNOWN_PICTURE, PRESS]) telegram.heard(update);
  let failed = 0;
  telegram.interfereWith((call) => {
    // It passes by, and nobody waits for it.
    if (call.method === 'sendChatAction') return aside === 'silent' ? { silent: true } : undefined;
    const isAimed = failure && (method === undefined || call.method === method);
    return isAimed && failure.fails(call, (failed += 1)) ? failure.how : undefined;
  });
  const calls = () => telegram.calls.filter((call) => call.method !== 'sendChatAction');
  /** What arrived. */
  const seen = () =>
    calls()
      .filter(({ result }) => result !== undefined)
      .map((call) => {
        const words = call.payload.text ?? call.payload.caption ?? '';
        return `${call.method}${words && ` ${words}`}${buttons(call) ? ' [ok]' : ''}`;
      });
  const client = createTelegramClient({ timeLimitMs: 1_500, patienceMs: 4_500, longestFloodWaitMs: 3_000 });
  closers.push(async () => {
    client.close();
    await telegram.close();
  });
  const { apiRoot } = telegram;
  const api = new Api(TOKEN, { apiRoot, fetch: client.fetch });
  api.config.use(client.transformer(apiRoot, TOKEN));
  const kept: { send: DrawnFile['send']; file: string }[] = [];
  let known: { send: DrawnFile['send']; file: string } | undefined;
  const papers: PaperCache = {
    draw: async ({ kind: what }) => ({
      send: what === 'payment-document' || what === 'password-slip' ? 'document' : 'photo',
      name: 'paper.bin',
      bytes: PIXEL_PNG,
    }),
    findSent: async () => known,
    keepSent: async (_, sent) => void kept.push(sent),
  };
  const voice = telegramVoice(api, PRESS, {
    wording: (text, _words, { marked } = { marked: false }) => (marked ? `<b>${text}</b>` : text),
    report: () => {},
    papers,
    onceApi: new Api(TOKEN, { apiRoot, fetch: client.fetchOnce }),
    bot: telegramAddress('inkomus_bot'),
    providerToken: '1:TEST:token',
  });
  return {
    voice,
    seen,
    calls: () => calls().length,
    actions: () => telegram.calls.flatMap(({ method: name, payload }) => (name === 'sendChatAction' ? [payload.action] : [])),
    keyboards: () => calls().flatMap(({ payload }) => payload.reply_markup ?? []),
    kept,
    knows: (file: typeof known) => void (known = file),
  };
}

const OK: Buttons = [[{ label: 'ok', means: { dialog: 'contacts' } }]];
const VERBS = {
  say: ['sendMessage', (voice) => voice.say('words', {}, OK)],
  show: ['editMessageText', (voice) => voice.show('words', {}, OK)],
  hand: ['sendPhoto', (voice) => voice.hand(QR, 'words', {}, OK)],
  invoice: [
    'sendInvoice',
    (voice) =>
      voice.invoice(
        {
          order: 'order',
          lines: [{ account: '1', sumKopecks: 10_000 }],
          totalKopecks: 10_000,
          receipt: null,
          receiptTo: 'email',
        },
        { title: 'title', about: 'about', line: 'line' },
        {},
      ),
  ],
  showPlace: ['sendVenue', (voice) => voice.showPlace({ latitude: 47, longitude: 38, title: 'Касса', address: 'ул. Портовая' })],
  deleteMessage: ['deleteMessage', (voice) => voice.deleteMessage()],
  answerPress: ['answerCallbackQuery', (voice) => voice.answerPress('words')],
  replaceButtons: ['editMessageReplyMarkup', (voice) => voice.replaceButtons(OK)],
  restoreButtons: ['editMessageReplyMarkup', (voice) => voice.restoreButtons()],
  takeBack: ['deleteMessage', (voice) => voice.takeBack(messagePlace(17))],
  offerCommands: ['setMyCommands', (voice) => voice.offerCommands([{ command: 'debt', description: 'Задолженность' }])],
} as const satisfies Record<string, readonly [string, (voice: Voice) => Promise<unknown>]>;
type Verb = keyof typeof VERBS;

const AWAY = ['500', '502', 'broken', 'silent'] as const;
const ONCE = ['flood, short', '500 once', '502 once', 'broken once', 'silent once'] as const;

/** What the person sees where this one method fails in this way, and what the verb answers. */
type Row = { seen: readonly string[]; unsaid?: 'away' | 'refused'; answers?: unknown };
const NOTHING_AWAY: Row = { seen: [], unsaid: 'away', answers: false };
const GONE_FOR_GOOD: Row = { seen: [], unsaid: 'refused', answers: false };
const ANEW: Row = { seen: ['sendMessage <b>words</b> [ok]'], answers: true };
const FILE_IN_WORDS: Row = { seen: ['sendMessage <b>problem-file-not-sent</b>\n\n<b>words</b> [ok]'], answers: false };
const AS_FILE: Row = { seen: ['sendDocument <b>words</b> [ok]'], answers: true };
const PLACE_IN_WORDS: Row = { seen: ['sendMessage <b>problem-place-not-shown</b>'], answers: undefined };
const IN_A_MESSAGE: Row = { seen: ['sendMessage <b>words</b>'], answers: undefined };
/** The verb tells its caller, who says it. */
const TELLS: Row = { seen: [], answers: false };

const ROWS: { [V in Verb]: Partial<Record<Kind | 'away', Row>> & { well: Row } } = {
  say: {
    well: { seen: ['sendMessage <b>words</b> [ok]'], answers: true },
    words: { seen: ['sendMessage words [ok]'], answers: true },
    length: { seen: ['sendMessage words [ok]'], answers: true },
    buttons: { seen: ['sendMessage words'], answers: true },
    unknown: GONE_FOR_GOOD,
    blocked: GONE_FOR_GOOD,
    away: NOTHING_AWAY,
    'flood, long': NOTHING_AWAY,
  },
  show: {
    well: { seen: ['editMessageText <b>words</b> [ok]'], answers: true },
    words: ANEW,
    length: ANEW,
    buttons: ANEW,
    gone: ANEW,
    fixed: ANEW,
    unknown: ANEW,
    away: ANEW,
    'flood, long': ANEW,
  },
  hand: {
    well: { seen: ['sendPhoto <b>words</b> [ok]'], answers: true },
    words: { seen: ['sendPhoto', 'sendMessage <b>words</b> [ok]'], answers: true },
    length: { seen: ['sendPhoto', 'sendMessage <b>words</b> [ok]'], answers: true },
    buttons: { seen: ['sendPhoto', 'sendMessage <b>words</b> [ok]'], answers: true },
    file: AS_FILE,
    size: AS_FILE,
    unknown: AS_FILE,
    blocked: GONE_FOR_GOOD,
    away: FILE_IN_WORDS,
    'flood, long': FILE_IN_WORDS,
  },
  invoice: { well: { seen: ['sendInvoice'], answers: true }, unknown: TELLS, blocked: TELLS, away: TELLS, 'flood, long': TELLS },
  showPlace: {
    well: { seen: ['sendVenue'], answers: undefined },
    unknown: PLACE_IN_WORDS,
    blocked: { seen: [], unsaid: 'refused', answers: undefined },
    away: PLACE_IN_WORDS,
    'flood, long': PLACE_IN_WORDS,
  },
  deleteMessage: {
    well: { seen: ['deleteMessage'], answers: true },
    gone: { seen: [], answers: true },
    fixed: TELLS,
    unknown: TELLS,
    away: TELLS,
    'flood, long': TELLS,
  },
  answerPress: {
    well: { seen: ['answerCallbackQuery words'], answers: undefined },
    late: IN_A_MESSAGE,
    unknown: IN_A_MESSAGE,
    away: IN_A_MESSAGE,
    'flood, long': IN_A_MESSAGE,
  },
  replaceButtons: {
    well: { seen: ['editMessageReplyMarkup [ok]'], answers: true },
    buttons: TELLS,
    gone: TELLS,
    fixed: TELLS,
    unknown: TELLS,
    away: TELLS,
    'flood, long': TELLS,
  },
  restoreButtons: {
    well: { seen: ['editMessageReplyMarkup [ok]'], answers: true },
    buttons: TELLS,
    gone: TELLS,
    unknown: TELLS,
    away: TELLS,
    'flood, long': TELLS,
  },
  takeBack: {
    well: { seen: ['deleteMessage'], answers: true },
    gone: { seen: [], answers: true },
    fixed: TELLS,
    unknown: TELLS,
    away: TELLS,
    'flood, long': TELLS,
  },
  // The menu is there without it.
  offerCommands: {
    well: { seen: ['setMyCommands'], answers: undefined },
    unknown: { seen: [], answers: undefined },
    away: { seen: [], answers: undefined },
  },
};

const rows = (Object.keys(VERBS) as Verb[]).flatMap((verb) => {
  const { well, away, ...others } = ROWS[verb];
  const told = Object.entries(others) as [Kind, Row][];
  return [
    ...told.map(([kind, row]) => [verb, kind, row] as const),
    ...(away ? AWAY.map((kind) => [verb, kind, away] as const) : []),
    // A stumble that passes is not seen at all.
    ...ONCE.map((kind) => [verb, kind, well] as const),
  ];
});

describe.concurrent('one method fails', () => {
  test.each(rows)('%s, %s', async (verb, kind, { seen, unsaid = 'nothing', answers }) => {
    const [method, speak] = VERBS[verb];
    const stage = await openStage(kind, method);
    const answered = await speak(stage.voice);
    expect({ seen: stage.seen(), unsaid: stage.voice.unsaid().outcome, answers: answered }).toEqual({ seen, unsaid, answers });
  });

  test.each(Object.keys(VERBS) as Verb[])('%s, in good order', async (verb) => {
    const stage = await openStage(undefined, undefined);
    expect({ answers: await VERBS[verb][1](stage.voice), seen: stage.seen() }).toEqual(ROWS[verb].well);
    expect(stage.voice.unsaid()).toEqual({ outcome: 'nothing' });
  });
});

test.concurrent.each([
  ['is changed', undefined, 'editMessageText <b>words</b> [ok]'],
  ['that is gone is followed by a new one', 'gone', 'sendMessage <b>words</b> [ok]'],
] as const)('a message at a place %s', async (_, kind, seen) => {
  const stage = await openStage(kind, 'editMessageText');
  expect(await stage.voice.show('words', {}, OK, messagePlace(12))).toBe(true);
  expect(stage.seen()).toEqual([seen]);
  expect(stage.voice.lastSaid() === messagePlace(12)).toBe(kind === undefined);
});

describe.concurrent('everything fails', () => {
  test.each([...AWAY, 'flood, long'] as const)('%s: nothing of it is lost, it is to come again', async (kind) => {
    for (const verb of ['say', 'show', 'hand', 'showPlace', 'answerPress'] as const) {
      const { voice, seen } = await openStage(kind, undefined);
      await VERBS[verb][1](voice);
      expect([verb, voice.unsaid().outcome, seen()]).toEqual([verb, 'away', []]);
    }
  });

  test('once Telegram is away nothing more is tried: all of it is said when the update comes again', async () => {
    const { voice, calls } = await openStage('500', undefined);
    expect(await voice.say('words', {})).toBe(false);
    const before = calls();
    expect(before).toBeGreaterThan(1);
    await voice.say('words', {});
    await voice.show('words', {});
    await voice.hand(QR, 'words', {});
    await voice.showPlace({ latitude: 47, longitude: 38, title: 'Касса', address: 'ул. Портовая' });
    await voice.answerPress('words');
    await voice.replaceButtons();
    expect(calls()).toBe(before);
  });

  test('a long flood wait says how long', async () => {
    const { voice } = await openStage('flood, long', undefined);
    await voice.say('words', {});
    expect(voice.unsaid()).toEqual({ outcome: 'away', seconds: 40 });
  });

  test('who has blocked the bot is not waited for', async () => {
    for (const verb of Object.keys(VERBS) as Verb[]) {
      const { voice } = await openStage('blocked', undefined);
      await VERBS[verb][1](voice);
      expect(voice.unsaid().outcome).not.toBe('away');
    }
  });
});

test('words that are too long even so are cut again, and none of them is lost', async () => {
  const { voice, seen } = await openStage('length', 'sendMessage');
  const long = Array.from({ length: 700 }, (_, i) => `слово${i}`).join(' ');
  expect(await voice.say(long, {})).toBe(true);
  expect(seen().length).toBeGreaterThan(1);
  expect(
    seen()
      .map((each) => each.replace('sendMessage ', ''))
      .join(' '),
  ).toBe(long);
});

test('a paper whose handle is gone is sent up anew; one that is known and meets a stumble is not drawn for it', async () => {
  const gone = await openStage('file', 'sendDocument');
  gone.knows({ send: 'document', file: 'old' });
  expect(await gone.voice.hand(QR, 'words', {})).toBe(true);
  expect(gone.seen()).toEqual(['sendPhoto <b>words</b>']);
  expect(gone.kept).toEqual([{ send: 'photo', file: 'file-2' }]);

  const stumbling = await openStage('500 once', 'sendPhoto');
  stumbling.knows({ send: 'photo', file: 'old' });
  expect(await stumbling.voice.hand(QR, 'words', {})).toBe(true);
  expect(stumbling.seen()).toEqual(['sendPhoto <b>words</b>']);
  expect(stumbling.kept).toEqual([]);
});

test.each([...AWAY, '500 once', 'broken once'] as const)(
  'a paper with a secret is sent once: a copy would stay in the chat (%s)',
  async (kind) => {
    const { voice, seen, calls } = await openStage(kind, 'sendDocument');
    const slip = { kind: 'password-slip', data: {} } as Parameters<Voice['handSecret']>[0];
    expect(await voice.handSecret(slip, 'words', {})).toBeNull();
    expect([calls(), seen()]).toEqual([1, []]);
  },
);

test('a call is not begun where it could outlast the turn', async () => {
  let now = 0;
  const call = openCalls(
    () => {},
    undefined,
    () => now,
  );
  expect(await call('sendMessage', async () => 1)).toEqual({ done: true, result: 1 });
  now = 28_001;
  expect(await call('sendMessage', async () => 1)).toMatchObject({ done: false, refusal: { what: 'away' } });
});

test.each<[string, Paper, string]>([
  ['a QR code', QR, 'upload_photo'],
  ['a chart', { kind: 'cabinet-chart', data: { from: '2026-11-01', to: '2026-11-30', step: 'day', bars: [] } }, 'upload_photo'],
  [
    'a sheet',
    { kind: 'requests-sheet', data: { from: '2026-11-01', to: '2026-11-30', normHours: 8, rows: [] } },
    'upload_document',
  ],
])('while %s is drawn, that a file is on its way is shown, and nobody waits for that', async (_, paper, action) => {
  for (const aside of [undefined, 'silent'] as const) {
    const stage = await openStage(undefined, undefined, aside);
    expect(await stage.voice.hand(paper, 'words', {})).toBe(true);
    await waitFor(() => expect(stage.actions()).toEqual([action]));
  }
});

test('what is sent as it is known is not drawn, and nothing is shown meanwhile', async () => {
  const stage = await openStage(undefined, undefined);
  stage.knows({ send: 'photo', file: 'old' });
  await stage.voice.hand(QR, 'words', {});
  expect(stage.seen()).toEqual(['sendPhoto <b>words</b>']);
  expect(stage.actions()).toEqual([]);
});

test('the field below says what may be typed; a keyboard that is over is taken away', async () => {
  const { voice, keyboards } = await openStage(undefined, undefined);
  const cancel = { label: 'Отмена', means: { run: 'r', step: 0, choice: 'x' } } as const;
  await voice.say('words', {}, { below: 'menu', hint: 'Раздел или вопрос сотрудникам', rows: OK });
  await voice.say('words', {}, { below: 'contact', hint: '89123456789', share: 'Поделиться номером', cancel });
  await voice.say('words', {}, { below: 'nothing' });
  expect(keyboards()).toMatchObject([
    { input_field_placeholder: 'Раздел или вопрос сотрудникам', keyboard: [[{ text: 'ok' }]] },
    { input_field_placeholder: '89123456789' },
    { remove_keyboard: true },
  ]);
});
