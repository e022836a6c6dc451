import { exportNew } from '../../../src/office/registries/exports.ts';
import { PAYMENTS_OUT } from '../../../src/office/money/payment-export.ts';
import { signedIn } from '../model/identity.ts';
import {
  exportPayments,
  type GuestOrdering,
  moneyReturned,
  moneyTaken,
  order,
  orderAsGuest,
  type Ordering,
  pay,
  type Paying,
  saidAgain,
} from '../model/payments.ts';
import { anyAccount, kopecksOf, typedSum } from './accounts.ts';
import type { Chance } from '../chance.ts';
import type { Chats, Said } from '../world.ts';
import { errand, leave, type Nothing } from './errand.ts';

/** Section 4, «Payment»: an invoice or a QR code is asked for, the messenger takes the money, billing is told. */

export const asksToPay = errand<Ordering>({
  weight: 16,
  think(chance, model, who) {
    const links = [...(signedIn(model, who.name)?.links ?? [])];
    const [only] = links;
    if (only === undefined) return undefined;
    const account = links.length > 1 && chance.percent(40) ? undefined : (chance.any(links) ?? only);
    const way = chance.percent(75) ? 'card' : 'qr';
    return { ...(account !== undefined && { account, ...(chance.percent(50) && { kopecks: anySum(chance) }) }), way };
  },
  expect: order,
  async act(chats, who, { account, kopecks, way }) {
    let said = await chats.say(who, '/pay');
    if (said.has('pay-which')) {
      if (account === undefined && !said.chat.includes('[Все счета сразу]')) return leave(chats, who, 'nothing-owed');
      said = await chats.say(who, account ?? '[Все счета сразу]');
    }
    if (!said.has('pay-sum', 'pay-sum-all'))
      return leave(chats, who, said.means({ 'accounts-none': 'none', 'guest-account': 'guest' }));
    if (kopecks === undefined && !said.chat.includes('[Вся задолженность]')) return leave(chats, who, 'nothing-owed');
    said = await chats.say(who, kopecks === undefined ? '[Вся задолженность]' : typedSum(kopecks));
    return leave(chats, who, await byWay(chats, who, said, way));
  },
});

export const asksToPayAsGuest = errand<GuestOrdering>({
  weight: 6,
  think(chance, model, who) {
    const account = anyAccount(chance, model);
    if (who.isStaff || signedIn(model, who.name)?.links.has(account)) return undefined;
    return { account, kopecks: anySum(chance), way: chance.percent(80) ? 'card' : 'qr' };
  },
  expect: orderAsGuest,
  async act(chats, who, { account, kopecks, way }) {
    let said = await chats.say(who, '/pay');
    if (!said.has('guest-account')) said = await chats.say(who, '[Счёт по номеру]');
    said = await chats.say(who, account);
    if (!said.has('guest-account-address'))
      return leave(chats, who, said.means({ 'guest-account-unknown': 'unknown', 'guest-account-limit': 'lookup-limit' }));
    await chats.say(who, '[Всё верно]');
    return leave(chats, who, await byWay(chats, who, await chats.say(who, typedSum(kopecks)), way));
  },
});

export const pays = errand<Paying>({
  weight: 16,
  think(chance, model, who) {
    if (!model.invoices.some((one) => one.who === who.name)) return undefined;
    return { which: chance.percent(85) ? 'newest' : 'first', refused: chance.percent(20) };
  },
  expect: pay,
  async act(chats, who, { which, refused }) {
    const { chat, text } = await chats.say(
      who,
      refused ? '(банк отказал)' : which === 'first' ? '(оплатил первый счёт)' : '(оплатил)',
    );
    if (!chat.includes('(оплата разрешена)')) return chat.includes('(оплата не началась') ? 'refused' : `«${text}»`;
    return refused ? 'bank-refused' : creditedBy(chats, { chat, text });
  },
});

export const moneyGoes = errand<Nothing>({
  weight: 6,
  think: (_chance, model, who) => (model.invoices[model.asked ?? -1]?.who === who.name ? {} : undefined),
  expect: moneyTaken,
  act: async (chats, who) => creditedBy(chats, await chats.say(who, '(деньги списаны)')),
});

export const moneySaidAgain = errand<Nothing>({
  weight: 5,
  think: (_chance, model, who) => (model.taken.at(-1)?.who === who.name ? {} : undefined),
  expect: saidAgain,
  async act(chats, who) {
    const { text } = await chats.say(who, '(списание повторно)');
    return text === '' ? 'nothing' : `«${text}»`;
  },
});

export const moneyComesBack = errand<Nothing>({
  weight: 2,
  think: (_chance, model, who) => (model.taken.at(-1)?.who === who.name ? {} : undefined),
  expect: moneyReturned,
  act: async (chats, who) => (await chats.say(who, '(деньги вернулись)')).means({ 'payment-refunded': 'returned' }),
});

export const paymentsGoOut = errand<Nothing>({
  weight: 8,
  isUnheard: true,
  think: (_chance, model, who) => (who.isStaff && model.taken.length > 0 ? {} : undefined),
  expect: exportPayments,
  async act({ world: { db, clock } }) {
    let file = '';
    await exportNew({ db, clock }, PAYMENTS_OUT, async (content) => void (file = content));
    const rows = file
      .trim()
      .split('\r\n')
      .slice(1)
      .map((row) => row.split(';'))
      .map(([account = '', , sum = '']) => `${account} ${kopecksOf(sum)}`);
    return `rows: ${rows.toSorted().join(', ')}`;
  },
});

/** Most of them go by card; none of them proves anything by chance. */
const anySum = (chance: Chance): number => chance.integer(chance.percent(85) ? 100 : 2, 4_000) * 100 + chance.integer(1, 99);

/** After the sum: by card or by a QR code; what is asked for then. */
async function byWay(chats: Chats, who: string, asked: Said, way: 'card' | 'qr'): Promise<string> {
  const said = asked.has('pay-way') ? await chats.say(who, way === 'card' ? '[Оплатить картой]' : '[QR-код]') : asked;
  const lines = [...said.chat.matchAll(/ЖКУ, лицевой счёт (\d+) — ([\d ]+,\d\d)/g)];
  if (lines.length > 0) return `invoice ${lines.map(([, account, sum = '']) => `${account}: ${kopecksOf(sum)}`).join(', ')}`;
  const [, account, sum = ''] = /Лицевой счёт (\d+)\s+Сумма: ([\d ]+,\d\d)/.exec(said.text) ?? [];
  return account === undefined ? said.means({}) : `qr ${account}: ${kopecksOf(sum)}`;
}

/** What the payer is told; the number of the operation is kept for billing. */
function creditedBy(chats: Chats, { chat, text }: Pick<Said, 'chat' | 'text'>): string {
  const [, operation = ''] = /Номер операции: ([\w-]+)/.exec(text) ?? [];
  chats.operations.push(operation);
  const [, topic] = /новая тема (\d+): «🆕 № \d+ · Платёж не зачислен/.exec(chat) ?? [];
  if (topic !== undefined) chats.threads.set(`money ${chats.operations.length}`, Number(topic));
  if (text.includes('не смогли сами зачислить')) return 'kept';
  const lines = [...text.matchAll(/Лицевой счёт (\d+): ([\d ]+,\d\d)/g)];
  return text.includes('Оплачено')
    ? `credited ${lines.map(([, account, sum = '']) => `${account}: ${kopecksOf(sum)}`).join(', ')}`
    : `«${text}»`;
}
