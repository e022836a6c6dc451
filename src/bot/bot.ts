import { Bot, type BotConfig, type MiddlewareFn, type NextFunction } from 'grammy';
import { readCallbackData } from '../channels/telegram/callback-data.ts';
import { mayHoldAnswer } from '../dialogs/kit/edits.ts';
import { bareLabel } from '../dialogs/kit/label.ts';
import { messagePartOf } from '../dialogs/kit/message-part-of.ts';
import { INVOICE_START } from '../dialogs/kit/send-invoice.ts';
import { holdsAccountPassword, looksLikeAccountPassword } from '../domain/account-password.ts';
import type { ChapterDoor } from '../domain/doors.ts';
import { accountOfPaperLink } from '../domain/paper-link.ts';
import { readStaffLink } from '../domain/staff-link.ts';
import type { MessagePart } from '../office/desk/message-part.ts';
import type { Requests } from '../office/requests.ts';
import type { PaymentIntake } from '../office/payment-intake.ts';
import type { DialogFlow } from './dialog-flow.ts';
import { openGathering } from './gathering.ts';
import { menuLookup } from './menu.ts';
import { createPayments } from './payments.ts';
import { callerOf, type Visit, type VisitContext } from './visit.ts';

export type BotParts = {
  token: string;
  config: BotConfig<VisitContext>;
  flow: DialogFlow;
  paymentIntake: PaymentIntake;
  requests: RequestsOfMessages;
  /** What happens in the staff group; it hands on what does not. */
  deskRoom: MiddlewareFn<VisitContext>;
  label: (text: string) => string;
  /** So long it is gathered who was here, to look for all of them at once among those who blocked the bot; a second when it is not said. */
  gatherMs?: number;
};

