import type { Bot } from 'grammy';
import type { Update } from 'grammy/types';
import { openTimeLimit, within } from '../adapters/time-limit.ts';
import type { ChatTurns, Turn } from '../adapters/turns/turns.ts';
import { decodeProgress, encodeProgress, type Progress } from '../dialogs/kit/progress.ts';
import type { Voice } from '../dialogs/kit/voice.ts';
import type { Conduct } from './conduct.ts';
import type { NoteTold } from './note-told.ts';
import { describeTrouble, isOutage, isTelegramAway, type Trouble } from './trouble.ts';
import { type Visit, VisitContext } from './visit.ts';
import { isAboutMoney, isInGroup, type Whose, type WhoseIs } from './whose.ts';

export type UpdateParts = {
  bot: Bot<VisitContext>;
  turns: ChatTurns;
  conduct: Pick<Conduct, 'versionOf'>;
  whoseIs: WhoseIs;
  /** Finds out whether the staff group has become another one. */
  lookForGroup?: (() => Promise<void>) | undefined;
  /** A mouth in the chat of an update. */
  voiceFor: (update: Update) => Voice;
  /** The update is put aside and staff are told; never rejects. `whole`: nothing was taken out of it. */
  putAside: (update: Update, how: 'failed' | 'stuck', trouble: Trouble, whole: boolean) => Promise<void>;
  /** What of the same chat is held elsewhere and came before an update that arrived then; undefined: nothing. Asked where the chat was busy. */
  earlier?: (update: Update, arrived: Date) => Promise<{ over: Promise<void> } | undefined>;
  /** Work on an update that takes longer will never end. */
  stuckMs?: number;
  /** Keeps what the person was told; never rejects. */
  noteTold?: NoteTold;
};

/** Gives an update its turn. Resolves when it has had it (now, or before); rejects when it must come again. */
export type TakeUpdate = (update: Update) => Promise<void>;

type Mishap = { how: 'failed' | 'stuck'; error: unknown };

const BUSY_MS = 250;

/** So many processes may vanish over one update before it is put aside unread. */
const MOST_DEATHS = 3;

/** Whoever worked on the update was gone before its end, again and again. */
class KillsProcesses extends Error {
  override name = 'KillsProcesses';
}

/** Longer than an answer takes whose flood wait is obeyed. */
export const STUCK_MS = 60_000;

/**
 * One turn: take the chat, let the bot answer, finish. A breakage leaves the dialog where it was, says one kind sentence and puts the
 * update aside; so does work that never ends; an outage asks the resident to repeat.
 */
export function createTakeUpdate({
  bot,
  turns,
  conduct,
  whoseIs,
  lookForGroup,
  voiceFor,
  putAside,
  earlier = async () => undefined,
  stuckMs = STUCK_MS,
  noteTold = async () => undefined,
}: UpdateParts): TakeUpdate {
  const answer = bot.middleware();
  const stuck = openTimeLimit(stuckMs);

  return async (update) => {
    let whose = whoseIs(update);
    if (!whose && lookForGroup && isInGroup(update)) {
      await lookForGroup();
      whose = whoseIs(update);
    }
    if (whose === undefined) return;
    const turn = await takeInOrder(whose.line, update);
    if (turn === 'repeat') return;

    const voice = voiceFor(update);
    if (turn.deaths >= MOST_DEATHS) return mend(whose, turn, update, voice, { how: 'failed', error: new KillsProcesses() });
    const visit: Visit = {
      turn,
      messengerId: `telegram:${whose.person}`,
      name: nameOf(update),
      updateId: update.update_id,
      voice,
      ...readState(turn, conduct),
    };
    const mishap = await work(new VisitContext(update, bot.api, bot.botInfo, visit));
    if (mishap) return mend(whose, turn, update, voice, mishap);
    await noteTold(visit);
    const { progress } = visit;
    await turn.finish(
      progress ? { state: encodeProgress(progress), secretExpected: progress.secret } : { drop: true, secretExpected: false },
    );
  };

  /** Who had to wait for the chat may have waited for a process that died, and left an earlier update behind. */
  async function takeInOrder(line: string, update: Update): Promise<'repeat' | Turn> {
    const arrived = new Date();
    const turn = await turns.take(line, update.update_id);
    if (turn === 'repeat' || Date.now() - arrived.getTime() < BUSY_MS) return turn;
    const before = await earlier(update, arrived).catch(() => undefined);
    if (!before) return turn;
    await turn.abandon();
    await before.over;
    return turns.take(line, update.update_id);
  }

  function work(ctx: VisitContext): Promise<Mishap | undefined> {
    return within<Mishap | undefined, Mishap>(stuck, handle(ctx), () => ({ how: 'stuck', error: undefined }));
  }

  /** Not by `bot.handleUpdate`, which makes another client of the Bot API for each update. */
  async function handle(ctx: VisitContext): Promise<Mishap | undefined> {
    try {
      await answer(ctx, async () => {});
      return undefined;
    } catch (error) {
      return { how: 'failed', error };
    }
  }

  /** The dialog stays as it was before the update. What is put aside is safe before the update counts as done. */
  async function mend({ room }: Whose, turn: Turn, update: Update, voice: Voice, { how, error }: Mishap): Promise<void> {
    const outage = how === 'failed' && isOutage(error);
    // Money that was taken must be taken in: it comes again until it is.
    if (update.message && isAboutMoney(update.message) && (outage || how === 'stuck')) {
      await turn.abandon();
      throw error ?? new Error('a payment was not taken in');
    }
    // Nobody in the group is asked to repeat what they wrote: it comes again by itself.
    if (room === 'staff' && (outage || isTelegramAway(error))) {
      await turn.abandon();
      throw error;
    }
    const whole = !turn.secretExpected;
    if (!outage) await putAside(whole ? update : withoutWords(update), how, describeTrouble(error), whole);
    await turn.finish({ keep: true });
    // The payer has read the refusal on the invoice.
    if (update.pre_checkout_query) return;
    await voice.answerPress();
    // Staff are told by the escalation.
    if (room === 'staff') return;
    if (outage) await voice.say('error-outage', {});
    else await voice.say('error-sorry', { reference: String(update.update_id) });
  }
}

/** As the person who acts is called in the messenger. */
function nameOf(update: Update): string {
  const { from } = update.message ?? update.edited_message ?? update.callback_query ?? update.pre_checkout_query ?? {};
  return [from?.first_name, from?.last_name].filter(Boolean).join(' ');
}

function readState(turn: Turn, conduct: Pick<Conduct, 'versionOf'>): { progress: Progress | undefined; outdated: boolean } {
  if (!turn.state) return { progress: undefined, outdated: false };
  const progress = decodeProgress(turn.state);
  if (!progress) return { progress: undefined, outdated: true };
  const outdated = conduct.versionOf(progress.dialog) !== progress.version;
  return { progress: outdated ? undefined : progress, outdated };
}

/** What may have been a secret is not kept, not even sealed. */
function withoutWords(update: Update): Update {
  const bare = structuredClone(update);
  for (const message of [bare.message, bare.edited_message]) {
    if (!message) continue;
    delete message.text;
    delete message.caption;
  }
  return bare;
}
