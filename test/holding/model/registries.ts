import { CASH_DESK, type TownMeter } from '../town.ts';
import { billed, type RegistryPayment } from './billing.ts';
import { closeLinks } from './linking.ts';
import { bringNews, dropNews } from './news.ts';
import { mindRelatives } from './relatives.ts';
import { centreDay, DAY, type Model, type Reading, tellByDay, Unspoken } from './model.ts';

/** Section 6: billing's data come in, and what residents did goes out. */

/** A registry that came in, with what was there before it. */
export type Import = {
  kind: string;
  at: number;
  /** Only of the newest. */
  before?: Pick<Model, 'billing' | 'taken' | 'readings'>;
  /** Of the links and the readings that there were when it was done, as words. */
  links: string;
  readings: string;
  ended: EndedLink[];
  isUndone: boolean;
};
export type EndedLink = { login: string; account: string };

/** `ours`: paid in the bot, by the number of the money and the account. `reversals`: of operations that came before. `times`: so often the same file. */
export type BringingPayments = {
  cash: readonly { account: string; day: string; kopecks: number; operation: string }[];
  ours: readonly { money: number; account: string }[];
  reversals: readonly { account: string; operation: string }[];
  times: number;
};

export function bringPayments(model: Model, given: BringingPayments): string {
  const reports: string[] = [];
  for (let i = 0; i < given.times; i += 1) {
    note(model, 'payments');
    reports.push(takePayments(model, given));
  }
  return reports.join('; ');
}

/** A row for an unknown account is refused; what is there already changes nothing. */
function takePayments(model: Model, given: BringingPayments): string {
  const rows = rowsOf(model, given);
  const count = { new: 0, unchanged: 0, refused: 0 };
  for (const { account, ...row } of rows) {
    const known = billed(model, account);
    const same = known?.payments.find((one) => one.source === row.source && one.operation === row.operation);
    if (!known) count.refused += 1;
    else if (same) count.unchanged += 1;
    else {
      count.new += 1;
      known.payments.push(row);
      // What is taken back at once is no news.
      if (given.reversals.length === 0) bringNews(model, 'payments', account);
    }
  }
  for (const { money, account } of given.ours) {
    const line = model.taken[money - 1]?.lines.find((one) => one.account === account);
    if (line) line.isPosted = true;
  }
  return `read ${rows.length}, new ${count.new}, changed 0, unchanged ${count.unchanged}, refused ${count.refused}`;
}

type Row = RegistryPayment & { account: string };

function rowsOf(model: Model, { cash, ours, reversals }: BringingPayments): Row[] {
  const at = model.now;
  return [
    ...cash.map((one) => ({ ...one, at, source: CASH_DESK, isOurs: false })),
    ...ours.map(({ money, account }) => {
      const taken = model.taken[money - 1];
      const [line, ...more] = taken?.lines.filter((one) => one.account === account) ?? [];
      if (more.length > 0) throw new Unspoken('two lines of one payment for one account');
      if (!taken || !line || taken.isReturned) throw new Unspoken('billing has what nobody has paid');
      const day = centreDay({ now: taken.at }).date;
      return { account, source: OURS, operation: `money ${money}`, day, kopecks: line.kopecks, at, isOurs: true };
    }),
    ...reversals.map(({ account, operation }) => {
      const of = billed(model, account)?.payments.find((one) => one.operation === operation);
      if (!of || of.kopecks < 0) throw new Unspoken('a reversal of what is not there');
      return { ...of, account, at, day: centreDay(model).date, operation: `${operation}-R`, kopecks: -of.kopecks };
    }),
  ];
}

export const OURS = 'Telegram';

/** «К оплате» of a period by account and service; an account's period is replaced whole. */
export type BringingCharges = { period: string; due: Readonly<Record<string, Readonly<Record<string, number>>>> };

export function bringCharges(model: Model, { period, due }: BringingCharges): string {
  note(model, 'charges');
  let refused = 0;
  for (const [account, services] of Object.entries(due)) {
    const known = billed(model, account);
    if (known && !known.charges[period]) bringNews(model, 'charges', account);
    if (known) known.charges[period] = { due: services, at: model.now };
    else refused += Object.keys(services).length;
  }
  return `refused ${refused}`;
}

/** Initials that fit the full name are the same owner. When another owner comes, the links that there are close, with a notice. */
export type BringingOwner = { account: string; owner: string; isAnother: boolean };

export function bringOwner(model: Model, { account, owner, isAnother }: BringingOwner): string {
  const known = billed(model, account);
  if (!known) throw new Unspoken('a new account');
  if (isAnother) mindRelatives(model, account);
  if (known.closing) throw new Unspoken('another owner of what is closed');
  const noted = note(model, 'accounts');
  known.owner = owner;
  if (!isAnother) return 'refused 0';
  known.ownerChangedOn = centreDay(model).date;
  const given = model.accountPasswords.get(account);
  if (given) given.isDoubtful = true;
  noted.ended = closeLinks(model, account, 'notice-link-owner-changed');
  noted.links = linksOf(model);
  return 'refused 0';
}

/** A new account: of which nothing is known yet but whose it is. */
export function openAccount(model: Model, { account, owner }: { account: string; owner: string }): string {
  if (billed(model, account)) throw new Unspoken('it is there already');
  note(model, 'accounts');
  model.billing.push({ number: account, owner, ownerChangedOn: undefined, payments: [], charges: {}, meters: [] });
  return 'refused 0';
}

