import { formatMoney } from '../../../src/domain/money.ts';
import { plainSpaces } from '../../../src/domain/unbroken.ts';
import { paidMonths } from '../model/billing.ts';
import { signedIn } from '../model/identity.ts';
import { type ByPassword, type BySum, issuePassword, linkByPassword, linkBySum, unlink } from '../model/linking.ts';
import { type Model, Unspoken } from '../model/model.ts';
import { debts } from '../model/money.ts';
import { NO_ACCOUNT } from '../town.ts';
import type { Chance } from '../chance.ts';
import type { Chats, Said } from '../world.ts';
import { errand, leave, type Nothing } from './errand.ts';

/** Sections 3 and 4: accounts are linked, given up, looked at. */

export type Pressing = { twiceAtOnce: boolean };

export const linksBySum = errand<BySum & Pressing>({
  weight: 22,
  think(chance, model, who) {
    if (who.isStaff || (!signedIn(model, who.name) && chance.percent(90))) return undefined;
    const account = anyAccount(chance, model);
    const [right, before] = lastMonths(model, account);
    const guesses = chance.percent(75) ? 0 : chance.pick([1, 2, 3, 4, 5]);
    const wrong = Array.from({ length: guesses }, () => chance.integer(100, 4_000) * 100 + chance.integer(1, 99));
    const last = right && chance.percent(75) ? right : chance.integer(2, 40) * 50_00;
    const earlier = before && chance.percent(70) ? before : 123_45;
    return { account, sums: [...wrong, last], earlier, twiceAtOnce: chance.percent(20) };
  },
  expect: linkBySum,
  act: actBySum,
});

export const linksByPassword = errand<ByPassword & Pressing>({
  weight: 7,
  think(chance, model, who) {
    if (who.isStaff || !signedIn(model, who.name)) return undefined;
    const [given] = [...model.accountPasswords.keys()].filter(() => chance.percent(60));
    if (given === undefined && chance.percent(80)) return undefined;
    const password = given !== undefined && chance.percent(60) ? 'right' : 'wrong';
    return { account: given ?? anyAccount(chance, model), password, twiceAtOnce: chance.percent(20) };
  },
  expect: linkByPassword,
  async act(chats, who, { account, password, twiceAtOnce }) {
    const begun = await chats.say(who, '/link');
    if (!begun.has('linking-way')) return begun.means({ 'guest-only-residents': 'guest' });
    const numbered = await chats.say(who, '[По паролю из пункта приёма платежей]', account);
    if (!numbered.has('linking-password')) return leave(chats, who, numbered.means({ 'linking-already': 'linked-already' }));
    const said = await chats.say(who, password === 'wrong' ? 'WRRNG77WRX' : (chats.slips.get(account) ?? ''));
    if (said.has('linking-address')) return leave(chats, who, await connect(chats, who, twiceAtOnce));
    return leave(chats, who, said.means({ 'linking-password-not-proved': 'not-proved' }));
  },
});

export const staffIssuePasswords = errand<{ account: string }>({
  weight: 12,
  think: (chance, { billing }, who) => (who.isStaff ? { account: chance.any(billing)?.number ?? '' } : undefined),
  expect: (model, _who, { account }) => issuePassword(model, account),
  async act(chats, who, { account }) {
    await chats.say(who, '/password', account, '[Паспорт]', '[Платёжный документ]', '[ФИО и адрес совпадают]');
    const said = await chats.say(who, '[Выдать]');
    const [, password] = /Пароль: ([A-Z0-9]{10})/.exec(said.text) ?? [];
    if (password === undefined) return leave(chats, who, said.means({}));
    chats.slips.set(account, password);
    chats.secrets.add(password);
    return 'issued';
  },
});

export const unlinks = errand<{ account: string }>({
  weight: 5,
  think(chance, model, who) {
    const account = chance.any([...(signedIn(model, who.name)?.links ?? [])]);
    return account === undefined ? undefined : { account };
  },
  expect: (model, who, { account }) => unlink(model, who, account),
  async act(chats, who, { account }) {
    let said = await chats.say(who, '/accounts');
    if (said.has('accounts-list')) said = await chats.say(who, account);
    if (!said.has('account-page')) return said.means({ 'accounts-none': 'none', 'guest-only-residents': 'guest' });
    await chats.say(who, '[Отключить лицевой счёт]');
    return leave(chats, who, (await chats.say(who, '[Да, отключить]')).means({ 'accounts-unlinked': 'unlinked' }));
  },
});

