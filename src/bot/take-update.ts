import type { Bot } from 'grammy';
import type { Update } from 'grammy/types';
import type { ChatTurns, Turn } from '../adapters/turns/turns.ts';
import { decodeProgress, encodeProgress, type Progress } from '../dialogs/kit/progress.ts';
import type { Voice } from '../dialogs/kit/voice.ts';
import { setAlarm } from './alarm.ts';
import type { Conduct } from './conduct.ts';
import { describeTrouble, isOutage, type Trouble } from './trouble.ts';
import { beginVisit, type Visit } from './visit.ts';

export type UpdateParts = {
  bot: Bot;
  turns: ChatTurns;
  conduct: Pick<Conduct, 'versionOf'>;
  /** A mouth in the chat of an update. */
  voiceFor: (update: Update) => Voice;
  /** The update is put aside and staff are told; never rejects. */
  putAside: (update: Update, how: 'failed' | 'stuck', trouble: Trouble) => Promise<void>;
  /** Work on an update that takes longer will never end. */
  stuckMs?: number;
};

/** Gives an update its turn. Resolves when it has had it (now, or before); rejects when it must come again. */
export type TakeUpdate = (update: Update) => Promise<void>;

/**
 * One turn: take the chat, let the bot answer, finish. A breakage leaves the dialog where it was, says one kind sentence and puts the
 * update aside; so does work that never ends; an outage asks the resident to repeat.
 */
export function createTakeUpdate({ bot, turns, conduct, voiceFor, putAside, stuckMs = 60_000 }: UpdateParts): TakeUpdate {
  return async (update) => {
    const person = personOf(update);
    if (person === undefined) return;
    const turn = await turns.take(String(person), update.update_id);
    if (turn === 'repeat') return;

    const voice = voiceFor(update);
    const visit: Visit = {
      turn,
      messengerId: `telegram:${person}`,
      updateId: update.update_id,
      voice,
      ...readState(turn, conduct),
    };
    beginVisit(update, visit);
    const mishap = await work(update);
    if (mishap) {
      // The dialog stays as it was before the update.
      await turn.finish({ keep: true });
      return mend(turn.secretExpected ? withoutWords(update) : update, voice, mishap);
    }
    const { progress } = visit;
    await turn.finish(
      progress ? { state: encodeProgress(progress), secretExpected: progress.secret } : { drop: true, secretExpected: false },
    );
  };

  async function work(update: Update): Promise<{ how: 'failed' | 'stuck'; error: unknown } | undefined> {
    const stuck = setAlarm(stuckMs);
    const handled = bot.handleUpdate(update).then(
      () => undefined,
      (error: unknown) => ({ how: 'failed' as const, error }),
    );
    const mishap = await Promise.race([handled, stuck.rings.then(() => ({ how: 'stuck' as const, error: undefined }))]);
    stuck.stop();
    return mishap;
  }

  async function mend(update: Update, voice: Voice, { how, error }: { how: 'failed' | 'stuck'; error: unknown }): Promise<void> {
    if (how === 'failed' && isOutage(error)) {
      await voice.say('error-outage', {});
      return;
    }
    await voice.say('error-sorry', { reference: String(update.update_id) });
    await putAside(update, how, describeTrouble(error));
  }
}

/** The person in whose private chat this happens; a payment about to be made counts as one. Nothing else is ours. */
function personOf(update: Update): number | undefined {
  const message = update.message ?? update.edited_message ?? update.callback_query?.message;
  if (message) return message.chat.type === 'private' ? message.chat.id : undefined;
  return update.pre_checkout_query?.from.id;
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
