/** The user name of the sandbox's bot, which is nowhere but in the sandbox. */
export const SANDBOX_BOT = 'inkomus_sandbox_bot';
