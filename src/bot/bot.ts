import { Bot, type BotConfig, type Context, type NextFunction } from 'grammy';
import { bareLabel } from '../dialogs/kit/label.ts';
import type { Conduct } from './conduct.ts';
import { menuLookup } from './menu.ts';
import { visitOf } from './visit.ts';

export type BotParts = { token: string; config: BotConfig<Context>; conduct: Conduct; label: (text: string) => string };

/** The order in which an update meets us. Turn-taking and mishaps are around it, in `take-update.ts`. */
export function createBot({ token, config, conduct, label }: BotParts): Bot {
  const bot = new Bot(token, config);
  const menu = menuLookup(label);

  bot.use(paymentsFirst);
  bot.use(onlyPrivateChats);
  bot.use(forgetSecret);
  bot.use(interruptions);
  bot.use(doors);
  bot.use(dialogUnderWay);
  bot.use(nothingUnderWay);
  return bot;

  /** We send no invoices, so none can be paid: Telegram must hear so within ten seconds, and not from a dialog. */
  async function paymentsFirst(ctx: Context, next: NextFunction): Promise<void> {
    if (!ctx.preCheckoutQuery) return next();
    await ctx.answerPreCheckoutQuery(false, label('payment-not-ours'));
  }

  /** A dialog belongs to one person: no dialogs in groups. */
  async function onlyPrivateChats(ctx: Context, next: NextFunction): Promise<void> {
    if (ctx.chat?.type === 'private' && (ctx.message ?? ctx.editedMessage ?? ctx.callbackQuery)) await next();
  }

  /** What was to be secret goes out of the chat at once, also when its dialog is gone. Commands and menu words are no secrets. */
  async function forgetSecret(ctx: Context, next: NextFunction): Promise<void> {
    const { turn, progress, voice } = visitOf(ctx);
    const words = ctx.msg?.text;
    const expected = progress?.secret ?? turn.secretExpected;
    if (expected && !ctx.callbackQuery && (words === undefined || !isInterruption(words)) && !(await voice.deleteMessage())) {
      await voice.say('problem-secret-not-deleted', {});
    }
    await next();
  }

  /** /start, /menu, /help, /cancel, commands and menu words stand above any dialog. */
  async function interruptions(ctx: Context, next: NextFunction): Promise<void> {
    const words = ctx.message?.text;
    if (words === undefined) return next();
    const visit = visitOf(ctx);
    const command = commandOf(words, ctx.me.username);
    const dialog = menu(command ?? words);
    if (dialog !== undefined && conduct.knows(dialog)) return conduct.enter(ctx, dialog);
    if (isCancel(command ?? words)) {
      const underWay = visit.progress !== undefined;
      visit.progress = undefined;
      return conduct.sayMenu(visit, underWay ? 'cancelled' : 'nothing-to-cancel');
    }
    if (command === '/start' || command === '/menu' || command === '/help') {
      visit.progress = undefined;
      if (command === '/start') await conduct.welcomeBack(visit);
      return conduct.sayMenu(visit, command === '/start' ? 'welcome' : command === '/help' ? 'help' : undefined);
    }
    if (command === undefined) return next();
    // An unknown command is no answer to a question either.
    await visit.voice.say('unknown-command', {});
  }

  /** Buttons that open a chapter, under any message of any age. The office checks whose the reference is. */
  async function doors(ctx: Context, next: NextFunction): Promise<void> {
    const [kind, dialog = '', ref = ''] = ctx.callbackQuery?.data?.split('.') ?? [];
    if (kind !== 'd' || !conduct.knows(dialog)) return next();
    await visitOf(ctx).voice.answerPress();
    await conduct.enter(ctx, dialog, ref);
  }

  async function dialogUnderWay(ctx: Context, next: NextFunction): Promise<void> {
    if (!visitOf(ctx).progress) return next();
    await conduct.resume(ctx);
  }

  async function nothingUnderWay(ctx: Context): Promise<void> {
    const visit = visitOf(ctx);
    if (visit.outdated) return conduct.sayMenu(visit, 'dialog-changed');
    if (ctx.callbackQuery) return visit.voice.answerPress('problem-old-button');
    if (visit.turn.secretExpected) return conduct.sayMenu(visit, 'dialog-lost');
    if (ctx.message) await conduct.sayMenu(visit, 'not-understood');
  }

  function isCancel(words: string): boolean {
    return words === '/cancel' || bareLabel(words) === bareLabel(label('button-cancel'));
  }

  function isInterruption(words: string): boolean {
    return words.startsWith('/') || isCancel(words) || menu(words) !== undefined;
  }
}

/** `/login` of `/login@our_bot and more`; undefined when it is no command or another bot's. */
function commandOf(words: string, username: string): string | undefined {
  const match = /^(\/[a-z_]+)(?:@(\w+))?(?:\s|$)/i.exec(words);
  if (!match || (match[2] && match[2].toLowerCase() !== username.toLowerCase())) return undefined;
  return match[1]?.toLowerCase();
}
