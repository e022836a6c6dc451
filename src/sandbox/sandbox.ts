/** Telegram on this machine: a Bot API, the people who use it, and the page that shows them. */
import { randomBytes, randomInt } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { noteAhead } from '../adapters/clock.ts';
import { SANDBOX_BOT } from '../domain/sandbox-bot.ts';
import { openBotApi } from './bot-api/bot-api.ts';
import { resumeCheckouts } from './bot-api/checkout.ts';
import { openFiles } from './bot-api/files.ts';
import { openJournal, replayJournal } from './bot-api/journal.ts';
import { type LimitsMode, openLimits } from './bot-api/limits.ts';
import { shownMessage } from './bot-api/shown.ts';
import { type BotAccount, emptyState } from './bot-api/state.ts';
import { openWorld, type World } from './bot-api/world.ts';
import { openBilling } from './demonstration/billing.ts';
import { introduceFirstResident, moveIn } from './demonstration/first-resident.ts';
import { townActs } from './demonstration/town-acts.ts';
import type { Logger } from './logger.ts';
import { occupy, requireUnoccupied } from './occupancy.ts';
import { type Act, actIn } from './people/act.ts';
import type { SandboxPerson, SandboxEvent, ShownMessage, TownHints } from './protocol.ts';
import { openPageApi } from './server/page-api.ts';
import { type OtherRoutes, openServer } from './server/server.ts';
import type { Town } from './town/generate.ts';

type SandboxOptions = {
  /** The state lives there, how far its clock was moved in a file of its own. One process at a time. */
  dataDir: string;
  /** 0 takes any free port. */
  port: number;
  clock: () => Date;
  log: Logger;
  /** Which of Telegram's limits hold: by default those of groups. */
  limits?: LimitsMode;
  /** What else is served on the port: health, metrics. */
  routes?: OtherRoutes;
  /** The made-up town, by whose days and hours it lives: without it nothing comes from billing, and nobody is in the cabinet yet. */
  town?: { town: Town; timeZone: string };
  /** Is to end this sandbox, delete its folder and start another one in its place. */
  onStartAnew?: () => void;
};

export type Sandbox = {
  /** The page: `http://127.0.0.1:8080`. */
  url: string;
  /** For Bot API clients; the same address. */
  apiRoot: string;
  token: string;
  /** The given clock plus what was added on the page; the event `clock` tells of a move. */
  clock: () => Date;
  /** The staff group, a forum with the bot as administrator. */
  staffChatId: number;
  /** Lets the first resident in, where she is not yet: the bot must be listening. Over when she is, or cannot be. */
  moveIn: () => Promise<void>;
  /** Shows an SMS that went out; the phone as `+79…`. */
  receiveSms: (phone: string, text: string) => void;
  showTown: (town: TownHints) => void;
  /** Does what a person would; throws `ActRefusal`. */
  act: Act;
  /** Stores bytes for `send-file` and `send-album`; the file's id. */
  upload: (bytes: Uint8Array, name: string, mime: string) => Promise<string>;
  people: () => SandboxPerson[];
  /** A chat's messages, oldest first; none for an unknown chat. */
  messages: (chatId: number) => ShownMessage[];
  /** Hears every event of the page; call the result to stop. */
  onEvent: (listener: (event: SandboxEvent) => void) => () => void;
  close: () => Promise<void>;
};

