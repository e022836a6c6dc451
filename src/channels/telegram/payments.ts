import { GrammyError, type NextFunction } from 'grammy';
import type { PreCheckoutQuery, RefundedPayment, SuccessfulPayment, Update } from 'grammy/types';
import { z } from 'zod';
import { doorButtons } from '../../dialogs/kit/keyboard.ts';
import type { Voice } from '../../dialogs/kit/voice.ts';
import type { Credit, PaymentIntake, TakenPayment } from '../../office/money/payment-intake.ts';
import { setAlarm } from '../../reception/alarm.ts';
import type { Channel } from '../../reception/channel.ts';
import { onlyWhileHeld } from '../../reception/only-while-held.ts';
import { isTurnOver } from '../../reception/describe-error.ts';
import { callerOf } from '../../reception/visit.ts';
import { attempt } from './attempt.ts';
import { passes } from './refusals.ts';
import type { VisitContext } from './visit-context.ts';

/** Telegram waits ten seconds for a word about a checkout; what has not been decided by then is refused in time. */
const PATIENCE_MS = 7_000;

/** So long Telegram still listens. */
const LISTENS_MS = 9_000;
const AGAIN_MS = 300;
/** A connection on which nothing is heard for so long is dead: there is time for two more tries. */
const SILENT_MS = 2_500;

/** grammY's name for the same. */
type Signal = Parameters<VisitContext['api']['answerPreCheckoutQuery']>[3];

/** Staff are told also of what came damaged. */
const Operation = z.string().min(1).catch('—');
const Sum = z.number().catch(0);

/** What Telegram says that it took, at this second of its clock. */
function takenIn(paid: SuccessfulPayment, date = 0): TakenPayment {
  return {
    order: paid.invoice_payload,
    currency: paid.currency,
    totalKopecks: paid.total_amount,
    chargeId: paid.telegram_payment_charge_id,
    providerChargeId: paid.provider_payment_charge_id,
    paidAt: new Date(date * 1000).toISOString(),
  };
}

async function sayCredit(voice: Voice, credit: Credit): Promise<void> {
  if (credit.outcome === 'repeat') return;
  const words = { operation: credit.operation, total: credit.totalKopecks };
  if (credit.outcome === 'kept') {
    await voice.say(
      'payment-kept',
      words,
      doorButtons([{ label: 'button-contacts', dialog: 'contacts' }], voice.label, voice.powers),
    );
    return;
  }
  const lines = credit.lines.map(({ account, sumKopecks }) => ({ text: 'pay-line', words: { account, sum: sumKopecks } }));
  const doors = credit.residents ? doorButtons([{ label: 'button-debt', dialog: 'debt' }], voice.label, voice.powers) : undefined;
  await voice.say('payment-credited', { ...words, lines }, doors);
}

/** Money of which Telegram tells, and that which cannot be credited taken in for staff. */
export function createMoney(paymentIntake: PaymentIntake): Pick<Channel<Update>, 'moneyIn' | 'holdMoney'> {
  return {
    moneyIn: ({ message }) => {
      const { successful_payment: paid, refunded_payment: refunded } = message ?? {};
      const moved = paid ?? refunded;
      if (!moved) return undefined;
      const operation = paid?.provider_payment_charge_id || moved.telegram_payment_charge_id;
      return {
        operation: Operation.parse(operation),
        sumKopecks: Sum.parse(moved.total_amount),
        back: paid === undefined,
      };
    },
    async holdMoney({ message }, caller) {
      if (!message?.successful_payment) return undefined;
      const held = await paymentIntake.hold(caller, takenIn(message.successful_payment, message.date));
      return (voice) => sayCredit(voice, held);
    },
  };
}

/** Payments, met before anything else, in any dialog or none: no dialog is disturbed by them. */
export function createPaymentUpdates(paymentIntake: PaymentIntake, label: (text: string) => string, patienceMs = PATIENCE_MS) {
  return async (ctx: VisitContext, next: NextFunction): Promise<void> => {
    const query = ctx.preCheckoutQuery;
    const { successful_payment: paid, refunded_payment: refunded } = ctx.message ?? {};
    if (query) return answerCheckout(ctx, query);
    if (paid) return takeIn(ctx, paid);
    if (refunded) return noteRefund(ctx, refunded);
    await next();
  };

  async function answerCheckout(ctx: VisitContext, query: PreCheckoutQuery): Promise<void> {
    const caller = callerOf(ctx.visit, 'checkout');
    const until = performance.now() + LISTENS_MS;
    const asked = paymentIntake.checkout(caller, {
      checkout: query.id,
      order: query.invoice_payload,
      currency: query.currency,
      totalKopecks: query.total_amount,
    });
    const late = setAlarm(patienceMs);
    try {
      const word = await Promise.race([asked, late.rings.then(() => 'late' as const)]);
      if (word === 'late') {
        // Should it be let through after all, nothing is to wait for it.
        asked.then(() => paymentIntake.releaseCheckout(caller, query.id)).catch(() => {});
        await answer(ctx, until, label('checkout-outage'));
      } else if (word.outcome === 'refused') await answer(ctx, until, label(`checkout-${word.why}`));
      // Telegram no longer waits for our word: no money moves.
      else if ((await answer(ctx, until)) === 'not-heard') await paymentIntake.releaseCheckout(caller, query.id);
    } catch (error) {
      if (!(error instanceof GrammyError) && !isTurnOver(error))
        await answer(ctx, until, label('checkout-outage')).catch(() => {});
      throw error;
    } finally {
      late.stop();
    }
  }

  /**
   * Yes, or no with why, and again while Telegram stumbles and still listens: who hears nothing cannot pay. `not-heard`: no word of ours was
   * taken; where one that broke may have been taken before, that cannot be told.
   */
  async function answer(ctx: VisitContext, until: number, why?: string): Promise<'heard' | 'not-heard'> {
    const no = why === undefined ? undefined : { error_message: why };
    const mayCall = onlyWhileHeld(ctx.visit.turn);
    for (let mayHaveArrived = false; ; mayHaveArrived = true) {
      await mayCall();
      const signal = AbortSignal.timeout(SILENT_MS) as Signal;
      const answered = await attempt(() =>
        ctx.api.answerPreCheckoutQuery(ctx.preCheckoutQuery?.id ?? '', no === undefined, no, signal),
      );
      if (answered.done) return 'heard';
      // Whatever it has against our word, it does not take it: the question is over.
      if (!passes(answered.refusal)) return mayHaveArrived ? 'heard' : 'not-heard';
      if (performance.now() + AGAIN_MS >= until) throw answered.error;
      await setAlarm(AGAIN_MS).rings;
    }
  }

  async function takeIn({ visit, message }: VisitContext, paid: SuccessfulPayment): Promise<void> {
    const credit = await paymentIntake.credit(callerOf(visit, 'credit'), takenIn(paid, message?.date));
    await sayCredit(visit.voice, credit);
  }

  async function noteRefund({ visit }: VisitContext, refunded: RefundedPayment): Promise<void> {
    const { telegram_payment_charge_id: chargeId, total_amount: totalKopecks } = refunded;
    const noted = await paymentIntake.refund(callerOf(visit, 'refund'), { chargeId, totalKopecks });
    if (noted.outcome !== 'noted') return;
    await visit.voice.say('payment-refunded', { operation: noted.operation, total: totalKopecks });
  }
}
