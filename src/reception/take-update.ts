import { openTimeLimit } from '../runtime/time-limit.ts';
import { type ChatTurns, type Next, type Turn, TurnLost } from '../adapters/turns/turns.ts';
import { secretIn } from '../dialogs/kit/letter.ts';
import { encodeProgress } from '../dialogs/kit/progress.ts';
import type { Unsaid, Voice } from '../dialogs/kit/voice.ts';
import { DAY_MS } from '../domain/durations.ts';
import type { MessengerId } from '../office/caller.ts';
import type { Channel, UpdateRoute } from './channel.ts';
import { encodeRest } from './chat-at-rest.ts';
import type { DialogFlow } from './dialog-flow.ts';
import type { NoteTold, PutBackLetter } from './note-told.ts';
import { onlyWhileHeld } from './only-while-held.ts';
import { type DescribedError, describeError, isOutage, isTurnOver } from './describe-error.ts';
import type { Visit } from './visit.ts';
import { readState } from './read-state.ts';

export type UpdateParts<Update> = {
  channel: Channel<Update>;
  turns: ChatTurns;
  flow: Pick<DialogFlow, 'versionOf' | 'holdsUnsent' | 'expectsSecret' | 'secretIsOver'>;
  /** Makes a dead letter of the update and tells staff; false, and nobody knows, where that could not be written. `whole`: nothing was taken out of it. */
  putAside: (update: Update, how: 'failed' | 'stuck', described: DescribedError, whole: boolean) => Promise<boolean>;
  /** Work on an update that takes longer will never end. */
  stuckMs?: number;
  /**
   * What could not be said, or done for staff, or revoked while it is stuck, for so long is given up: behind it waits all that the same person, or
   * staff in the same thread, wrote since.
   */
  unsaidMs?: number;
  /** Hears why a person was asked to repeat what he did: a neighbour is away. */
  onOutage?: (error: unknown) => void;
  /** Hears why money had to be taken in without being credited. */
  onHeld?: (update: Update, described: DescribedError) => void;
  /** Keeps what the person was told, and that the letter was dealt with; never rejects. */
  noteTold?: NoteTold;
  /** Keeps that this letter was the last that was dealt with: a later one was not, after all. Never rejects. */
  putBackLetter?: PutBackLetter;
};

/**
 * Gives an update its turn. Resolves when it has had it (now, or before); rejects when it must come again, with `QueuedElsewhere` when its
 * place is in the inbox, behind others of its chat.
 */
export type TakeUpdate<Update> = (update: Update, from?: { fromInbox: boolean }) => Promise<void>;

type UpdateFailure = { how: 'failed' | 'stuck'; error: unknown };

/** So many processes may vanish over one update before it is put aside unread; */
const MOST_DEATHS = 3;
/** over money some more: by then that is put aside beside which it was in hand. */
const MOST_DEATHS_OVER_MONEY = 6;

/** Whoever worked on the update was gone before its end, again and again. */
class KillsProcesses extends Error {
  override name = 'KillsProcesses';
}

/** The answer, or a part of it, could not be said now. The dialog is as before the update, which comes again. */
export class MessengerAway extends Error {
  override name = 'MessengerAway';
  /** When it may be tried again, at the earliest. */
  readonly seconds: number;
  constructor(unsaid: Unsaid) {
    super('the messenger took no answer');
    this.seconds = unsaid.outcome === 'away' ? unsaid.seconds : 0;
  }
}

/** A dialog in which something was typed that nobody has got yet is not forgotten as fast as others: until it is sent, or left knowingly. */
const UNSENT_MS = 2 * DAY_MS;

const LONGEST_UNSAID_MS = 900_000;
const MOST_AGAIN = 10_000;

/** Longer than an answer takes whose flood wait is obeyed. */
export const STUCK_MS = 60_000;

/**
 * One turn: take the chat, let the bot answer, finish. A breakage leaves the dialog where it was, says one kind sentence and puts the
 * update aside; so does work that never ends; an outage asks the resident to repeat.
 */
