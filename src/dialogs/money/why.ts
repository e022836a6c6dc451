import type { ChangePart, ChargeComparison, ServiceChange } from '../../domain/charge-comparison.ts';
import { balanceOf } from '../../domain/debt.ts';
import type { Kopecks } from '../../domain/money.ts';
import type { Period } from '../../domain/period.ts';
import { monthsMeant } from '../../domain/said-months.ts';
import { formatQuantity, formatTariff, formatUnit } from '../../domain/quantity.ts';
import type { Office } from '../../office/office.ts';
import type { Explained } from '../../office/money/why.ts';
import type { Dialog, Door, Doors, Phrase, TextArgs } from '../kit/scene.ts';
import { accountWords } from '../steps/account-words.ts';
import { monthRef, readMonthRef, readSaidRef } from '../../domain/door-refs.ts';
import { monthOfNothing } from '../steps/month-of-nothing.ts';
import { penaltyEndLines, penaltyToCome } from '../steps/penalty-end.ts';
import { pickAccount } from '../steps/pick-account.ts';
import { turnAway } from '../steps/turn-away.ts';

/** «Почему столько?»: a month against the one before, by service, turned in place. Its buttons carry the link and the month. */
export const why: Dialog<Office> = async (scene, ref) => {
  const { say, show, office } = scene;
  const said = readSaidRef(ref);
  const { link, months } =
    ref === '' || said ? { link: (await pickAccount(scene, 'why-account'))?.link, months: [] } : readMonthRef(ref);
  if (link === undefined) return;

  let seen = await office.why.show(link, months[0] ?? null);
  const meant = said && seen.outcome === 'explained' ? monthsMeant(said, seen.now.period).from : undefined;
  if (meant !== undefined) seen = await office.why.show(link, meant);
  if (seen.outcome === 'never-charged') return say('why-never-charged', accountWords(seen.account));
  if (seen.outcome !== 'explained') return turnAway(scene, seen.outcome);
  return show('why-explained', { ...explainedWords(seen), ...monthOfNothing(meant, seen.now.period) }, doorsOf(link, seen));
};

function doorsOf(link: string, { now, earlier, later }: Explained): Doors {
  const door = (label: string, month: Period | null): Door[] =>
    month ? [{ label, dialog: 'why', ref: monthRef(link, month), replaces: true }] : [];
  const doors = [...door('button-earlier', earlier), ...door('button-later', later)];
  return [
    ...(doors.length > 0 ? [doors] : []),
    { label: 'button-bill', dialog: 'bill', ref: monthRef(link, now.period) },
    { label: 'button-pay', dialog: 'pay', ref: link },
  ];
}

function explainedWords({ account, now, before, comparison, penalty }: Explained): TextArgs {
  const months = { period: now.period, before: before?.period ?? now.period };
  const lines = before ? [...comparison.services.flatMap((each) => serviceLines(each, months)), ...penaltyLine(comparison)] : [];
  return {
    ...accountWords(account),
    ...months,
    month: now.monthKopecks,
    monthBefore: before?.monthKopecks ?? 0,
    compared: before ? direction(now.monthKopecks - before.monthKopecks) : 'first',
    size: Math.abs(now.monthKopecks - (before?.monthKopecks ?? 0)),
    main: mainPhrase(comparison, direction(now.monthKopecks - (before?.monthKopecks ?? 0))),
    services: lines,
    withPenalty: comparison.penalty.nowKopecks !== 0,
    changed: lines.length > 0,
    carriedHow: now.carriedKopecks > 0 ? 'debt' : now.carriedKopecks < 0 ? 'overpaid' : 'none',
    carried: Math.abs(now.carriedKopecks),
    balance: balanceOf(now.dueKopecks),
    due: Math.abs(now.dueKopecks),
    penalty: penalty ? penaltyLines(penalty) : [],
  };
}

