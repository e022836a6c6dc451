import { Bot, type BotConfig, type MiddlewareFn, type NextFunction } from 'grammy';
import type { PaymentIntake } from '../../office/money/payment-intake.ts';
import type { TextArgs } from '../../domain/text-args.ts';
import type { DialogFlow } from '../../reception/dialog-flow.ts';
import { openGathering } from '../../reception/gathering.ts';
import {
  createPrivateChat,
  type PhotosOfMessages,
  type RegistriesOfMessages,
  type RequestsOfMessages,
} from '../../reception/private-chat.ts';
import { createPaymentUpdates } from './payments.ts';
import type { VisitContext } from './visit-context.ts';

export type BotParts = {
  token: string;
  config: BotConfig<VisitContext>;
  flow: DialogFlow;
  paymentIntake: PaymentIntake;
  requests: RequestsOfMessages;
  registries: RegistriesOfMessages;
  photos: PhotosOfMessages;
  /** What happens in the staff group; it hands on what does not. */
  deskRoom: MiddlewareFn<VisitContext>;
  label: (text: string, words?: TextArgs) => string;
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
  registries,
  photos,
  deskRoom,
  label,
  gatherMs = 1_000,
}: BotParts): Bot<VisitContext> {
  const bot = new Bot<VisitContext>(token, config);
  const wereHere = openGathering(gatherMs, flow.welcomeBack);
  const privateChat = createPrivateChat({ flow, requests, registries, photos, label });

  bot.use(withinReach, createPaymentUpdates(paymentIntake, label), deskRoom, inPrivate);
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
  async function inPrivate({ chat, visit }: VisitContext): Promise<void> {
    if (chat?.type === 'private' && visit.letter) await privateChat(visit, visit.letter);
  }
}