export async function startSandbox({
  dataDir: folder,
  port,
  clock,
  log,
  limits: mode = 'groups',
  routes = new Map(),
  town,
  onStartAnew,
}: SandboxOptions): Promise<Sandbox> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const state = emptyState(newBot());
  replayJournal(folder, state);
  await requireUnoccupied(folder, state.bot.token);
  const journal = openJournal(folder, state);
  const world = openWorld({ state, journal, files: openFiles(join(folder, 'files')), clock });
  const act = actIn(world);
  if (state.people.size === 0) {
    settle(world, act);
    if (town) introduceFirstResident(world, act, town.town);
  }
  resumeCheckouts(world);
  const botApi = openBotApi(
    world,
    // The limits are of real time: a clock that was set back must not leave them in the future.
    openLimits(mode, clock),
    log,
  );
  const ending = new AbortController();
  const billing = town && openBilling({ world, ...town, folder, signal: ending.signal });
  const pageApi = openPageApi(world, botApi.couriers, act, townActs(world, billing, onStartAnew));
  const server = await openServer({ world, botApi, pageApi, log, routes }, port);
  const url = `http://127.0.0.1:${server.port}`;
  occupy(folder, url);
  const noteClock = () => noteAhead(folder, state.movedSeconds * 1000);
  noteClock();
  world.onEvent((event) => event.type === 'clock' && noteClock());
  let movingIn = Promise.resolve();
  return {
    url,
    apiRoot: url,
    token: state.bot.token,
    clock: () => world.now(),
    staffChatId: state.staffChatId,
    moveIn() {
      if (town) movingIn = moveIn({ world, act, town: town.town, log, signal: ending.signal });
      return movingIn;
    },
    receiveSms(phone, text) {
      world.put({ fact: 'sms', sms: { id: state.sms.length + 1, phone, text, sentAt: world.now().toISOString() } });
    },
    showTown(town) {
      state.town = town;
      world.publish({ type: 'town', town });
    },
    act,
    async upload(bytes, name, mime) {
      const file = await world.files.keep(await world.files.upload(bytes, name, mime), 'document', state.lastFileNumber + 1);
      world.put({ fact: 'file', file });
      return file.fileId;
    },
    people: () => [...state.people.values()],
    messages: (chatId) => [...(state.chats.get(chatId)?.messages.values() ?? [])].map(shownMessage),
    onEvent: (listener) => world.onEvent(listener),
    async close() {
      ending.abort();
      await Promise.all([movingIn, billing?.settled()]);
      pageApi.close();
      await Promise.all([server.close(), botApi.couriers.webhook.close()]);
      journal.close();
    },
  };
}

function newBot(): BotAccount {
  const id = randomInt(6_000_000_000, 7_999_999_999);
  return {
    id,
    token: `${id}:AA${randomBytes(25).toString('base64url').slice(0, 33)}`,
    firstName: 'Личный кабинет',
    username: SANDBOX_BOT,
    description: '',
    shortDescription: '',
  };
}

/** Who is there on the first day: a resident, and the staff's forum with three people and the bot. */
function settle(world: World, act: Act): void {
  world.change(() => {
    // Update ids begin at random: after a reset the bot's memory of updates would drop those that it has seen.
    const lastUpdateId = randomInt(100_000_000, 900_000_000);
    world.put({ fact: 'bot', bot: world.state.bot }, { fact: 'counters', lastMailboxId: 0, lastUpdateId, lastFileNumber: 0 });
    act({ type: 'new-person', firstName: 'Иван', lastName: 'Петров', phone: '+79281234567' });
    const staff = [
      ['Ольга', 'Сергеевна', '+79185550101'],
      ['Сергей', 'Диспетчер', '+79185550102'],
      ['Марина', 'Касса', '+79185550103'],
    ].map(
      ([firstName = '', lastName = '', phone = '']) =>
        act({ type: 'new-person', firstName, lastName, phone, role: 'staff' }).personId ?? 0,
    );
    const [creator = 0, administrator = 0, member = 0] = staff;
    const chatId = act({ type: 'new-group', as: creator, title: 'Сотрудники ВЦ «Инкомус»', kind: 'forum' }).chatId ?? 0;
    act({ type: 'set-member', as: creator, chatId, personId: administrator, status: 'administrator' });
    act({ type: 'set-member', as: creator, chatId, personId: member, status: 'member' });
    world.put({ fact: 'staff-chat', chatId });
  });
}
