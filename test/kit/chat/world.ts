import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import type { Update } from 'grammy/types';
import { createBoard } from '../../../src/adapters/announcements/board.ts';
import { createBackground } from '../../../src/adapters/background.ts';
import { createLog } from '../../../src/adapters/log.ts';
import { type BytesKeyring, openKeyring } from '../../../src/adapters/keyring.ts';
import { cheapHasher } from '../passwords.ts';
import { type OrderParts, orderWorker } from '../../../src/adapters/registries/orders/parts.ts';
import type { FetchFile } from '../../../src/delivery/fetch-file.ts';
import { createMetrics } from '../../../src/adapters/http/metrics.ts';
import { assembleBot } from '../../../src/channels/telegram/assemble.ts';
import type { TelegramClient } from '../../../src/channels/telegram/client.ts';
import { telegramAddress } from '../../../src/channels/telegram/bot-address.ts';
import { groupLink, MESSENGER } from '../../../src/channels/telegram/ids.ts';
import { LARGEST_FETCHED_BYTES, LARGEST_HANDED_BYTES, TELEGRAM_PACE } from '../../../src/channels/telegram/limits.ts';
import { openStaffGroup } from '../../../src/channels/telegram/staff-group.ts';
import { postgresTurns } from '../../../src/adapters/turns/postgres.ts';
import type { ChatTurns } from '../../../src/adapters/turns/turns.ts';
import { createMessenger } from '../../../src/channels/telegram/messenger.ts';
import { createStaffVoice } from '../../../src/channels/telegram/staff-voice.ts';
import type { DeliveryChannel } from '../../../src/delivery/channel.ts';
import { joinChannels } from '../../../src/delivery/channels.ts';
import { chapters } from '../../../src/dialogs/chapters.ts';
import type { Chapters } from '../../../src/dialogs/kit/chapter.ts';
import type { MessengerId } from '../../../src/office/caller.ts';
import type { Centre } from '../../../src/office/centre.ts';
import type { TextArgs } from '../../../src/domain/text-args.ts';
import type { PaperCache } from '../../../src/papers/paper.ts';
import type { CodeSent, OfficeSettings } from '../../../src/office/edges.ts';
import { createOffice, type Office } from '../../../src/office/office.ts';
import { loadTexts, type Texts } from '../../../src/texts/texts.ts';
import type { BotApi } from '../edge/bot-api.ts';
import { BOT } from '../bot-info.ts';
import { CENTRE } from '../centre.ts';
import { OFFICE_SETTINGS } from '../office-settings.ts';
import { type TestDatabase, testDatabase } from '../postgres.ts';
import { outboxRunner } from './outbox.ts';
import { fakeTelegram, STAFF_CHAT } from './fake-telegram.ts';
import { testPaperDesk } from './paper-desk.ts';

export const TEST_KEY = '00'.repeat(31) + '01';
/** What is measured of all worlds is looked at by none. */
const METRICS = createMetrics();
/** A group that never was upgraded has a short number. */
const PLAIN_STAFF_CHAT = -501;

type BotParts = Parameters<typeof assembleBot>[0];

export type WorldOptions = {
  /** A Bot API with a port of its own, and the client by which the bot reaches it; neither: all stays in memory. */
  edge?: { server: BotApi; client: TelegramClient };
  /** Where the bot's log goes; otherwise its warnings are `failures`, or `broken`. */
  log?: BotParts['log'];
  /** How patient the bot is, as a process has it; otherwise nothing is gathered. */
  limits?: BotParts['limits'];
  /** What is drawn and remembered of papers; otherwise as plain data in memory. */
  papersOn?: (base: { db: TestDatabase['db']; clock: () => Date }) => PaperCache;
  settings?: Partial<OfficeSettings>;
  /** What differs from the example of the centre's settings file. */
  centre?: Partial<Centre>;
  /** Where turns are kept; Postgres when it is not said. The world closes it. */
  turns?: (keyring: BytesKeyring) => ChatTurns;
  /** Whether the staff group has topics; a plain group has a card for each request. */
  forum?: boolean;
  /** Another book of chapters than the real one. */
  chapters?: Chapters<Office>;
  /** Where the files lie that people of a transcript send, by their names. */
  files?: URL;
  /** How long it is waited for the next file of an album; 0 where it is not said. */
  albumRestMs?: number;
  /** Whose it is; one of the test run's where it is not said. The world closes it. */
  database?: TestDatabase;
  /** Further messengers in which residents are; Telegram has the group. */
  others?: readonly DeliveryChannel[];
  /** When it begins. */
  start?: Date;
  /** Is told of each text that was put into words, with its name. */
  onText?: (name: string, words: TextArgs, said: string) => void;
};

