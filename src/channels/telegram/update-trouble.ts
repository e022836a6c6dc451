import { GrammyError, HttpError } from 'grammy';
import type { Log } from '../../adapters/log.ts';
import { describeError } from '../../reception/trouble.ts';
import { proxySentence } from './proxy.ts';

const SILENCE_MS = 60_000;

/** Tells the operator why updates do not come or are not taken, and what to do; the same trouble once a minute, since it is met every second. */
export function tellUpdateError(
  log: Pick<Log, 'warn'>,
  nowMs: () => number = () => performance.now(),
  sentence: (error: unknown) => string = sentenceOf,
): (error: unknown) => void {
  const told = new Map<string, number>();
  return (error) => {
    const trouble = describeError(error);
    const kind = `${trouble.error} ${trouble.code ?? ''}`;
    const last = told.get(kind);
    if (last !== undefined && nowMs() - last < SILENCE_MS) return;
    told.set(kind, nowMs());
    // Of what Telegram says our own frames tell nothing.
    const { where: _, ...said } = trouble;
    log.warn(isTelegrams(error) ? said : trouble, sentence(error));
  };
}

const isTelegrams = (error: unknown) => error instanceof GrammyError || error instanceof HttpError;

/** Why Telegram cannot be had, and what to do. */
export function sentenceOf(error: unknown): string {
  const proxy = proxySentence(error);
  if (proxy !== undefined) return `${proxy}; trying again`;
  if (error instanceof HttpError) return 'TELEGRAM_API_ROOT: Telegram does not answer; trying again';
  if (!(error instanceof GrammyError)) return 'an update could not be taken now; it comes again';
  if (error.error_code === 409)
    return 'BOT_TOKEN: another process gets the updates of this bot; stop it, or give this one its own token';
  if (error.error_code >= 500) return `TELEGRAM_API_ROOT: Telegram answers ${error.error_code}; trying again`;
  if (error.error_code === 401) return 'BOT_TOKEN: Telegram does not know this token any more; copy it again from @BotFather';
  return 'Telegram refused to give updates; trying again';
}
