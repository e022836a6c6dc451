/**
 * Who makes the data of a database: the sandbox, or the bot with this Telegram id; `bot` is one whose id is not known yet, or that has none.
 * `moved`: nobody any more, they were moved to another database.
 */
export type DataOwner = 'sandbox' | 'bot' | `bot ${string}` | 'moved';

/** The bot of a token: its Telegram id stands before the colon, and stays when @BotFather gives a new token. */
export function ownerOfToken(token: string): DataOwner {
  return `bot ${token.split(':', 1)[0] ?? ''}`;
}

/** Whether data that `made` them may be opened by `opener`. */
export function mayOpen(made: DataOwner, opener: DataOwner): boolean {
  if (made === 'moved') return false;
  if (made === 'sandbox' || opener === 'sandbox') return made === opener;
  return made === opener || made === 'bot' || opener === 'bot';
}
