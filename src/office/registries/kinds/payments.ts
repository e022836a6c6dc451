import { DAY_MS, later } from '../../../domain/durations.ts';
import { RECENT_PAYMENT_DAYS } from '../../../domain/news.ts';
import { markReversalsRefused } from '../../../records/registries/refusals.ts';
import { insertPreviousPaymentLines, stageWatchedPaymentLines } from '../../../records/registries/side-effects.ts';
import { listTouched, restoreCardPaymentLines, restoreRows } from '../../../records/registries/previous-rows.ts';
import {
  insertCorrectedPayments,
  insertFormerPayments,
  updateCorrectedEntries,
  updateRestoredEntries,
} from '../../../records/former-payments.ts';
import { matchPayments } from '../../money/payment-matching.ts';
import { withdrawPosted } from '../../money/payment-notices.ts';
import { withdrawPaymentsNews } from '../../news/told-before.ts';
import { code, day, maybe, money, needed, type ReadCell, repeated, words } from '../reading/cells.ts';
import { defineRegistry, KEY, ofAccount } from '../registry.ts';

/** Longer than a posted payment is looked at again. */
const POSTED_MS = 200 * DAY_MS;

/**
 * A payment and its reversal under one number are two rows, whichever comes first and however often; they are one group, since a reversal
 * rests on its payment: undone alone, that would leave less than nothing.
 */
export const payments = defineRegistry({
  kind: 'payments',
  title: 'реестр платежей',
  rowsTitle: 'платежи',
  columns: [
    {
      title: 'Источник',
      column: 'source',
      type: KEY,
      read: repeated(maybe(words(100), '')),
      optional: true,
      absent: '',
      part: 'group',
    },
    { title: 'Номер операции', column: 'operation', type: KEY, read: needed(code(100)), part: 'group' },
    ofAccount,
    { title: 'Дата', column: 'day', type: 'date', read: repeated(needed(day)), until: 'tomorrow', dates: 'day' },
    {
      title: 'Сумма',
      read: notZero(needed(money)),
      fills: [
        { column: 'sum_kopecks', type: 'bigint', total: 'paid' },
        { column: 'reversal', type: 'boolean', part: 'key', from: (kopecks) => String(kopecks.startsWith('-')) },
      ],
    },
  ],
  money: true,
  absent: 'keeps',
  beside: { same: ['operation', 'account', 'day', 'sum_kopecks'], other: 'source' },
  repeat: { what: 'этот номер операции', differs: 'платёж другой', sumsDiffer: 'сумма другая' },
  markRefusedTogether: markReversalsRefused,
  sideEffects: {
    watch: (trx, now) => stageWatchedPaymentLines(trx, later(now, -POSTED_MS)),
    async keep(trx, id) {
      await insertPreviousPaymentLines(trx, id);
      await insertCorrectedPayments(trx, id, RECENT_PAYMENT_DAYS);
      await updateCorrectedEntries(trx, id);
    },
  },
  async onTaken(trx, now) {
    await matchPayments(trx, { now });
  },
  async restore(trx, { id }, now) {
    await withdrawPaymentsNews(trx, await listTouched(trx, 'payments', id));
    await insertFormerPayments(trx, id, RECENT_PAYMENT_DAYS);
    const restored = await restoreRows(trx, 'payments', id);
    await updateRestoredEntries(trx, id);
    await withdrawPosted(trx, await restoreCardPaymentLines(trx, id));
    await matchPayments(trx, { now });
    return { restored, links: 0 };
  },
});

function notZero(read: ReadCell): ReadCell {
  return (cell) => {
    const answer = read(cell);
    return answer === '0' ? { expected: 'нужна сумма, отличная от нуля' } : answer;
  };
}