/** The order in which an update meets us. Turn-taking and dead letters are around it, in `take-update.ts`. */
export function createBot({
  token,
  config,
  flow,
  paymentIntake,
  requests,
  deskRoom,
  label,
  gatherMs = 1_000,
}: BotParts): Bot<VisitContext> {
  const bot = new Bot<VisitContext>(token, config);
  const menu = menuLookup(label);
  const wereHere = openGathering(gatherMs, flow.welcomeBack);

  bot.use(
    withinReach,
    createPayments(paymentIntake, label),
    deskRoom,
    onlyPrivateChats,
    forgetSecret,
    interruptions,
    doors,
    wordsForStaff,
    dialogUnderWay,
    nothingUnderWay,
  );
  return bot;

  /** Whoever does something in the private chat can be written to again, if he had blocked the bot: notices go to him from now on. */
  async function withinReach(ctx: VisitContext, next: NextFunction): Promise<void> {
    if (ctx.chat?.type !== 'private') return next();
    const standing = ctx.myChatMember?.new_chat_member.status;
    if (standing !== undefined) return standing === 'kicked' ? undefined : flow.welcomeBack([ctx.visit.messengerId]);
    const gathered = wereHere(ctx.visit.messengerId);
    if (gathered) await gathered;
    return next();
  }

  /** A dialog belongs to one person: no dialogs in groups. */
  async function onlyPrivateChats(ctx: VisitContext, next: NextFunction): Promise<void> {
    if (ctx.chat?.type === 'private' && (ctx.message ?? ctx.editedMessage ?? ctx.callbackQuery)) await next();
  }

  /**
   * What was to be secret goes out of the chat at once, also when its dialog is gone, with what kept it. Commands and menu words are no secrets.
   */
  async function forgetSecret(ctx: VisitContext, next: NextFunction): Promise<void> {
    const { visit } = ctx;
    const { progress, voice } = visit;
    const words = ctx.msg?.text;
    // The dialog under way knows that it has not asked for one.
    if (ctx.callbackQuery || (progress && !progress.secret && !visit.secretExpected)) return next();
    if (!mayBeOfNow(ctx) || (words !== undefined && isInterruption(words, ctx.me.username))) return next();
    // Asked only where no dialog is there to tell: it may have been lost.
    visit.secretExpected ||= progress?.secret ?? (await flow.expectsSecret(visit));
    const secret = visit.secretExpected || (!progress && isSecretInItself(words));
    if (secret && !(await voice.deleteMessage())) await voice.say('problem-secret-not-deleted', {});
    await next();
  }

  /** /start, /menu, /help, /cancel, commands and menu words stand above any dialog. */
  async function interruptions(ctx: VisitContext, next: NextFunction): Promise<void> {
    const words = ctx.message?.text;
    if (words === undefined) return next();
    const { visit } = ctx;
    const command = commandOf(words, ctx.me.username);
    const dialog = menu(command ?? words);
    if (dialog !== undefined && (await flow.mayEnter(visit, dialog))) return flow.enter(ctx, dialog);
    if (isCancel(command ?? words)) {
      const underWay = visit.progress !== undefined;
      visit.progress = undefined;
      return flow.sayMenu(visit, underWay ? 'cancelled' : 'nothing-to-cancel');
    }
    if (command !== undefined && MENU_COMMANDS.has(command)) {
      visit.progress = undefined;
      if (command === '/help') return flow.sayHelp(visit);
      if (command !== '/start') return flow.sayMenu(visit);
      // The button of an invoice that was forwarded.
      if (words.trim() === `/start ${INVOICE_START}`) return flow.enter(ctx, 'pay');
      const link = readStaffLink(words);
      if (link && (await flow.mayEnter(visit, link.dialog))) return flow.enter(ctx, link.dialog, link.account);
      const account = accountOfPaperLink(words);
      if (account === undefined) return flow.sayMenu(visit, (kind) => `welcome-${kind}`);
      await flow.sayMenu(visit, 'welcome-by-link');
      return flow.enter(ctx, 'paper-link', account);
    }
    if (command === undefined) return next();
    // An unknown command is no answer to a question either.
    await visit.voice.say('unknown-command', {});
  }

  /** A reply to what staff wrote, and an edit of what they have, go to them whatever is under way. Secrets do not. */
  async function wordsForStaff(ctx: VisitContext, next: NextFunction): Promise<void> {
    const { visit, editedMessage, message } = ctx;
    const messagePart = message && messagePartOf(message);
    const edited = editedMessage && messagePartOf(editedMessage);
    if (!edited && !messagePart?.repliesTo) return next();
    if (visit.secretExpected || isSecretInItself((message ?? editedMessage)?.text)) return next();

    if (edited) {
      const revised = await requests.edited(callerOf(visit, 'edited'), edited.source, edited.words, edited);
      if (revised.outcome === 'unknown') return next();
      if (revised.outcome === 'edited' || !revised.first) return;
      return void visit.voice.say('request-edit-not-taken', { why: revised.outcome, until: revised.until ?? 'never' });
    }
    if (!messagePart?.repliesTo) return next();
    const found = await requests.ofMessage(callerOf(visit, 'of-message'), messagePart.repliesTo);
    if (found.outcome === 'unknown') return next();
    const ref = String(found.number);
    // It is being added to already.
    if (visit.progress?.dialog === 'add-to-request' && visit.progress.ref === ref) return next();
    await flow.aside(ctx, 'add-to-request', ref, [messagePart]);
  }

  /** Buttons that open a chapter, anew or in place, under any message of any age. The office checks whose the reference is. */
  async function doors(ctx: VisitContext, next: NextFunction): Promise<void> {
    const door = readCallbackData(ctx.callbackQuery?.data ?? '');
    if (door?.kind !== 'door' || !(await flow.mayEnter(ctx.visit, door.dialog))) return next();
    await ctx.visit.voice.answerPress();
    await flow.enter(ctx, door.dialog, door.ref);
  }

  async function dialogUnderWay(ctx: VisitContext, next: NextFunction): Promise<void> {
    const { progress, secretExpected, voice } = ctx.visit;
    if (!progress) return next();
    // A question for a secret was put, and the dialog never heard of it: nothing of it becomes an answer to another question.
    const misplaced = secretExpected && !progress.secret && !ctx.callbackQuery;
    await (misplaced ? voice.say('problem-maybe-secret', {}) : flow.resume(ctx));
  }

  async function nothingUnderWay(ctx: VisitContext): Promise<void> {
    const { visit } = ctx;
    if (!mayBeOfNow(ctx)) {
      visit.ignored = true;
      return;
    }
    if (visit.outdated) {
      await visit.voice.answerPress();
      return flow.sayMenu(visit, 'dialog-changed');
    }
    if (ctx.callbackQuery) return visit.voice.answerPress('problem-old-button');
    if (visit.secretExpected) return flow.sayMenu(visit, 'dialog-lost');
    if (!ctx.message) return;
    // A label of a menu that the person has no more: the keyboard is taken away.
    if (menu(ctx.message.text ?? '') !== undefined) return flow.sayMenu(visit, 'not-understood');
    if (isAccountPassword(ctx.message.text)) return flow.sayMenu(visit, 'maybe-account-password');
    const messagePart = looksLikeCode(ctx.message.text) ? undefined : messagePartOf(ctx.message);
    if (messagePart && isRegistry(messagePart) && (await flow.mayEnter(visit, REGISTRIES.dialog)))
      return flow.enter(ctx, REGISTRIES.dialog, '', [messagePart]);
    const carried = messagePartOf(ctx.message);
    if ((!carried || NO_WORDS.has(carried.kind)) && (await writesToStaff(visit)))
      return void visit.voice.say('request-cannot-carry', {});
    if (!messagePart && !messagePartOf(ctx.message)) return flow.sayMenu(visit, 'kind-not-understood');
    if (!messagePart || NO_WORDS.has(messagePart.kind) || !(await flow.mayEnter(visit, 'plain-words')))
      return flow.sayMenu(visit, 'not-understood');
    // Nobody asked for it: what may be a password of his goes to nobody unless he says so.
    if (looksLikePassword(messagePart.words) || holdsAccountPassword(messagePart.words))
      return flow.sayMenu(visit, 'maybe-password');
    await flow.enter(ctx, 'plain-words', '', [messagePart]);
  }

  /** Whether what is said outside of dialogs would go to staff. */
  async function writesToStaff(visit: Visit): Promise<boolean> {
    const known = await requests.openOnes(callerOf(visit, 'open-ones'));
    return known.outcome === 'listed' && known.open.length > 0;
  }

  function isCancel(words: string): boolean {
    return words === '/cancel' || bareLabel(words) === bareLabel(label('button-cancel'));
  }

  /** What is known to be no secret; an unknown command may be a slip of somebody's finger. */
  function isInterruption(words: string, username: string): boolean {
    const asked = commandOf(words, username) ?? words;
    return MENU_COMMANDS.has(asked) || isCancel(asked) || menu(asked) !== undefined;
  }
}

