/**
 * What may be called again by the client itself. `always`: also where it may have arrived (5xx, a broken connection, silence): words to a
 * person, which had better come twice than not at all, and what changes nothing by being done twice. `unless-arrived`: an effect, which the
 * Bot API cannot tell from its repetition. `never`: whoever calls it tries again himself, and says so.
 */
export type Repeats = 'always' | 'unless-arrived' | 'never';

const METHODS: Readonly<Record<string, Repeats>> = {
  getUpdates: 'never',
  deleteWebhook: 'never',
  setWebhook: 'never',
  getMe: 'never',

  sendMessage: 'always',
  sendDocument: 'always',
  sendPhoto: 'always',
  sendVenue: 'always',
  // A doubled invoice is paid once: its order is let through once.
  sendInvoice: 'always',
  editMessageText: 'always',
  editMessageCaption: 'always',
  editMessageReplyMarkup: 'always',
  deleteMessage: 'always',
  answerCallbackQuery: 'always',

  getChat: 'always',
  getChatMember: 'always',
  getFile: 'always',
  getWebhookInfo: 'always',
  setMyCommands: 'always',
};

export function repeatsOf(method: string): Repeats {
  return METHODS[method] ?? 'unless-arrived';
}
