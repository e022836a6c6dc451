/** Where a messenger has the bot, and how people are led there. */
export type BotAddress = {
  /** Without an @, as commands in a group name it: `inkomus_bot`. */
  name: string;
  /**
   * Opens the chat with it, which then begins with the command `start` and this payload as its argument. A payload that each messenger's links
   * carry has letters, digits, `_` and `-`, 64 at most.
   */
  link: (start?: string) => string;
};
