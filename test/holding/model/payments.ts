import { CARD_KOPECKS } from '../town.ts';
import { billed, sumOf } from './billing.ts';
import { signedIn } from './identity.ts';
import { DAY, hit, hitsWithin, HOUR, type Invoice, type Line, MINUTE, type Model, type Taken, Unspoken } from './model.ts';
import { offerOf } from './money.ts';

/** Section 4, «Payment»: what is asked for, and money that the messenger took. */

/** `account`: of several; none: all at once. `kopecks`: another sum than the whole debt. */
export type Ordering = { account?: string; kopecks?: number; way: 'card' | 'qr' };

export function order(model: Model, who: string, { account, kopecks, way }: Ordering): string {
  const login = signedIn(model, who);
  if (!login) throw new Unspoken('a guest has an errand of his own');
  if (login.links.size === 0) return 'none';
  const chosen = account === undefined ? [...login.links].toSorted() : [account];
  if (account !== undefined && !login.links.has(account)) throw new Unspoken('an account of somebody else');
  if (chosen.some((one) => billed(model, one)?.closing)) throw new Unspoken('what is paid for an account that is closed');
  if (chosen.length > 1 && kopecks !== undefined) throw new Unspoken('one sum for several');
  const lines = chosen
    .map((one) => ({ account: one, kopecks: kopecks ?? offerOf(model, one) }))
    .filter((line) => line.kopecks > 0);
  if (lines.length === 0) return 'nothing-owed';
  return askFor(model, { who, login: login.login, lines, madeAt: model.now, allowedAt: undefined }, way);
}

/** Without registration: the account by its number, and the sum is typed. */
export type GuestOrdering = { account: string; kopecks: number; way: 'card' | 'qr' };

export function orderAsGuest(model: Model, who: string, { account, kopecks, way }: GuestOrdering): string {
  const login = signedIn(model, who);
  if (login?.links.has(account)) throw new Unspoken('it is an account of the own');
  const found = lookUp(model, who, account);
  if (found !== 'found') return found;
  if (billed(model, account)?.closing) throw new Unspoken('what is paid for an account that is closed');
  return askFor(model, { who, login: undefined, lines: [{ account, kopecks }], madeAt: model.now, allowedAt: undefined }, way);
}

/** Ten accounts a day, right or wrong. */
export function lookUp(model: Model, who: string, account: string): 'found' | 'unknown' | 'lookup-limit' {
  const isKnown = hitsWithin(model, 'lookup', `${who} ${account}`, DAY) > 0;
  if (!isKnown && hitsWithin(model, 'lookup', who, DAY) >= 10) return 'lookup-limit';
  if (!isKnown) for (const of of [who, `${who} ${account}`]) hit(model, 'lookup', of);
  return billed(model, account) ? 'found' : 'unknown';
}

/** An invoice of these lines; a QR code where a card is not wanted, or not taken for such a sum. */
function askFor(model: Model, invoice: Invoice, way: 'card' | 'qr'): string {
  const total = sumOf(invoice.lines.map(({ kopecks }) => kopecks));
  const byCard = way === 'card' && total >= CARD_KOPECKS.least && total <= CARD_KOPECKS.most;
  if (!byCard && invoice.lines.length > 1) throw new Unspoken('whose code is shown of several');
  if (byCard) model.invoices.push(invoice);
  return `${byCard ? 'invoice' : 'qr'} ${wordsOf(invoice.lines)}`;
}

export const wordsOf = (lines: readonly Line[]): string =>
  lines.map(({ account, kopecks }) => `${account}: ${kopecks}`).join(', ');

/** `which`: of the own invoices. `refused`: the bank does not give the money, after the bot has let it through. */
export type Paying = { which: 'newest' | 'first'; refused: boolean };

/** The messenger asks whether it may take the money, and where it may, says that it did. */
export function pay(model: Model, who: string, { which, refused }: Paying): string {
  const own = model.invoices.filter((one) => one.who === who);
  const invoice = which === 'first' ? own[0] : own.at(-1);
  if (!invoice) throw new Unspoken('nobody has asked for an invoice');
  const number = model.invoices.indexOf(invoice);
  model.asked = number;
  // «Credited once»: what is paid is not taken again.
  if (isPaid(model, number)) return 'refused';
  whyUnspoken(model, invoice);
  invoice.allowedAt = model.now;
  return refused ? 'bank-refused' : takeMoney(model, who, number);
}

