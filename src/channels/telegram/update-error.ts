import { GrammyError, HttpError } from 'grammy';
import type { Log } from '../../adapters/log.ts';
import { type DescribedError, describeError } from '../../reception/describe-error.ts';
import { proxySentence } from './proxy.ts';
import { nextMoveThere, saidByAnother, type WayThere } from './way-there.ts';

const SILENCE_MS = 60_000;

/** Tells the operator why updates do not come or are not taken, and what to do; the same error once a minute, since it is met every second. */
export function tellUpdateError(
  log: Pick<Log, 'warn'>,
  sentence: (error: unknown) => string,
  nowMs: () => number = () => performance.now(),
): (error: unknown) => void {
  const told = new Map<string, number>();
  return (error) => {
    const described = describeUpdateError(error);
    const kind = `${described.error} ${described.code ?? ''}`;
    const last = told.get(kind);
    if (last !== undefined && nowMs() - last < SILENCE_MS) return;
    told.set(kind, nowMs());
    log.warn(described, sentence(error));
  };
}

/** What the log says of an error. Of what Telegram, or the way to it, says our own frames tell nothing. */
export function describeUpdateError(error: unknown): DescribedError {
  const { where, ...said } = describeError(error);
  return where === undefined || error instanceof GrammyError || error instanceof HttpError ? said : { ...said, where };
}

/** Why Telegram cannot be had, and what to do. */
export function sentenceOf(error: unknown, way: WayThere): string {
  const proxy = proxySentence(error);
  if (proxy !== undefined) return `${proxy}; бот пробует снова`;
  const other = saidByAnother(error);
  if (other !== undefined)
    return `TELEGRAM_API_ROOT: по этому адресу отвечает не Bot API (${other}): исправьте адрес; бот пробует снова`;
  if (error instanceof HttpError) {
    const { code = 'нет ответа' } = describeError(error);
    return `TELEGRAM_API_ROOT: Telegram не отвечает (${code}): ${nextMoveThere(way)}; бот пробует снова`;
  }
  if (!(error instanceof GrammyError)) return 'an update could not be taken now; it comes again';
  if (error.error_code === 409)
    return 'BOT_TOKEN: обновления этого бота забирает другой процесс (409): остановите его или дайте этому боту свой токен';
  if (error.error_code >= 500)
    return `TELEGRAM_API_ROOT: Telegram отвечает ошибкой (${error.error_code}): ${nextMoveThere(way)}; бот пробует снова`;
  if (error.error_code === 401)
    return 'BOT_TOKEN: Telegram больше не знает этого токена (401): скопируйте его ещё раз из @BotFather';
  return 'Telegram refused to give updates; trying again';
}
