/** The slip with a password to an account (point 9.2), which is printed and handed over at a payment point. */
export type PasswordSlip = {
  account: string;
  password: string;
  /** ISO: the moment when it ends. */
  until: string;
  /** The bot's name in the messenger, `inkomus_bot`, and a link to it. */
  bot: { name: string; link: string };
  centre: { name: string; phones: readonly { number: string; about: string }[] };
};
