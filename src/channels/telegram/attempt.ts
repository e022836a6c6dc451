import { GrammyError, HttpError } from 'grammy';
import { classifyError, classifyRefusal, passes, type TelegramRefusal } from './refusals.ts';

/** What became of a call; `error` is what grammY threw for the refusal. */
export type CallOutcome<T> =
  | { done: true; result: T }
  | { done: false; refusal: TelegramRefusal; error: GrammyError | HttpError };

/** Makes a call of the Bot API: whatever speaks to Telegram hears here what its no means. Throws only what broke before it was a call. */
export async function attempt<T>(make: () => Promise<T>): Promise<CallOutcome<T>> {
  try {
    return { done: true, result: await make() };
  } catch (error) {
    if (error instanceof GrammyError) return { done: false, refusal: classifyError(error), error };
    if (error instanceof HttpError)
      return { done: false, refusal: classifyRefusal({ code: 0, description: 'no answer' }), error };
    throw error;
  }
}

/** Throws where the refusal says nothing of the call (Telegram's own failure, a wrong token): whether it was done is not known. */
export function throwUnlessJudged({ refusal: { what }, error }: Extract<CallOutcome<unknown>, { done: false }>): void {
  if (what !== 'away' && what !== 'token') return;
  const answered = error instanceof GrammyError ? `Telegram answered ${error.error_code}` : 'Telegram did not answer';
  throw new Error(answered, { cause: error });
}

/** Telegram did not answer, or says what passes: what broke off over it is nobody's fault, and the same is taken later. */
export function isTelegramAway(error: unknown): boolean {
  if (error instanceof HttpError) return true;
  return error instanceof GrammyError && passes(classifyError(error));
}