export function createTakeUpdate<Update>({
  channel,
  turns,
  flow,
  putAside,
  stuckMs = STUCK_MS,
  unsaidMs = LONGEST_UNSAID_MS,
  onOutage = () => undefined,
  onHeld = () => undefined,
  noteTold = async () => false,
  putBackLetter = async () => undefined,
}: UpdateParts<Update>): TakeUpdate<Update> {
  const stuck = openTimeLimit(stuckMs);
  /** Since when updates come again, because of what could not be said or done. */
  const againSince = new Map<string, number>();

  return async (given, from) => {
    const update = channel.storable(given);
    let route = channel.routeOf(update);
    if (!route && channel.lookAgain) {
      await channel.lookAgain(update);
      route = channel.routeOf(update);
    }
    if (route === undefined) return;
    const turn = await turns.take(route.line, channel.keyOf(update), from);
    if (turn === 'repeat') return;

    try {
      await work(route, turn, update);
    } catch (error) {
      // Whatever broke off: a turn that is left open would hold its chat until its time is over.
      await turn.abandon();
      throw error;
    }
  };

  async function work(route: UpdateRoute, turn: Turn, update: Update): Promise<void> {
    const mayCall = onlyWhileHeld(turn);
    const messengerId = route.person;
    // Who can tell nothing of a turn cannot tell either whether the update may be a secret.
    const unread = async (voice: Voice | undefined, error: unknown) => {
      const may = turn.secretExpected || (await expectsSecret(messengerId, update, true));
      await putBack();
      return mend(route, turn, update, voice, { how: 'failed', error }, { may });
    };
    const kills = turn.deaths >= (channel.isAboutMoney(update) ? MOST_DEATHS_OVER_MONEY : MOST_DEATHS);
    let voice: Voice | undefined;
    let visit: Visit | undefined;
    let before: string | null = null;
    // The state stays as it was, and no letter came after it.
    const putBack = async () => {
      if (before !== null && (kills || visit?.noted)) await putBackLetter(messengerId, before);
    };
    try {
      voice = channel.voiceFor(update, mayCall);
      visit = {
        turn,
        messengerId,
        secretExpected: turn.secretExpected,
        name: channel.nameOf(update),
        letterId: channel.keyOf(update),
        letter: route.room === 'private' && !kills ? channel.letterOf(update) : undefined,
        enter: channel.entering(update),
        voice,
        ...readState(turn, flow),
      };
      before = visit.progress?.letter ?? null;
    } catch (error) {
      return unread(voice, error);
    }
    if (kills) return unread(voice, new KillsProcesses());

    const hadDialog = visit.progress !== undefined;
    const failure = await settle(update, visit);
    // Its time may be over: a voice of its own.
    const mendIt = async (met: UpdateFailure) => {
      await putBack();
      // One may be typed where nobody asked for it.
      const holdsOne = visit.letter !== undefined && secretIn(visit.letter);
      const secret = { may: visit.secretExpected || holdsOne, asked: visit.secretAsked === true };
      return mend(route, turn, update, channel.voiceFor(update, mayCall), met, secret);
    };
    if (failure) return mendIt(failure);
    if (mustComeAgain(update, voice.unsaid())) {
      await turn.abandon();
      throw new MessengerAway(voice.unsaid());
    }
    if (visit.ignored) {
      await putBack();
      return turn.finish({ keep: true });
    }
    const { progress } = visit;
    // Who was paused for too long must not write of a letter that was overtaken.
    visit.noted = (await turn.isHeld()) && (await noteTold(visit, hadDialog));
    if (progress) progress.letter = visit.noted ? visit.letterId : null;
    let next: Next;
    try {
      next = progress
        ? {
            state: encodeProgress(progress),
            secretExpected: progress.secret,
            ...(flow.holdsUnsent(progress) && { ttlMs: UNSENT_MS }),
          }
        : visit.over === undefined && !visit.leftSecret && !visit.answered
          ? { drop: true, secretExpected: false }
          : {
              state: encodeRest({ run: visit.over, leftSecret: visit.leftSecret, answer: visit.answered }),
              secretExpected: false,
            };
    } catch (error) {
      return mendIt({ how: 'failed', error });
    }
    await turn.finish(next);
    // Last of all, and no more than tidying: what is left of it ends by time.
    if ((visit.secretExpected || visit.secretAsked) && !progress?.secret) await flow.secretIsOver(visit).catch(() => undefined);
  }

  function mustComeAgain(update: Update, { outcome }: Unsaid): boolean {
    const key = channel.keyOf(update);
    if (outcome === 'away') return mayComeAgain(key);
    againSince.delete(key);
    return false;
  }

  /** Until it has done so for too long. */
  function mayComeAgain(key: string): boolean {
    const since = againSince.get(key) ?? performance.now();
    againSince.delete(key);
    if (performance.now() - since >= unsaidMs) return false;
    againSince.set(key, since);
    // It may have come again to another process.
    for (const [other] of againSince) {
      if (againSince.size <= MOST_AGAIN) break;
      againSince.delete(other);
    }
    return true;
  }

  function expectsSecret(messengerId: MessengerId, update: Update, untold: boolean): Promise<boolean> {
    return flow.expectsSecret({ messengerId, letterId: channel.keyOf(update) }).catch(() => untold);
  }

  /** Until the answer has come to its end, takes too long, or is none of ours any more. */
  function settle(update: Update, visit: Visit): Promise<UpdateFailure | undefined> {
    return new Promise((resolve) => {
      const stopWatch = stuck.watch(() => resolve({ how: 'stuck', error: undefined }));
      visit.turn.onLost(() => resolve({ how: 'failed', error: new TurnLost('another process has the chat by now') }));
      void handle(update, visit).then((failure) => {
        stopWatch();
        resolve(failure);
      });
    });
  }

  async function handle(update: Update, visit: Visit): Promise<UpdateFailure | undefined> {
    try {
      await channel.answer(update, visit);
      return undefined;
    } catch (error) {
      return { how: 'failed', error };
    }
  }

  /**
   * The dialog stays as it was before the update. What can neither be done nor kept comes again. `secret`: the update may hold one; one was
   * asked for in this very turn (or nobody can tell). Then its answer comes to a dialog that does not know: that it is awaited is kept.
   */
  async function mend(
    { room, person }: UpdateRoute,
    turn: Turn,
    update: Update,
    voice: Voice | undefined,
    { how, error }: UpdateFailure,
    secret: { may: boolean; asked?: boolean },
  ): Promise<void> {
    const comeAgain = async (why: string) => {
      await turn.abandon();
      throw error ?? new Error(why);
    };
    if (isTurnOver(error)) return comeAgain('another process has the chat by now');
    // Work that never settled may still wake up, and find the chat elsewhere. Where the office does not let go of it, nobody can tell what it did:
    // it comes again, but does not hold its chat for good.
    const isHanging = how === 'stuck' && !(await turn.revoke().then(isDone, isNotDone));
    if (isHanging && (channel.isAboutMoney(update) || mayComeAgain(channel.keyOf(update))))
      return comeAgain('an update that is stuck could not be revoked');
    const outage = how === 'failed' && isOutage(error);
    // Money that was taken must be taken in: it comes again until it is.
    if (channel.isAboutMoney(update) && (outage || how === 'stuck')) return comeAgain('a payment was not taken in');
    if (channel.isAboutMoney(update) && (await hold(turn, update, person, voice))) return onHeld(update, describeError(error));
    // Nobody in the group is asked to repeat what they wrote: it comes again by itself, unless it is this very update that is never done.
    const passes = outage || channel.isAway(error);
    if (room === 'staff' && passes && mayComeAgain(channel.keyOf(update))) return comeAgain('staff were not answered');
    // What may have been a secret is not kept, not even sealed.
    const whole = !secret.may || channel.isAboutMoney(update);
    // What the messenger did not let be answered in time is over there, too: nobody can answer it later.
    const isOver = channel.isAnsweredElsewhere(update) && channel.isAway(error);
    const isKept = room === 'staff' || !(outage || isOver);
    if (isKept && !(await putAside(whole ? update : channel.withoutWords(update), how, describeError(error), whole)))
      return comeAgain('an update could be neither worked off nor kept');
    const awaited = secret.asked || (await expectsSecret(person, update, secret.asked === undefined));
    await turn.finish({ keep: true, ...(awaited && { secretExpected: true }) });
    if (channel.isAnsweredElsewhere(update)) return;
    await voice?.answerPress();
    // Staff are told by the escalation.
    if (room === 'staff') return;
    // The question stands where it stood: what was pressed lost its buttons before the work failed.
    const canPress = await voice?.restoreButtons();
    if (outage) {
      onOutage(error);
      await voice?.say(canPress ? 'error-outage-press' : 'error-outage', {});
    } else await voice?.say('error-sorry', { reference: channel.keyOf(update) });
  }

  /** Money whose crediting breaks is taken in all the same, for staff to credit by hand; false where that breaks, too. */
  async function hold(turn: Turn, update: Update, messengerId: MessengerId, voice: Voice | undefined): Promise<boolean> {
    const caller = { messengerId, idempotencyKey: `${channel.keyOf(update)}:hold`, turn };
    let tell: Awaited<ReturnType<typeof channel.holdMoney>>;
    try {
      tell = await channel.holdMoney(update, caller);
    } catch (error) {
      if (!isOutage(error) && !isTurnOver(error)) return false;
      await turn.abandon();
      throw error;
    }
    if (!tell) return false;
    await turn.finish({ keep: true });
    if (voice) await tell(voice);
    return true;
  }
}

const isDone = () => true;
const isNotDone = () => false;
