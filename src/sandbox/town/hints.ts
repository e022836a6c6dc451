import { formatMoney } from '../../domain/money.ts';
import { formatPeriod, type Period } from '../../domain/period.ts';
import type { TownAccount, TownHints } from '../protocol.ts';
import { readTown } from './read.ts';
import { TOWN } from './streets.ts';

/** What the registries say of one account, as far as it makes a good try. */
type Portrait = {
  account: string;
  address: string;
  flat: boolean;
  closed: boolean;
  /** What is left to pay by the latest period, kopecks, and what of it is penalty. */
  due: number;
  penalty: number;
  /** Payments after the latest period, kopecks. */
  paidSince: number;
  /** By month, from the first. */
  payments: Map<Period, { sum: number; count: number; reversed: boolean }>;
  zones: number;
  overdueMeter: boolean;
};

type Try = { fits: (portrait: Portrait) => boolean; note: (portrait: Portrait) => string };

const last = (portrait: Portrait) => [...portrait.payments.values()].at(-1);
const isRound = (kopecks: number): boolean => kopecks % 5_000 === 0;

/** What the page offers, one account of the town for each. */
const TRIES: readonly Try[] = [
  {
    fits: (one) => one.flat && one.paidSince === 0 && last(one)?.count === 1 && !isRound(last(one)!.sum) && one.due > 0,
    note: (one) => `Обычная квартира: один платёж с копейками. Подключите по сумме, к оплате ${formatMoney(one.due)}.`,
  },
  {
    fits: (one) =>
      last(one)?.count === 1 &&
      isRound(last(one)!.sum) &&
      one.payments.size > 1 &&
      isRound([...one.payments.values()].at(-2)!.sum),
    note: (one) => `Платит круглыми суммами: бот спросит и о месяце перед этим (${monthBefore(one)}).`,
  },
  {
    fits: (one) => (last(one)?.count ?? 0) > 1 && !last(one)!.reversed,
    note: () => 'В последнем месяце несколько платежей: нужна их сумма.',
  },
  {
    fits: (one) => last(one)?.reversed === true,
    note: () => 'Платёж прошёл дважды, один отозван: считается то, что осталось.',
  },
  { fits: (one) => one.payments.size === 0 && !one.closed, note: () => 'Платежей не было: подключить можно только по паролю.' },
  {
    fits: (one) => one.penalty > 0 && one.payments.size > 0,
    note: (one) => `Долг и пени: к оплате ${formatMoney(one.due)}.`,
  },
  { fits: (one) => one.due < 0, note: (one) => `Переплата ${formatMoney(-one.due)}.` },
  {
    fits: (one) => one.paidSince > 0 && last(one)?.count === 1,
    note: (one) =>
      `После последнего начисления оплачено ${formatMoney(one.paidSince)}, в квитанции было ${formatMoney(one.due)}.`,
  },
  { fits: (one) => !one.flat && one.due > 0 && one.payments.size > 0, note: () => 'Частный дом: в адресе нет квартиры.' },
  { fits: (one) => one.zones === 3, note: () => 'Счётчик электричества с тремя зонами.' },
  { fits: (one) => one.overdueMeter, note: () => 'Срок поверки счётчика прошёл.' },
  { fits: (one) => one.closed, note: () => 'Лицевой счёт закрыт.' },
];

/** What the made-up town offers to try, read from its own registries; readings are taken from this day of the month. */
export async function townHints(readingsFromDay: number): Promise<TownHints> {
  const portraits = await drawPortraits();
  const accounts: TownAccount[] = [];
  for (const { fits, note } of TRIES) {
    const found = portraits.find((one) => fits(one) && !accounts.some((account) => account.accountNumber === one.account));
    if (found) accounts.push(shown(found, note(found)));
  }
  return {
    title: TOWN,
    tips: [
      `Этого города нет: ${accountsInWords(portraits.length)}, жители, начисления и платежи выдуманы.`,
      'Откройте телефон жителя или нажмите «Новый житель». В чате нажмите «Запустить» и зарегистрируйтесь: код из SMS появится на этой странице.',
      'Войдите, нажмите «Подключить лицевой счет» и возьмите номер и сумму из списка ниже.',
      'Второй способ — по паролю из пункта приёма платежей: здесь его печатает команда npm run issue-password -- НОМЕР.',
      'Потом нажмите «Задолженность».',
    ],
    accounts,
    readingsFromDay,
  };
}

function shown(one: Portrait, note: string): TownAccount {
  const [period, payments] = [...one.payments].at(-1) ?? [];
  return {
    accountNumber: one.account,
    address: one.address,
    ...(period && payments && { lastPaymentsPeriod: period, lastPaymentsKopecks: payments.sum }),
    note,
  };
}

function accountsInWords(count: number): string {
  const words: Partial<Record<Intl.LDMLPluralRule, string>> = { one: 'лицевой счёт', few: 'лицевых счета' };
  return `${count} ${words[new Intl.PluralRules('ru').select(count)] ?? 'лицевых счетов'}`;
}

function monthBefore(one: Portrait): string {
  const [period, payments] = [...one.payments].at(-2)!;
  return `${formatPeriod(period)}: ${formatMoney(payments.sum)}`;
}

async function drawPortraits(): Promise<Portrait[]> {
  const portraits = new Map<string, Portrait>();
  for await (const row of readTown('accounts')) {
    const account = row('number');
    const address = row('address');
    portraits.set(account, {
      account,
      address,
      flat: address.includes('кв.'),
      closed: row('closing') !== 'false',
      due: 0,
      penalty: 0,
      paidSince: 0,
      payments: new Map(),
      zones: 0,
      overdueMeter: false,
    });
  }
  const latest = await addCharges(portraits);
  await addPayments(portraits, latest);
  for await (const row of readTown('meters')) {
    const one = portraits.get(row('account'))!;
    if (row('scale') !== '') one.zones += 1;
    if (row('verification_due') < row('value_day')) one.overdueMeter = true;
  }
  return [...portraits.values()];
}

/** Answers the latest period of the town. */
async function addCharges(portraits: Map<string, Portrait>): Promise<Period> {
  let latest = '';
  const ended = new Map<string, string>();
  for await (const row of readTown('charges')) {
    const period = row('period');
    const one = portraits.get(row('account'))!;
    if (period > latest) latest = period;
    if (ended.get(one.account) !== period) Object.assign(one, { due: 0, penalty: 0 });
    ended.set(one.account, period);
    one.due += Number(row('due_kopecks'));
    one.penalty += Number(row('penalty_kopecks'));
  }
  return latest.slice(0, 7) as Period;
}

async function addPayments(portraits: Map<string, Portrait>, latest: Period): Promise<void> {
  for await (const row of readTown('payments')) {
    const one = portraits.get(row('account'))!;
    const period = row('day').slice(0, 7) as Period;
    const sum = Number(row('sum_kopecks'));
    const month = one.payments.get(period) ?? { sum: 0, count: 0, reversed: false };
    one.payments.set(period, { sum: month.sum + sum, count: month.count + 1, reversed: month.reversed || sum < 0 });
    if (period > latest) one.paidSince += sum;
  }
}
