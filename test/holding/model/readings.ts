import type { TownMeter } from '../town.ts';
import { billed } from './billing.ts';
import { signedIn } from './identity.ts';
import { centreDay, type GuestReading, type Model, Unspoken } from './model.ts';
import { lookUp } from './payments.ts';

/** Section 4, «Readings»: the window (20–25), what is taken, refused, asked again. */

const WINDOW = { from: 20, to: 25 };
/** In thousandths: within this any household uses water in a month, and beyond that none does. Between them it is not said what is unusual. */
const [SURELY_USUAL, SURELY_HIGH] = [15_000, 2_000_000];

/** `values`: as typed, in the order in which the meters are listed, in thousandths. `sure`: what is asked again is confirmed. */
export type HandingIn = { account: string; values: readonly number[]; sure: boolean };

export function handIn(model: Model, who: string, { account, values, sure }: HandingIn): string {
  const login = signedIn(model, who);
  const { day, month } = centreDay(model);
  const isOpen = day >= WINDOW.from && day <= WINDOW.to;
  if (!login || !login.links.has(account)) throw new Unspoken('a guest, or an account of somebody else');
  if (!isOpen && model.readings.some((one) => one.account === account && one.state === 'refused'))
    throw new Unspoken('for how many days what was refused may be handed in again');
  if (billed(model, account)?.closing) return isOpen ? 'account-closed' : unsaid('which is said first');
  if (!isOpen) return 'window-closed';
  const meters = billed(model, account)?.meters ?? [];
  if (meters.length === 0) return 'no-meters';
  if (meters.length !== values.length) throw new Unspoken('fewer or more numbers than meters');

  const given = model.readings.filter((one) => one.account === account && one.month === month);
  if (given.length > 0 && given.length < meters.length) throw new Unspoken('in what order the rest is asked for');
  const judged = meters.map((meter, i) => ({
    meter,
    value: values[i] ?? 0,
    verdict: judge(model, account, meter, month, values[i] ?? 0),
  }));
  const asked = judged.filter(({ verdict }) => verdict !== 'fits');
  if (asked.length > 1) throw new Unspoken('several that are odd at once');
  for (const { meter, value, verdict } of judged)
    if (verdict === 'fits' || (verdict === 'high' && sure))
      keep(model, { account, meter: meter.number, month, value, by: login.login, state: 'taken' });
  const verdict = asked[0]?.verdict;
  return verdict === undefined || (verdict === 'high' && sure) ? 'taken' : verdict;
}

/** Without registration: by the account's number, ten of them a day; a guest sees no last value, and no value is compared with one. */
export function handInAsGuest(model: Model, who: string, { account, values }: Omit<HandingIn, 'sure'>): string {
  if (signedIn(model, who)) throw new Unspoken('a resident has an errand of his own');
  const { day, month } = centreDay(model);
  if (day < WINDOW.from || day > WINDOW.to) return 'window-closed';
  const found = lookUp(model, who, account);
  if (found !== 'found') return found;
  const known = billed(model, account);
  if (known?.closing) return 'account-closed';
  const meters = known?.meters ?? [];
  if (meters.length === 0) return 'no-meters';
  if (meters.length !== values.length) throw new Unspoken('fewer or more numbers than meters');
  const isOfThis = (one: GuestReading, meter: TownMeter) => one.who === who && one.month === month && one.meter === meter.number;
  if (model.guestReadings.some((one) => meters.some((meter, i) => isOfThis(one, meter) && one.value === values[i])))
    throw new Unspoken('the same value once more');
  if (meters.some(({ digits }, i) => (values[i] ?? 0) >= 10 ** digits * 1000)) {
    if (meters.length > 1) throw new Unspoken('what of the other values');
    return 'digits';
  }
  model.guestReadings = model.guestReadings.filter((one) => !meters.some((meter) => isOfThis(one, meter)));
  for (const [i, meter] of meters.entries())
    model.guestReadings.push({ account, meter: meter.number, month, value: values[i] ?? 0, who });
  return 'taken';
}

function unsaid(what: string): never {
  throw new Unspoken(what);
}

/** What the meter showed before this window: the newest reading of an earlier month, else what billing has. */
function lastValue(model: Model, account: string, meter: TownMeter, month: string): number {
  const earlier = model.readings.filter((one) => one.account === account && one.meter === meter.number && one.month < month);
  if (earlier.some(({ state }) => state === 'refused')) throw new Unspoken('the last value where billing refused one');
  return earlier.toSorted((a, b) => (a.month < b.month ? 1 : -1))[0]?.value ?? meter.value;
}

function judge(
  model: Model,
  account: string,
  meter: TownMeter,
  month: string,
  value: number,
): 'fits' | 'lower' | 'high' | 'digits' {
  const last = lastValue(model, account, meter, month);
  if (value >= 10 ** meter.digits * 1000) return 'digits';
  // Whole numbers are compared as whole numbers.
  const floor = value % 1000 === 0 ? Math.floor(last / 1000) * 1000 : last;
  if (value < floor) return 'lower';
  const used = value - last;
  if (used > SURELY_USUAL && used < SURELY_HIGH) throw new Unspoken('what is unusually high');
  return used >= SURELY_HIGH ? 'high' : 'fits';
}

/** Correctable until the window closes; of several residents of one account the last word stands. */
function keep(model: Model, reading: Model['readings'][number]): void {
  const same = (one: Model['readings'][number]) =>
    one.account === reading.account && one.meter === reading.meter && one.month === reading.month;
  const before = model.readings.find(same);
  if (before?.value === reading.value) {
    if (before.by !== reading.by || before.state === 'refused') throw new Unspoken('the same value once more');
    return;
  }
  model.readings = [...model.readings.filter((one) => !same(one)), reading];
}