export const looksAtDebt = errand<Nothing>({
  weight: 10,
  think: (chance, model, who) => (!who.isStaff && (signedIn(model, who.name) || chance.percent(10)) ? {} : undefined),
  expect: debts,
  async act(chats, who) {
    const said = await chats.say(who, '/debt');
    if (!said.has('debt-account', 'debt-page')) return said.means({ 'guest-only-residents': 'guest', 'accounts-none': 'none' });
    return readDebts(said);
  },
});

export async function actBySum(
  chats: Chats,
  who: string,
  { account, sums, earlier, twiceAtOnce }: BySum & Pressing,
): Promise<string> {
  const begun = await chats.say(who, '/link');
  if (!begun.has('linking-way')) return begun.means({ 'guest-only-residents': 'guest' });
  const numbered = await chats.say(who, '[По сумме последних платежей]', account);
  if (!numbered.has('linking-sum')) return leave(chats, who, numbered.means({ 'linking-already': 'linked-already' }));
  const outcomes: string[] = [];
  for (const sum of sums) {
    let said = await chats.say(who, typedSum(sum));
    if (said.has('linking-earlier-sum')) said = await chats.say(who, typedSum(earlier));
    outcomes.push(
      said.has('linking-address')
        ? await connect(chats, who, twiceAtOnce)
        : said.means({ 'linking-sum-not-proved': 'not-proved', 'linking-second-way': 'second-way' }),
    );
    if (outcomes.at(-1) !== 'not-proved') break;
  }
  return leave(chats, who, outcomes.join(', '));
}

/** By the sums that are read: an account's own page, or a line for each. */
function readDebts({ text }: Said): string {
  const pages = text.split(/(?=Лицевой счёт \d{5,}|• (?:[^\n,]+, )?\d{5,})/);
  const read = pages.flatMap((page) => {
    const [, account] = /^(?:Лицевой счёт|•) (\d{5,})/.exec(page) ?? [];
    if (account === undefined) return [];
    const about = page.startsWith('•') ? page.slice(page.lastIndexOf(': ')) : page;
    const [, overpaid] = /[Пп]ереплата: ([\d ]+,\d\d) ₽\. Платить/.exec(about) ?? /переплата ([\d ]+,\d\d)/.exec(about) ?? [];
    const [, owed] = /(?:К оплате: |Осталось оплатить: |^: )([\d ]+,\d\d)/.exec(about) ?? [];
    const [, underWay] = /(?:В пути: |, в пути |Ваш платёж )([\d ]+,\d\d)/.exec(about) ?? [];
    const isNothing = /долга нет|Задолженности нет|[Пп]латить сейчас не нужно/.test(about);
    const toPay = overpaid !== undefined ? -kopecksOf(overpaid) : isNothing ? 0 : kopecksOf(owed ?? 'nothing is read');
    return [`${account}: ${toPay}, under way ${kopecksOf(underWay ?? '0')}`];
  });
  return read.toSorted().join('; ');
}

export const kopecksOf = (sum: string): number => Number(sum.replace(/\D/g, ''));

/** What was paid in the last month, and in the one before it; none where PRODUCT.md does not say. */
export function lastMonths(model: Model, account: string): number[] {
  try {
    return paidMonths(model, account);
  } catch (error) {
    if (error instanceof Unspoken) return [];
    throw error;
  }
}

export const anyAccount = (chance: Chance, { billing }: Model): string =>
  chance.percent(93) ? (chance.any(billing)?.number ?? '') : NO_ACCOUNT;

export const typedSum = (kopecks: number): string => plainSpaces(formatMoney(kopecks)).replace(' ₽', '');

async function connect(chats: Chats, who: string, twiceAtOnce: boolean): Promise<string> {
  const said = twiceAtOnce ? await chats.sayTwiceAtOnce(who, '[Подключить]') : await chats.say(who, '[Подключить]');
  const times = said.text.match(/Лицевой счёт подключён/g)?.length ?? 0;
  return times === 1 || (times > 1 && chats.maySayTwice()) ? 'linked' : `linked ${times} times; ${said.means({})}`;
}