function whyUnspoken(model: Model, invoice: Invoice): void {
  if (model.now - invoice.madeAt > 12 * HOUR) throw new Unspoken('for how long an invoice may be paid');
  if (invoice.allowedAt !== undefined && model.now - invoice.allowedAt < 5 * MINUTE)
    throw new Unspoken('how soon it may be tried again');
  const isBeside = ({ allowedAt, lines }: Invoice) =>
    allowedAt !== undefined && model.now - allowedAt < 5 * MINUTE && wordsOf(lines) === wordsOf(invoice.lines);
  if (model.invoices.some((one) => one !== invoice && isBeside(one)))
    throw new Unspoken('how soon the same may be tried by another invoice');
  const login = signedIn(model, invoice.who);
  if (invoice.isNobodys) throw new Unspoken('an invoice of whoever has withdrawn the consent');
  if (
    invoice.login !== undefined &&
    (login?.login !== invoice.login || invoice.lines.some((one) => !login.links.has(one.account)))
  )
    throw new Unspoken('an invoice of whoever has signed out or given the account up');
  if (model.taken.some(({ at, lines }) => at >= invoice.madeAt && wordsOf(lines) === wordsOf(invoice.lines)))
    throw new Unspoken('whether the same may be paid by another invoice');
}

const isPaid = ({ taken }: Model, number: number): boolean => taken.some(({ invoice }) => invoice === number);

/** The messenger says that it took the money, later than it asked, whatever was done meanwhile; it may have been told that it may not. */
export function moneyTaken(model: Model, who: string): string {
  if (model.asked === undefined || model.invoices[model.asked]?.who !== who) throw new Unspoken('nobody has asked about it');
  return takeMoney(model, who, model.asked);
}

/** «Credited once»; what could not be credited is escalated, and nothing is lost. */
function takeMoney(model: Model, who: string, number: number): string {
  if (model.invoices[number]?.isNobodys) throw new Unspoken('whose money it is where the consent was withdrawn');
  const meant = model.invoices[number]?.lines ?? [];
  const kopecks = sumOf(meant.map((line) => line.kopecks));
  const isKept = isPaid(model, number);
  const lines = isKept ? [] : meant.map((line) => ({ ...line, at: model.now, isExported: false, isPosted: false }));
  model.taken.push({ who, invoice: number, kopecks, lines, at: model.now, isKept, isReturned: false });
  return isKept ? 'kept' : `credited ${wordsOf(lines)}`;
}

/** The messenger says once more that it took the money, or that it went back. */
export function saidAgain(model: Model, who: string): string {
  lastOf(model, who);
  return 'nothing';
}

/** Money that went back is under way no longer. */
export function moneyReturned(model: Model, who: string): string {
  const last = lastOf(model, who);
  if (last.isReturned) throw new Unspoken('what is said of it a second time');
  if (last.isKept || last.lines.some(({ isPosted }) => isPosted)) throw new Unspoken('what billing or staff have already');
  last.isReturned = true;
  return 'returned';
}

function lastOf(model: Model, who: string): Taken {
  const last = model.taken.at(-1);
  if (!last || last.invoice !== model.asked || last.who !== who) throw new Unspoken('nobody has paid anything since');
  return last;
}

/** What has not gone out to billing yet goes out: each once. One payment for several accounts is several rows. */
export function exportPayments(model: Model): string {
  const waiting = model.taken.filter(({ isReturned }) => !isReturned).flatMap(({ lines }) => lines);
  const rows = waiting.filter(({ isExported, isPosted }) => !isExported && !isPosted);
  for (const row of rows) row.isExported = true;
  return `rows: ${rows
    .map(({ account, kopecks }) => `${account} ${kopecks}`)
    .toSorted()
    .join(', ')}`;
}