/** How much, by which rate, and how long that is known; what is not known is not said. */
function penaltyLines(penalty: NonNullable<Explained['penalty']>): Phrase[] {
  const { until, rate } = penalty;
  const added = penaltyToCome(penalty);
  const share = formatQuantity(rate?.percent ?? 0);
  const steps = (rate?.steps ?? []).map(
    ({ fromDay, divisor }): Phrase => ({ text: 'why-penalty-step', words: { day: fromDay, divisor, percent: share } }),
  );
  return [
    ...(added > 0 ? [{ text: 'why-penalty', words: { until, added } }] : []),
    ...penaltyEndLines(penalty),
    ...(steps.length > 0 ? [{ text: 'why-penalty-steps', words: { steps } }] : []),
  ];
}

function serviceLines({ service, changeKopecks, parts }: ServiceChange, months: TextArgs): Phrase[] {
  return [
    { text: 'why-service', words: { service, ...signed(changeKopecks) } },
    ...parts.map((part) => ({
      text: `why-by-${part.why}`,
      words: { ...months, ...signed(part.sumKopecks), alone: parts.length === 1, ...partWords(part) },
    })),
  ];
}

/** What moved the sum most, in the direction in which it went. */
function mainPhrase({ services, penalty }: ChargeComparison, way: 'more' | 'less' | 'same'): Phrase[] {
  const moved = (sum: Kopecks) => (way === 'less' ? -sum : way === 'more' ? sum : Math.abs(sum));
  const biggest = services.toSorted((a, b) => moved(b.changeKopecks) - moved(a.changeKopecks))[0];
  const ofPenalty = penalty.nowKopecks - penalty.beforeKopecks;
  if (moved(ofPenalty) > 0 && moved(ofPenalty) >= moved(biggest?.changeKopecks ?? 0))
    return [{ text: 'why-main', words: { what: 'penalty', service: '', ...signed(ofPenalty) } }];
  if (!biggest || moved(biggest.changeKopecks) <= 0) return [];
  const part = biggest.parts.toSorted((a, b) => moved(b.sumKopecks) - moved(a.sumKopecks))[0];
  const what = part?.why ?? 'charge';
  return [{ text: 'why-main', words: { what, service: biggest.service, ...signed(biggest.changeKopecks) } }];
}

function penaltyLine({ penalty: { beforeKopecks, nowKopecks } }: ChargeComparison): Phrase[] {
  if (beforeKopecks === nowKopecks) return [];
  return [{ text: 'why-all-penalty', words: { was: beforeKopecks, is: nowKopecks, ...signed(nowKopecks - beforeKopecks) } }];
}

function partWords(part: ChangePart): TextArgs {
  switch (part.why) {
    case 'new': {
      const known = part.volume !== null && part.tariff !== null;
      return known
        ? { known: 'yes', volume: formatQuantity(part.volume ?? '', part.unit), tariff: formatTariff(part.tariff ?? '') }
        : { known: 'no', volume: '', tariff: '' };
    }
    case 'volume': {
      const difference = Math.abs(Number(part.now) - Number(part.before));
      const [by, from, to] = [difference, part.before, part.now].map((volume) => formatQuantity(volume, part.unit));
      return { by: by ?? '', from: from ?? '', to: to ?? '' };
    }
    case 'tariff': {
      const unit = part.unit === null ? '' : formatUnit(part.unit);
      return { from: formatTariff(part.before), to: formatTariff(part.now), per: unit !== '', unit };
    }
    case 'recalculation': {
      const state = part.nowKopecks === 0 ? 'over' : part.beforeKopecks === 0 ? 'new' : 'other';
      return {
        state,
        was: part.beforeKopecks,
        is: part.nowKopecks,
        grounded: Boolean(part.grounds),
        grounds: part.grounds ?? '',
      };
    }
    case 'benefit':
      return { was: part.beforeKopecks, is: part.nowKopecks };
    case 'gone':
    case 'charge':
      return {};
  }
}

/** Dearer or cheaper, and by how much. */
const signed = (sum: Kopecks): TextArgs => ({ way: direction(sum), sum: Math.abs(sum) });
const direction = (sum: Kopecks) => (sum > 0 ? 'more' : sum < 0 ? 'less' : 'same');
