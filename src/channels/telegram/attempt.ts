import { GrammyError, HttpError } from 'grammy';
import { classifyError, classifyRefusal, passes, type TelegramRefusal } from './refusals.ts';

/** What became of a call; `error` is what grammY threw for the refusal. */
export type CallOutcome<T> = { done: true; result: T } | NotDone;
type NotDone = { done: false; refusal: TelegramRefusal; error: GrammyError | HttpError };

/** Makes a call and hears its refusal: `attemptNamed`, or a turn's `Call`. */
export type MakeCall<No> = <T>(method: string, make: () => Promise<T>) => Promise<{ done: true; result: T } | No>;

/** Makes a call of the Bot API: whatever speaks to Telegram hears here what its no means. Throws only what broke before it was a call. */
export async function attempt<T>(make: () => Promise<T>): Promise<CallOutcome<T>> {
  try {
    return { done: true, result: await make() };
  } catch (error) {
    if (isOfCall(error)) return { done: false, refusal: refusalIn(error), error };
    throw error;
  }
}

/** The same for whoever is told the method, too. */
export const attemptNamed: MakeCall<NotDone> = (_method, make) => attempt(make);

const isOfCall = (error: unknown) => error instanceof GrammyError || error instanceof HttpError;

/** What the table says of an error that a call ended with; what is none of Telegram's counts as no answer. */
export function refusalIn(error: unknown): TelegramRefusal {
  return error instanceof GrammyError ? classifyError(error) : classifyRefusal({ code: 0, description: 'no answer' });
}

/** Telegram knows no such bot. A bot that is at home at another Bot API server, and a page in Telegram's place, do not say so. */
export function isTokenUnknown(error: unknown): boolean {
  return error instanceof GrammyError && [401, 404].includes(error.error_code) && refusalIn(error).what === 'token';
}

/** Throws where the refusal says nothing of the call (Telegram's own failure, a wrong token): whether it was done is not known. */
export function throwUnlessJudged({ refusal: { what }, error }: NotDone): void {
  if (what !== 'away' && what !== 'token') return;
  const answered = error instanceof GrammyError ? `Telegram answered ${error.error_code}` : 'Telegram did not answer';
  throw new Error(answered, { cause: error });
}

/** Telegram did not answer, or says what passes: what broke off over it is nobody's fault, and the same is taken later. */
export function isTelegramAway(error: unknown): boolean {
  return isOfCall(error) && passes(refusalIn(error));
}
