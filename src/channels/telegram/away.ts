import { GrammyError, HttpError } from 'grammy';

/** Telegram did not answer, or could not: nobody's fault, and it passes. */
export function isTelegramAway(error: unknown): boolean {
  if (error instanceof HttpError) return true;
  return error instanceof GrammyError && (error.error_code >= 500 || error.error_code === 429);
}