export type World = Awaited<ReturnType<typeof openWorld>>;

/** The same turns, of which each state is noted that is given to be kept. */
function noting(turns: ChatTurns, states: string[]): ChatTurns {
  return {
    ...turns,
    async take(chat, id, from) {
      const turn = await turns.take(chat, id, from);
      if (turn === 'repeat') return turn;
      const finish: typeof turn.finish = async (next) => {
        if ('state' in next) states.push(Buffer.from(next.state).toString());
        await turn.finish(next);
      };
      return { ...turn, finish };
    },
  };
}

/** The same texts, of which each is told that was put into words. */
function overheard(texts: Texts, onText: WorldOptions['onText']): Texts {
  if (!onText) return texts;
  return {
    ...texts,
    text(name, words, options) {
      const said = texts.text(name, words, options);
      onText(name, words ?? {}, said);
      return said;
    },
  };
}

/** A file's handle ends with its name; only what lies in the folder is in the messenger's keeping. */
function fileFetcher(folder: URL | undefined): FetchFile {
  return async (handle, path, { mostBytes = LARGEST_FETCHED_BYTES } = {}) => {
    const name = handle.slice(handle.indexOf('/') + 1);
    const bytes = folder && (await readFile(new URL(name, folder)).catch(() => undefined));
    if (!bytes) return { outcome: 'gone' };
    if (bytes.length > mostBytes) return { outcome: 'too-large' };
    await writeFile(path, bytes);
    return { outcome: 'fetched', sha256: createHash('sha256').update(bytes).digest('hex') };
  };
}

