import { wordOfReply } from './redis-reply.ts';

/** What a log may say of an error: its name, and its code or the word of a reply, which hold no data: `error 25006`. */
export function nameOfError(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const code = codeOf(error);
  return code === undefined ? error.name : `${error.name} ${code}`;
}

/** Where an error says nothing of what is behind it. */
export const NO_ANSWER = 'no answer';

/** Why a neighbour is not there, in a word that holds no data: the code of the error or of what it was caused by. */
export function whyAway(error: unknown): string {
  let next = error;
  for (let depth = 0; depth < 5 && next instanceof Error; depth += 1) {
    const code = codeOf(next);
    if (code !== undefined) return code;
    next = next instanceof AggregateError ? next.errors[0] : next.cause;
  }
  return NO_ANSWER;
}

function codeOf(error: Error): string | undefined {
  const code = 'code' in error ? String(error.code) : '';
  return wordOfReply(error) ?? (/^[A-Z0-9_]+$/.test(code) ? code : undefined);
}
