import type { Clock } from '../../office/edges.ts';
import { closeLinksOfFormerOwners } from '../../office/links.ts';
import { matchPayments } from '../../office/payment-matching.ts';
import { applyReadingAnswers } from '../../office/reading-answers.ts';
import type { ImportDeps } from './import-registry.ts';

/** What the office does in the transaction of an import, however the file came in. */
export function officeHooks(clock: Clock): Pick<ImportDeps, 'onOwnersChanged' | 'onPaymentsTaken' | 'onAnswersTaken'> {
  return {
    onOwnersChanged: (trx, accounts) => closeLinksOfFormerOwners(trx, accounts, clock()),
    onPaymentsTaken: (trx) => matchPayments(trx, { now: clock() }),
    onAnswersTaken: (trx) => applyReadingAnswers(trx, clock()),
  };
}
