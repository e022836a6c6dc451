import { GrammyError, HttpError } from 'grammy';

/**
 * What may be told of an error in a log or to staff: names and codes. Messages may hold telephone numbers, texts of residents and, in
 * Telegram's case, the token, so they stay out.
 */
export type Trouble = { error: string; code?: string; where: readonly string[] };

export function describeTrouble(error: unknown): Trouble {
  const root = innermost(error);
  const code =
    root instanceof Object ? ('code' in root ? root.code : 'error_code' in root ? root.error_code : undefined) : undefined;
  return {
    error: root instanceof Error ? root.name : typeof root,
    ...((typeof code === 'string' || typeof code === 'number') && { code: String(code) }),
    where: root instanceof Error ? framesOf(root) : [],
  };
}

/** Postgres or the store of turns cannot be reached: nobody's fault, and it passes. */
export function isOutage(error: unknown): boolean {
  const root = innermost(error);
  if (!(root instanceof Error)) return false;
  const code = 'code' in root ? String(root.code) : '';
  return (
    OUTAGE_CODES.test(code) ||
    OUTAGE_NAMES.has(root.name) ||
    /Connection terminated|timeout exceeded when trying to connect/i.test(root.message)
  );
}

/** Another process has the chat by now: what is not done is none of this one's any more. */
export function isTurnOver(error: unknown): boolean {
  const root = innermost(error);
  return root instanceof Error && (root.name === 'TurnLost' || root.name === 'TurnRevoked');
}

/** Telegram did not answer, or could not: nobody's fault, and it passes. */
export function isTelegramAway(error: unknown): boolean {
  if (error instanceof HttpError) return true;
  return error instanceof GrammyError && (error.error_code >= 500 || error.error_code === 429);
}

/** System errors of a connection, and Postgres's classes 08 (connection), 53 (resources) and 57P (shutting down). */
const OUTAGE_CODES = /^(ECONNREFUSED|ECONNRESET|ENOENT|ENOTFOUND|EPIPE|ETIMEDOUT|EAI_AGAIN|08...|53...|57P0[1-5])$/;
const OUTAGE_NAMES = new Set(['StoreUnavailable', 'TurnBusy', 'TurnLost', 'Overloaded']);

/** grammY and others wrap what was thrown. */
function innermost(error: unknown): unknown {
  let root = error;
  for (let depth = 0; depth < 5 && root instanceof Error; depth += 1) {
    const inner: unknown = 'error' in root ? root.error : root.cause;
    if (!(inner instanceof Error)) break;
    root = inner;
  }
  return root;
}

/** The lines of a stack that name places in code; the first ones hold the message. */
function framesOf(error: Error): string[] {
  return (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8)
    .map((line) => line.trim().replace(/\(?file:\/\/.*?\/(src|node_modules)\//, '($1/'));
}