/** What the bot itself asks of the desk of requests. */
export type RequestsOfMessages = Pick<Requests, 'ofMessage' | 'edited' | 'openOnes'>;

/** An edit may be of a message that was there long before the question, or be told where nothing was edited. */
function mayBeOfNow({ editedMessage: edited, visit: { progress } }: VisitContext): boolean {
  if (!edited) return true;
  if (progress) return mayHoldAnswer(progress.last, edited);
  return (edited.edit_date ?? 0) - edited.date < DIALOG_SECONDS;
}

/** A dialog that lay idle for longer is lost. */
const DIALOG_SECONDS = 1_800;

/** What is no word to anybody by itself: a sticker, and the answer to a question that is gone. */
const NO_WORDS: ReadonlySet<string> = new Set(['sticker', 'contact']);

const MENU_COMMANDS: ReadonlySet<string> = new Set(['/start', '/menu', '/help']);

/** Where a file goes that members of staff send without having pressed «Загрузить реестр». */
const REGISTRIES: ChapterDoor = { dialog: 'staff-registry' };

/** By its name; the office looks into it. */
function isRegistry({ kind, fileName }: MessagePart): boolean {
  return kind === 'document' && /\.csv$/i.test(fileName ?? '');
}

/** Six digits that no dialog asked for: a code that was typed twice, or after «Отмена». */
function looksLikeCode(words: string | undefined): boolean {
  return words !== undefined && /^\s*\d{3}[\s-]?\d{3}\s*$/.test(words);
}

/** What nobody asked for and is a secret by its looks: a code, the whole of a password to an account. */
function isSecretInItself(words: string | undefined): boolean {
  return looksLikeCode(words) || isAccountPassword(words);
}

function isAccountPassword(words: string | undefined): boolean {
  return words !== undefined && looksLikeAccountPassword(words);
}

/** One word of the letters that passwords are made of (section 2). A number alone is what staff ask for. */
function looksLikePassword(words: string): boolean {
  return /^\s*(?=\S*[A-Za-z])[\w-]{3,128}\s*$/.test(words);
}

/** `/login` of `/login@our_bot and more`; another bot's command is told apart by its whole name. Undefined when it is no command. */
function commandOf(words: string, username: string): string | undefined {
  const [, command, to] = /^(\/\w+)(?:@(\w+))?(?![\w/])/.exec(words) ?? [];
  if (command === undefined) return undefined;
  const ours = to === undefined || to.toLowerCase() === username.toLowerCase();
  return ours ? command.toLowerCase() : `${command}@${to}`;
}
