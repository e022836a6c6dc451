import { randomInt } from 'node:crypto';
import { Api } from 'grammy';
import type { Update, UserFromGetMe } from 'grammy/types';
import type { Metrics } from '../../adapters/http/metrics.ts';
import type { Log } from '../../adapters/log.ts';
import type { ChatTurns } from '../../adapters/turns/turns.ts';
import type { Chapters } from '../../dialogs/kit/chapter.ts';
import type { DeadLetters } from '../../office/dead-letters.ts';
import type { Inbox } from '../../office/inbox.ts';
import type { LastTold } from '../../office/last-told.ts';
import type { PaymentIntake } from '../../office/money/payment-intake.ts';
import type { PaperCache } from '../../papers/paper.ts';
import { openReception, type Reception } from '../../reception/assemble.ts';
import type { MayCall } from '../../reception/channel.ts';
import type { DeskOffice } from '../../reception/desk/presses.ts';
import { createDialogFlow } from '../../reception/dialog-flow.ts';
import type { FrontDesk } from '../../reception/front-desk.ts';
import type { PhotosOfMessages, RegistriesOfMessages, RequestsOfMessages } from '../../reception/private-chat.ts';
import { describeError } from '../../reception/describe-error.ts';
import type { Texts } from '../../texts/texts.ts';
import { createBot } from './bot.ts';
import { telegramAddress } from './bot-address.ts';
import { telegramChannel } from './channel.ts';
import type { TelegramClient } from './client.ts';
import { createDeskRoom } from './desk-room.ts';
import { MESSENGER } from './ids.ts';
import { createMoney } from './payments.ts';
import type { StaffGroup } from './staff-group.ts';
import { createRouting } from './update-route.ts';
import { sentenceOf, tellUpdateError } from './update-error.ts';
import { telegramVoice } from './voice.ts';

export type BotSettings = {
  token: string;
  apiRoot: string;
  me: UserFromGetMe;
  client: TelegramClient;
  /** `PAYMENT_PROVIDER_TOKEN` */
  providerToken?: string | undefined;
};

export type AssembledBot = Reception<Update> & { bot: ReturnType<typeof createBot> };

/** Telegram's bot, and the reception around it. Knows nothing of how updates come in. */
export function assembleBot<
  Office extends FrontDesk & {
    inbox: Inbox;
    deadLetters: DeadLetters;
    paymentIntake: PaymentIntake;
    requests: RequestsOfMessages;
    staffRegistries: RegistriesOfMessages;
    ownReadings: PhotosOfMessages;
    lastTold: LastTold;
  } & DeskOffice,
>(parts: {
  settings: BotSettings;
  office: Office;
  chapters: Chapters<Office>;
  turns: ChatTurns;
  texts: Texts;
  papers: PaperCache;
  staffGroup: StaffGroup;
  log: Log;
  metrics: Metrics;
  /** After how long an update counts as stuck, and as slow; how long it is gathered who was here. */
  limits?: { stuckMs?: number; slowMs?: number; unsaidMs?: number; gatherMs?: number };
  /** A short name for a run of a chapter, by which its buttons are told from older ones. */
  newRun?: () => string;
}): AssembledBot {
  const { settings, office, chapters, turns, texts, papers, staffGroup, log, metrics, limits = {} } = parts;
  const { newRun = () => randomInt(36 ** 4).toString(36) } = parts;
  const client = { apiRoot: settings.apiRoot, fetch: settings.client.fetch };
  const flow = createDialogFlow(office, chapters, newRun);
  const bot = createBot({
    token: settings.token,
    config: { botInfo: settings.me, client },
    flow,
    paymentIntake: office.paymentIntake,
    requests: office.requests,
    registries: office.staffRegistries,
    photos: office.ownReadings,
    deskRoom: createDeskRoom(office, staffGroup),
    label: (text, words) => texts.text(text, words),
    ...(limits.gatherMs !== undefined && { gatherMs: limits.gatherMs }),
  });
  bot.api.config.use(settings.client.transformer(settings.apiRoot, settings.token));
  const voiceFor = (update: Update, mayCall: MayCall) => telegramVoice(bot.api, update, speech, mayCall);

  const figures = metrics.ofMessenger(MESSENGER);
  const { providerToken, me } = settings;
  const onceApi = new Api(settings.token, { apiRoot: settings.apiRoot, fetch: settings.client.fetchOnce });
  const address = telegramAddress(me.username);
  const speech = { wording: texts.text, papers, onceApi, bot: address, providerToken, report: tellUnsaid };

  function tellUnsaid({ method, code, error }: { method: string; code: number | undefined; error: unknown }): void {
    figures.unsaid(method, code);
    // 403: this person has blocked the bot, which is everybody's right.
    if (code !== 403) log.warn({ method, telegramCode: code, ...describeError(error) }, 'something could not be said');
  }

  const channel = telegramChannel({
    bot,
    routeOf: createRouting(staffGroup),
    voiceFor,
    ...createMoney(office.paymentIntake),
    lookForGroup: staffGroup.lookAgain,
  });
  return {
    bot,
    ...openReception({
      channel,
      flow,
      office,
      turns,
      texts,
      log,
      metrics,
      onError: tellUpdateError(log, (error) => sentenceOf(error, settings)),
      onOutage: tellUpdateError(log, () => 'people are asked to repeat what they did: a neighbour is away'),
      limits,
    }),
  };
}