/** Those who have an account are told, by day, that it is closed, and where that was an error, that it is open again. */
export type Closing = { account: string; isClosed: boolean };

export function closeAccount(model: Model, { account, isClosed }: Closing): string {
  const known = billed(model, account);
  if (!known || (known.closing !== undefined) === isClosed) throw new Unspoken('it is so already');
  mindRelatives(model, account);
  if (known.closing && model.now - known.closing.at < 2 * DAY) throw new Unspoken('who has been told by now');
  note(model, isClosed ? 'closing' : 'reopening');
  const holders = model.logins.filter(({ links }) => links.has(account));
  const before = known.closing?.logins ?? [];
  for (const login of holders)
    if (isClosed) tellByDay(model, login, 'notice-account-closed|notice-account-closed-many');
    else if (before.includes(login.login)) tellByDay(model, login, 'notice-account-reopened|notice-account-reopened-many');
  if (isClosed) known.closing = { at: model.now, logins: holders.map(({ login }) => login) };
  else delete known.closing;
  return 'refused 0';
}

/** A registry of meters replaces those of an account whole: one was changed for another. */
export type BringingMeter = { account: string; old: string; number: string; value: number };

export function bringMeter(model: Model, { account, old, number, value }: BringingMeter): string {
  const known = billed(model, account);
  if (!known?.meters.some((one) => one.number === old)) throw new Unspoken('a meter that is not there');
  if (model.readings.some((one) => one.meter === old && one.month === centreDay(model).month))
    throw new Unspoken('what of a reading of the meter that was taken away');
  note(model, 'meters');
  known.meters = known.meters.map((one): TownMeter => (one.number === old ? { ...one, number, value } : one));
  return 'refused 0';
}

/** What has not gone out goes out, and once more where it was corrected. */
export function exportReadings(model: Model): string {
  const waiting = model.readings.filter(({ state }) => state === 'taken');
  for (const one of waiting) one.state = 'exported';
  return `rows: ${waiting
    .map(({ account, meter, value }) => `${account} ${meter} ${value}`)
    .toSorted()
    .join(', ')}`;
}

/** Billing's answer on readings that went out. */
export type Answering = { readings: readonly { meter: string; month: string }[]; isAccepted: boolean };

export function answerReadings(model: Model, { readings, isAccepted }: Answering): string {
  const meant = readings.map(({ meter, month }) => model.readings.find((one) => one.meter === meter && one.month === month));
  const answered = meant.filter((one): one is Reading => one?.state === 'exported');
  if (answered.length < readings.length || answered.length === 0) throw new Unspoken('an answer on what did not go out');
  note(model, 'answers');
  for (const one of answered) one.state = isAccepted ? 'accepted' : 'refused';
  const noted = model.imports.at(-1);
  if (noted) noted.readings = readingsOf(model);
  return 'refused 0';
}

/** As long as nothing later rests on it. */
export function undo(model: Model, { nth }: { nth: number }): string {
  const found = model.imports[nth];
  if (!found || nth !== model.imports.length - 1) throw new Unspoken('what rests on an earlier import');
  if (found.isUndone) return 'already';
  if (found.kind === 'closing' || found.kind === 'reopening') throw new Unspoken('who is told of a closing that was none');
  if (model.now - found.at > 50 * DAY) throw new Unspoken('for how long an import can be undone');
  if (found.kind === 'accounts' && found.links !== linksOf(model)) throw new Unspoken('links that were made or ended since');
  if ((found.kind === 'meters' || found.kind === 'answers') && found.readings !== readingsOf(model))
    throw new Unspoken('readings that came since');
  const { before } = found;
  if (!before) throw new Unspoken('what rests on an earlier import');
  found.isUndone = true;
  if (found.kind === 'payments' || found.kind === 'charges') dropNews(model, found.kind);
  model.billing = structuredClone(before.billing);
  for (const [i, taken] of before.taken.entries())
    for (const [k, line] of taken.lines.entries()) {
      const now = model.taken[i]?.lines[k];
      if (now) now.isPosted = line.isPosted;
    }
  if (found.kind === 'answers') model.readings = structuredClone(before.readings);
  model.toldByDay = model.toldByDay.filter(({ notice }) => found.kind !== 'accounts' || notice !== 'notice-link-owner-changed');
  for (const { login, account } of found.ended) {
    const whose = model.logins.find((one) => one.login === login);
    whose?.links.add(account);
    whose?.endedLinks.delete(account);
  }
  return 'undone';
}

function note(model: Model, kind: string): Import {
  const { billing, taken, readings } = model;
  const before = structuredClone({ billing, taken, readings });
  for (const one of model.imports) delete one.before;
  const words = { links: linksOf(model), readings: readingsOf(model) };
  const noted: Import = { kind, at: model.now, before, ...words, ended: [], isUndone: false };
  model.imports.push(noted);
  return noted;
}

const readingsOf = ({ readings }: Model): string => JSON.stringify(readings);
const linksOf = ({ logins }: Model): string =>
  logins.map(({ login, links }) => `${login}: ${[...links].toSorted().join()}`).join();