/** The real bot, office and Postgres, with a clock, a source of chance, an SMS provider and Telegram that the test holds in hand. */
export async function openWorld({
  edge,
  log,
  limits = { gatherMs: 0 },
  papersOn,
  settings = {},
  centre = {},
  turns: given,
  forum = true,
  chapters: book = chapters,
  files: filesIn,
  albumRestMs = 0,
  database,
  others = [],
  start = new Date('2026-11-22T09:00:00Z'),
  onText,
}: WorldOptions = {}) {
  const { db, pool, url, close } = database ?? (await testDatabase());
  let now = start;
  const clock = () => now;
  const telegram = edge?.server.sandbox ?? fakeTelegram({ staffChat: forum ? STAFF_CHAT : PLAIN_STAFF_CHAT, forum, clock });
  const staffGroup = openStaffGroup(telegram.group.id());
  const keyring = openKeyring(TEST_KEY);
  const sms: { phone: string; text: string; code: string }[] = [];
  const broken: unknown[] = [];
  const staff = new Set<MessengerId>();
  const seniors = new Set<MessengerId>();
  const background = createBackground((error) => broken.push(error));
  let sendCode = async (_avoid?: string): Promise<CodeSent> => ({ outcome: 'sent', provider: 'test' });
  let chance = 7;
  const next = () => (chance = (chance * 1_103_515_245 + 12_345) % 2_147_483_648);

  const wholeCentre = { ...CENTRE, ...centre };
  const texts = overheard(loadTexts({ timeZone: 'Europe/Moscow', clock, meterZones: wholeCentre.meterZones }), onText);
  const office = createOffice({
    db,
    clock,
    randomness: {
      integer: (below) => Math.floor((next() / 2_147_483_648) * below),
      id: () =>
        Array.from({ length: 4 }, () => next().toString(36))
          .join('')
          .slice(0, 22)
          .padEnd(22, '0'),
    },
    keyring,
    passwords: cheapHasher(keyring),
    sendCode: async ({ phone, text, code, avoid }) => {
      const sent = await sendCode(avoid);
      if (sent.outcome === 'sent' || sent.outcome === 'unknown') sms.push({ phone, text, code });
      return sent;
    },
    codeText: (code, purpose) => texts.text('sms-code', { code, purpose }),
    background: background.run,
    staff: {
      isMember: async (id) => staff.has(id),
      isSenior: async (id) => staff.has(id) && seniors.has(id),
      linkTo: groupLink,
    },
    centre: wholeCentre,
    settings: { ...OFFICE_SETTINGS, ...settings },
  });

  const turns = given ? given(keyring) : postgresTurns(pool, keyring);
  const states: string[] = [];
  /** What stands between the store of turns and an update of this number. */
  const through = new Map<string, (turns: ChatTurns) => ChatTurns>();
  const noted = noting(turns, states);
  const papers = testPaperDesk();
  const failures: { how: string; error: string }[] = [];
  const noteWarning = (line: string) => {
    const { how, error, ...more } = JSON.parse(line) as Record<string, string>;
    if (how === undefined) broken.push({ error, ...more });
    else failures.push({ how, error: String(error) });
  };
  const assemble = () =>
    assembleBot({
      settings: {
        token: telegram.token,
        apiRoot: edge?.server.apiRoot ?? 'http://127.0.0.1',
        me: telegram.me,
        client: edge?.client ?? telegram.client,
        providerToken: '1:TEST:provider',
      },
      office,
      chapters: book,
      turns: { ...noted, take: (chat, key, from) => (through.get(key)?.(noted) ?? noted).take(chat, key, from) },
      texts,
      papers: papersOn?.({ db, clock }) ?? papers,
      staffGroup,
      log: log ?? createLog('warn', { destination: { write: noteWarning } }),
      metrics: METRICS,
      limits,
      newRun: () => next().toString(36).slice(0, 4),
    });
  const { bot, intake, take: takeAtFirst } = assemble();
  let takeAsIs = takeAtFirst;
  const staffVoice = createStaffVoice(bot.api);
  const fetchFile = fileFetcher(filesIn);
  const orders: OrderParts = {
    db,
    pool,
    clock,
    paceClock: clock,
    texts,
    voice: staffVoice,
    staff: { isMember: async (id) => staff.has(id) },
    fetchFile,
    timeZone: 'Europe/Moscow',
    layouts: wholeCentre.layouts,
    log: { info() {}, warn: (fields) => void broken.push(fields) },
  };
  const board = createBoard({ ...orders, announcing: office.announcing });

  /** Takes an update as one process would; `between` may stand between it and the store of turns. */
  async function take(update: Update, between?: (turns: ChatTurns) => ChatTurns): Promise<void> {
    telegram.heard(update);
    if (between) through.set(String(update.update_id), between);
    await takeAsIs(update).finally(() => through.delete(String(update.update_id)));
  }

  /** As after a start of the process: nothing is remembered but what is kept. */
  function restart(): void {
    takeAsIs = assemble().take;
  }

  const givenUp: string[] = [];
  const home: DeliveryChannel = {
    name: MESSENGER,
    pace: TELEGRAM_PACE,
    bot: telegramAddress(BOT.username),
    send: () => Promise.reject(new Error('notices are left in line')),
    messenger: createMessenger(bot.api, staffGroup),
    staffVoice,
    fetchFile,
    files: { mostFetchedBytes: LARGEST_FETCHED_BYTES, mostHandedBytes: LARGEST_HANDED_BYTES },
  };
  const { messenger } = joinChannels([home, ...others]);
  const runOutbox = outboxRunner({
    db,
    clock,
    texts,
    messenger,
    centre: wholeCentre,
    timeZone: 'Europe/Moscow',
    albumRestMs,
    givenUp,
  });

  return {
    db,
    url,
    clock,
    office,
    texts,
    telegram,
    staffGroup,
    /** What is to be carried between residents and staff is carried. */
    runOutbox,
    /** The kinds of what was given up. */
    givenUp,
    /** What was drawn, as data. */
    papers,
    turns,
    /** Every state of a dialog that was kept, as it was before it was sealed. */
    states,
    sms,
    /** Members of the staff group, and who of them is a senior. */
    staff,
    seniors,
    /** What broke where nobody saw it; a test that ends with some fails. */
    broken,
    failures,
    take,
    /** What stands before `take` in a process: order, inbox, patience. */
    intake,
    restart,
    /** The same with what Telegram would never send. */
    takeAsIs: (update: Update) => takeAsIs(update),
    settled: background.settled,
    /** What staff gave the worker of registries to do. */
    orders,
    async workOffOrders() {
      const workOff = orderWorker(orders);
      while (await workOff());
    },
    /** Announcements are put in line, and shown how far they are. */
    lookAfterAnnouncements: board.look,
    pass(ms: number) {
      now = new Date(now.getTime() + ms);
    },
    /** `avoid`: the provider that is asked last. */
    answerSms(answer: (avoid?: string) => Promise<CodeSent>) {
      sendCode = answer;
    },
    async close() {
      await background.settled();
      await turns.close();
      await close();
    },
  };
}
