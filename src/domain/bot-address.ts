/** Where a messenger has the bot, and how people are led there. */
export type BotAddress = {
  /** Without an @, as commands in a group name it: `inkomus_bot`. */
  name: string;
  /** Opens the chat with it; `start` is what it is then told as `/start <start>`: letters, digits, `_` and `-`, 64 at most. */
  link: (start?: string) => string;
};
