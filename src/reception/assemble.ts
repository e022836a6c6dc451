import { randomBytes } from 'node:crypto';
import type { MessengerMetrics, Metrics } from '../adapters/http/metrics.ts';
import { type Log, logScoped } from '../adapters/log.ts';
import type { ChatTurns } from '../adapters/turns/turns.ts';
import type { DeadLetters } from '../office/dead-letters.ts';
import type { Inbox } from '../office/inbox.ts';
import type { LastTold } from '../office/last-told.ts';
import type { Texts } from '../texts/texts.ts';
import type { Channel } from './channel.ts';
import type { DialogFlow } from './dialog-flow.ts';
import type { InboxEdge } from './inbox-writer.ts';
import { createIntake, type Intake } from './intake.ts';
import { createNoteTold, type PutBackLetter } from './note-told.ts';
import { createTakeUpdate, STUCK_MS, type TakeUpdate } from './take-update.ts';
import { type DescribedError, describeError } from './describe-error.ts';

export type Reception<Update> = { take: TakeUpdate<Update>; intake: Intake<Update> };

export type ReceptionParts<Update> = {
  channel: Channel<Update>;
  flow: DialogFlow;
  office: { inbox: Inbox; deadLetters: DeadLetters; lastTold: LastTold };
  turns: ChatTurns;
  texts: Texts;
  log: Log;
  metrics: Metrics;
  /** An update could not be taken now, or the inbox did not answer: it comes again. */
  onError: (error: unknown) => void;
  /** People were asked to repeat what they did. */
  onOutage: (error: unknown) => void;
  /** After how long an update counts as stuck, and as slow; for how long what could not be said comes again. */
  limits?: { stuckMs?: number; slowMs?: number; unsaidMs?: number };
};

/** The reception of one messenger's channel with all that is around it: turns, inbox, dead letters, measurements. Knows nothing of how updates come in. */
export function openReception<Update>({
  channel,
  flow,
  office: { inbox, deadLetters, lastTold },
  turns,
  texts,
  log,
  metrics,
  onError,
  onOutage,
  limits: { stuckMs = STUCK_MS, slowMs, unsaidMs } = {},
}: ReceptionParts<Update>): Reception<Update> {
  const figures = metrics.ofMessenger(channel.messenger);
  const idOf = (update: Update) => `${channel.messenger}:${channel.keyOf(update)}`;

  async function putAside(update: Update, how: 'failed' | 'stuck', described: DescribedError, whole: boolean): Promise<boolean> {
    const reference = channel.keyOf(update);
    log.error({ reference, how, kind: channel.kindOf(update), ...described }, 'an update was put aside');
    figures.taken(how);
    const money = channel.moneyIn(update);
    const error = [described.error, described.code].filter(Boolean).join(' ');
    const escalation = money
      ? {
          kind: 'payment-failed' as const,
          reference,
          error,
          operation: money.operation,
          sum: money.sumKopecks,
          back: money.back ? ('yes' as const) : ('no' as const),
          key: `payment-failed/${reference}`,
        }
      : how === 'stuck'
        ? { kind: 'update-stuck' as const, reference, seconds: Math.round(stuckMs / 1000), key: 'update-stuck' }
        : {
            kind: 'update-failed' as const,
            reference,
            error,
            key: `update-failed/${described.error}`,
          };
    try {
      const line = money && channel.routeOf(update)?.line;
      await deadLetters.putAside(idOf(update), JSON.stringify(update), how, escalation, { whole, ...(line && { line }) });
      return true;
    } catch (error) {
      log.error({ reference, ...describeError(error) }, 'the update could not be kept; it comes again');
      return false;
    }
  }

  /** Staff let it have its turn once more; not where its chat has gone on since: it would answer another question, unless it is money. */
  async function mayCome(update: Update, since: Date): Promise<boolean> {
    const line = channel.routeOf(update)?.line;
    const anyway = channel.isAboutMoney(update);
    if (line !== undefined && (await turns.again(line, channel.keyOf(update), { since, anyway })) !== 'gone-on') {
      await inbox.cameAgain(idOf(update));
      return true;
    }
    await deadLetters.cannotComeAgain(idOf(update));
    return false;
  }

  const onUntold = (error: unknown) => log.warn(describeError(error), 'what was told could not be kept');
  const noteTold = createNoteTold(texts, lastTold, flow.visitorOf, onUntold);
  const putBackLetter: PutBackLetter = (messengerId, letterId) =>
    lastTold.noteLetter({ messengerId }, letterId, { leaves: true }).catch(onUntold);
  const tellOutage = (error: unknown) => {
    figures.taken('outage');
    onOutage(error);
  };
  const onHeld = (update: Update, described: DescribedError) => {
    figures.taken('failed');
    log.error({ reference: channel.keyOf(update), how: 'held', ...described }, 'a payment could not be credited: staff have it');
  };
  const unsaid = unsaidMs === undefined ? {} : { unsaidMs };
  const turnParts = { channel, turns, flow, putAside, stuckMs, noteTold, putBackLetter, onHeld, onOutage: tellOutage, ...unsaid };
  const take = measured(channel, createTakeUpdate(turnParts), figures, log);
  const intake = createIntake({
    take,
    idOf,
    lineOf: (update) => channel.routeOf(update)?.line,
    isUrgent: channel.isUrgent,
    inbox: inboxOf(randomBytes(12).toString('base64url'), channel.messenger, inbox, (updates) =>
      log.error({ updates }, 'these updates were sealed by a key that is not in SECRET_KEY here: they are kept until it is'),
    ),
    noteQueue: turns.queue,
    again: { mayCome, came: (update) => deadLetters.cameAgain(idOf(update)) },
    onError,
    ...(slowMs !== undefined && { slowMs }),
  });
  return { take, intake };
}

/** The office's inbox in the name of this process, and of what came by one messenger. */
function inboxOf(owner: string, messenger: string, inbox: Inbox, onUnreadable: (ids: readonly string[]) => void): InboxEdge {
  return {
    leaseMs: inbox.leaseMs,
    async keep(updates) {
      const kept = await inbox.keep(owner, updates);
      return kept.map(({ id, seq, owner: keptBy }) => ({ id, place: seq, ours: keptBy === owner }));
    },
    beat: () => inbox.beat(owner),
    async claim(knows) {
      const { unreadable, ...found } = await inbox.claim(owner, messenger, knows);
      if (unreadable.length > 0) onUnreadable(unreadable);
      return found;
    },
    stillOurs: (ids) => inbox.stillOwned(owner, ids),
    takeOut: (ids, lines) => inbox.takeOut(owner, ids, lines),
    leave: () => inbox.leave(owner),
  };
}

/** Every line of the log that is written meanwhile has the update's key. */
function measured<Update>(
  { keyOf, kindOf }: Pick<Channel<Update>, 'keyOf' | 'kindOf'>,
  takeTurn: TakeUpdate<Update>,
  figures: MessengerMetrics,
  log: Log,
): TakeUpdate<Update> {
  return (update, from) =>
    logScoped({ update: keyOf(update) }, async () => {
      const stop = figures.startUpdate();
      let end = 'taken';
      try {
        await takeTurn(update, from);
      } catch (error) {
        end = 'rejected';
        throw error;
      } finally {
        const seconds = stop();
        figures.taken(end);
        log.debug({ kind: kindOf(update), end, ms: Math.round(seconds * 1000) }, 'an update was worked off');
      }
    });
}
