import { GrammyError } from 'grammy';
import type { MayCall } from '../../reception/channel.ts';
import { attempt } from './attempt.ts';
import type { TelegramRefusal } from './refusals.ts';

/** Told of what could not be said; knows nothing of the words. */
export type ReportUnsaid = (failure: { method: string; code: number | undefined; error: unknown }) => void;

/** What became of a call of a turn; a refusal that matters is reported already. */
export type CallResult<T> = { done: true; result: T } | { done: false; refusal: TelegramRefusal };

export type Call = <T>(method: string, make: () => Promise<T>) => Promise<CallResult<T>>;

/**
 * No call of a turn is begun later. The client under it gives one up after 25 seconds, an upload a little later: what is begun now is over
 * before the turn counts as stuck.
 */
const LAST_BEGIN_MS = 28_000;

const TOO_LATE: TelegramRefusal = { move: 'retry', what: 'away', reason: 'no time is left' };

const NO_CALL: TelegramRefusal = { move: 'tell', what: 'unknown', reason: 'no call' };

/** A message that people have deleted or that is too old, buttons that are as they should be, a press that was answered: nothing is amiss. */
const HARMLESS: ReadonlySet<TelegramRefusal['what']> = new Set(['unchanged', 'late', 'message-gone', 'message-fixed']);

/** Makes the calls of one turn; nothing that Telegram answers is thrown. */
export function openCalls(
  report: ReportUnsaid,
  mayCall: MayCall = () => undefined,
  nowMs: () => number = () => performance.now(),
): Call {
  const began = nowMs();
  return async (method, make) => {
    const asked = mayCall();
    if (asked) await asked;
    if (nowMs() - began > LAST_BEGIN_MS) return { done: false, refusal: TOO_LATE };
    try {
      const called = await attempt(make);
      if (!called.done && !HARMLESS.has(called.refusal.what)) report({ method, code: codeOf(called.error), error: called.error });
      return called;
    } catch (error) {
      // What broke before it was a call is nothing that passes.
      report({ method, code: undefined, error });
      return { done: false, refusal: NO_CALL };
    }
  };
}

const codeOf = (error: unknown) => (error instanceof GrammyError ? error.error_code : undefined);

/** The chat takes nothing of ours: the person has blocked the bot, or is gone. */
export function isClosed({ what }: TelegramRefusal): boolean {
  return what === 'closed' || what === 'nobody' || what === 'rights';
}
