import type { DetailService, DetailTotals } from '../../domain/detail.ts';
import type { Kopecks } from '../../domain/money.ts';
import { formatQuantity, formatTariff } from '../../domain/quantity.ts';
import type { Office } from '../../office/office.ts';
import type { Dialog, Door, Phrase, TextArgs } from '../kit/scene.ts';
import { accountWords } from '../steps/account-words.ts';
import { balancePhrase } from '../steps/balance-phrase.ts';
import { monthRef, readSaidRef } from '../../domain/door-refs.ts';
import { pickAccount } from '../steps/pick-account.ts';
import { pickRange } from '../steps/pick-range.ts';
import { spanWords } from '../steps/span-words.ts';
import { turnAway } from '../steps/turn-away.ts';

/** «Детализация за период»: from one month to another, totals by service and by month, and all the rest as a spreadsheet. `ref`: a link, or months that were said. */
export const details: Dialog<Office> = async (scene, ref) => {
  const { say, office } = scene;
  const said = readSaidRef(ref);
  const link = ref === '' || said ? (await pickAccount(scene, 'details-account'))?.link : ref;
  if (link === undefined) return;
  const listed = await office.details.months(link);
  if (listed.outcome !== 'listed') return turnAway(scene, listed.outcome);
  const title = accountWords(listed.account);
  const [newest] = listed.months;
  if (newest === undefined) return say('history-empty', title);

  // From which month to which; an account with a single one is not asked.
  const range =
    listed.months.length === 1
      ? { from: newest, to: newest }
      : await pickRange(scene, listed.months, listed.thisMonth, title, said);
  const { from, to } = range;

  const other: Door = { label: 'button-other-period', dialog: 'details', ref: link };
  const seen = await office.details.totals(link, from, to);
  if (seen.outcome === 'no-detail') return say('details-none', { ...title, ...spanWords(from, to) }, [other]);
  if (seen.outcome !== 'shown') return turnAway(scene, seen.outcome);
  const words = {
    ...accountWords(seen.account),
    ...spanWords(from, to),
    ...totalsWords(seen.totals),
    dated: seen.paymentsDay !== null,
    day: seen.paymentsDay ?? '',
  };
  return say('details-totals', words, [
    { label: 'button-xlsx', dialog: 'sheet', ref: monthRef(link, from, to) },
    ...(listed.months.length === 1 ? [] : [other]),
  ]);
};

function totalsWords({ services, months, sums, receivedKopecks }: DetailTotals): TextArgs {
  return {
    charged: services.length > 0,
    services: services.map(serviceLine),
    monthCount: months.length,
    months: months.map(({ period, chargedKopecks, paidKopecks }) => ({
      text: 'details-month',
      words: { period, charged: chargedKopecks, ...paidOf(paidKopecks) },
    })),
    opening: [balancePhrase('details-opening', sums.openingKopecks)],
    total: sums.chargedKopecks,
    recalculated: sums.recalculatedKopecks,
    benefit: -sums.benefitKopecks,
    penalty: sums.penaltyKopecks,
    ...paidOf(sums.paidKopecks),
    due: [balancePhrase('details-due', sums.dueKopecks)],
    received: Math.abs(receivedKopecks),
    receivedWay: receivedKopecks < 0 ? 'returned' : 'paid',
    differs: receivedKopecks !== sums.paidKopecks,
  };
}

/** What is below zero was returned. */
const paidOf = (sum: Kopecks) => ({ paid: Math.abs(sum), paidWay: sum < 0 ? 'returned' : 'paid' });

function serviceLine({ volume, tariffs, ...service }: DetailService): Phrase {
  const { least, most } = tariffs ?? { least: '', most: '' };
  return {
    text: 'details-service',
    words: {
      service: service.service,
      charged: service.chargedKopecks,
      recalculated: service.recalculatedKopecks,
      benefit: -service.benefitKopecks,
      penalty: service.penaltyKopecks,
      ...paidOf(service.paidKopecks),
      volume: volume ? formatQuantity(volume.amount, volume.unit) : '',
      measured: Boolean(volume),
      tariff: tariffs ? formatTariff(least) : '',
      tariffMost: tariffs ? formatTariff(most) : '',
      tariffs: tariffs === null ? 'none' : Number(least) === Number(most) ? 'one' : 'several',
    },
  };
}
