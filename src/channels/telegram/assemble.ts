import { randomBytes, randomInt } from 'node:crypto';
import { Api } from 'grammy';
import type { Update, UserFromGetMe } from 'grammy/types';
import type { Metrics } from '../../adapters/http/metrics.ts';
import { type Log, logScoped } from '../../adapters/log.ts';
import type { ChatTurns } from '../../adapters/turns/turns.ts';
import type { Chapters } from '../../dialogs/kit/chapter.ts';
import type { DeadLetters } from '../../office/dead-letters.ts';
import type { Inbox } from '../../office/inbox.ts';
import type { LastTold } from '../../office/last-told.ts';
import type { PaymentIntake } from '../../office/money/payment-intake.ts';
import type { PaperCache } from '../../papers/paper.ts';
import type { MayCall } from '../../reception/channel.ts';
import type { DeskOffice } from '../../reception/desk/presses.ts';
import { createDialogFlow, type FrontDesk } from '../../reception/dialog-flow.ts';
import type { InboxEdge } from '../../reception/inbox-writer.ts';
import { createIntake, type Intake } from '../../reception/intake.ts';
import { createNoteTold } from '../../reception/note-told.ts';
import type { RegistriesOfMessages, RequestsOfMessages } from '../../reception/private-chat.ts';
import { createTakeUpdate, STUCK_MS, type TakeUpdate } from '../../reception/take-update.ts';
import { describeError, type DescribedError } from '../../reception/trouble.ts';
import type { Texts } from '../../texts/texts.ts';
import { createBot } from './bot.ts';
import { telegramAddress } from './bot-address.ts';
import { telegramChannel } from './channel.ts';
import type { TelegramClient } from './client.ts';
import { MESSENGER, updateId } from './ids.ts';
import type { StaffGroup } from './staff-group.ts';
import { createDeskRoom } from './desk-room.ts';
import { createRouting } from './update-route.ts';
import { sentenceOf, tellUpdateError } from './update-trouble.ts';
import { telegramVoice } from './voice.ts';

export type BotSettings = {
  token: string;
  apiRoot: string;
  me: UserFromGetMe;
  client: TelegramClient;
  /** `PAYMENT_PROVIDER_TOKEN` */
  providerToken?: string | undefined;
};

export type AssembledBot = {
  bot: ReturnType<typeof createBot>;
  take: TakeUpdate<Update>;
  intake: Intake<Update>;
};

/** The bot with all that is around it: turns, dead letters, measurements. Knows nothing of how updates come in. */
export function assembleBot<
  Office extends FrontDesk & {
    inbox: Inbox;
    deadLetters: DeadLetters;
    paymentIntake: PaymentIntake;
    requests: RequestsOfMessages;
    deskRegistries: RegistriesOfMessages;
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
  const { stuckMs = STUCK_MS } = limits;
  const unsaid = limits.unsaidMs === undefined ? {} : { unsaidMs: limits.unsaidMs };
  const client = { apiRoot: settings.apiRoot, fetch: settings.client.fetch };
  const flow = createDialogFlow(office, chapters, newRun);
  const bot = createBot({
    token: settings.token,
    config: { botInfo: settings.me, client },
    flow,
    paymentIntake: office.paymentIntake,
    requests: office.requests,
    registries: office.deskRegistries,
    deskRoom: createDeskRoom(office, staffGroup),
    label: (text, words) => texts.text(text, words),
    ...(limits.gatherMs !== undefined && { gatherMs: limits.gatherMs }),
  });
  bot.api.config.use(settings.client.transformer(settings.apiRoot, settings.token));
  const voiceFor = (update: Update, mayCall: MayCall) => telegramVoice(bot.api, update, speech, mayCall);

  const { providerToken, me } = settings;
  const onceApi = new Api(settings.token, { apiRoot: settings.apiRoot, fetch: settings.client.fetchOnce });
  const address = telegramAddress(me.username);
  const speech = { wording: texts.text, papers, onceApi, bot: address, providerToken, report: tellUnsaid };

  function tellUnsaid({ method, code, error }: { method: string; code: number | undefined; error: unknown }): void {
    metrics.unsaid.inc({ method, code: code ?? 'none' });
    // 403: this person has blocked the bot, which is everybody's right.
    if (code !== 403) log.warn({ method, telegramCode: code, ...describeError(error) }, 'something could not be said');
  }

  async function putAside(update: Update, how: 'failed' | 'stuck', trouble: DescribedError, whole: boolean): Promise<boolean> {
    const reference = String(update.update_id);
    log.error({ reference, how, kind: kindOf(update), ...trouble }, 'an update was put aside');
    metrics.updates.inc({ end: how });
    const escalation =
      how === 'stuck'
        ? { kind: 'update-stuck' as const, reference, seconds: Math.round(stuckMs / 1000), key: 'update-stuck' }
        : {
            kind: 'update-failed' as const,
            reference,
            error: [trouble.error, trouble.code].filter(Boolean).join(' '),
            key: `update-failed/${trouble.error}`,
          };
    try {
      await office.deadLetters.putAside(updateId(update), JSON.stringify(update), how, escalation, { whole });
      return true;
    } catch (error) {
      log.error({ reference, ...describeError(error) }, 'the update could not be kept; it comes again');
      return false;
    }
  }

  const { inbox, deadLetters } = office;
  const routeOf = createRouting(staffGroup);
  const noteTold = createNoteTold(texts, office.lastTold, flow.visitorOf, (error) =>
    log.warn(describeError(error), 'what was told could not be kept'),
  );
  const channel = telegramChannel({ bot, routeOf, voiceFor, lookForGroup: staffGroup.lookAgain });
  const tellOutage = tellUpdateError(log, () => 'people are asked to repeat what they did: a neighbour is away');
  const onOutage = (error: unknown) => {
    metrics.updates.inc({ end: 'outage' });
    tellOutage(error);
  };
  const turnParts = { channel, turns, flow, putAside, stuckMs, noteTold, onOutage, ...unsaid };
  const take = measured(createTakeUpdate(turnParts), metrics, log);
  const intake = createIntake({
    take,
    idOf: updateId,
    lineOf: (update) => routeOf(update)?.line,
    isUrgent: (update) => update.pre_checkout_query !== undefined || channel.isAboutMoney(update),
    inbox: inboxOf(randomBytes(12).toString('base64url'), MESSENGER, inbox),
    noteQueue: turns.queue,
    again: { mayCome, came: (update) => deadLetters.cameAgain(updateId(update)) },
    onError: tellUpdateError(log, (error) => sentenceOf(error, settings)),
    ...(limits.slowMs !== undefined && { slowMs: limits.slowMs }),
  });

  /** Staff let it have its turn once more; not where its chat has gone on since: it would answer another question. */
  async function mayCome(update: Update): Promise<boolean> {
    const line = routeOf(update)?.line;
    if (line !== undefined && (await turns.again(line, channel.keyOf(update)))) {
      await inbox.cameAgain(updateId(update));
      return true;
    }
    await deadLetters.cannotComeAgain(updateId(update));
    return false;
  }

  return { bot, take, intake };
}

/** The office's inbox in the name of this process, and of what came by one messenger. */
function inboxOf(owner: string, messenger: string, inbox: Inbox): InboxEdge {
  return {
    leaseMs: inbox.leaseMs,
    async keep(updates) {
      const kept = await inbox.keep(owner, updates);
      return kept.map(({ id, seq, owner: keptBy }) => ({ id, place: seq, ours: keptBy === owner }));
    },
    beat: () => inbox.beat(owner),
    claim: (knows) => inbox.claim(owner, messenger, knows),
    stillOurs: (ids) => inbox.stillOwned(owner, ids),
    takeOut: (ids, lines) => inbox.takeOut(owner, ids, lines),
    leave: () => inbox.leave(owner),
  };
}

/** Every line of the log that is written meanwhile has the update's id. */
function measured(takeTurn: TakeUpdate<Update>, metrics: Metrics, log: Log): TakeUpdate<Update> {
  return (update, from) =>
    logScoped({ update: update.update_id }, async () => {
      const stop = metrics.updateSeconds.startTimer();
      let end = 'taken';
      try {
        await takeTurn(update, from);
      } catch (error) {
        end = 'rejected';
        throw error;
      } finally {
        const seconds = stop();
        metrics.updates.inc({ end });
        log.debug({ kind: kindOf(update), end, ms: Math.round(seconds * 1000) }, 'an update was worked off');
      }
    });
}

/** `message`, `callback_query`…: the only thing of an update that may be told. */
function kindOf(update: Update): string {
  return Object.keys(update).find((key) => key !== 'update_id') ?? 'nothing';
}
