import type { World } from '../kit/chat/world.ts';
import * as make from '../kit/make.ts';

/** The world of a run, before anybody does anything: for the database and for the model, which is told the same and no more. */
export const BEGINNING = new Date('2026-11-18T09:00:00Z');
const PAYMENTS_DAY = '2026-11-16';

/** Of what charges and payments there are when a run begins, and by whom the payments were taken. */
export const FIRST_PERIOD = '2026-10';
export const CASH_DESK = 'Касса';
export const firstOperation = (account: string, place: number): string => `${account}-${place + 1}`;

/** The centre's settings of what a card is taken for. */
export const CARD_KOPECKS = { least: 100_00, most: 800_000_00 };

export type TownMeter = { number: string; service: string; digits: number; value: number };
export type TownAccount = {
  number: string;
  street: string;
  /** What only those may read who have the account: the end of its address. */
  flat: string;
  payments: readonly { day: string; kopecks: number }[];
  /** «К оплате» of `FIRST_PERIOD`, by service. */
  due: Readonly<Record<string, number>>;
  meters: readonly TownMeter[];
};

/** Each has a name that nobody else has; the first owns everything when a run begins. */
export const OWNERS = ['Незнамова Аглая Фёдоровна', 'Посторонних Лев Ильич', 'Иноземцева Вера Павловна'] as const;
export const [OWNER] = OWNERS;
const CITY = 'г. Приморск-на-Миусе';
const [COLD, HOT] = ['Холодное водоснабжение', 'Горячее водоснабжение'];

export const ACCOUNTS: readonly TownAccount[] = [
  {
    number: '0010001',
    street: 'ул. Портовая',
    flat: 'д. 5, кв. 17',
    payments: [
      { day: '2026-09-12', kopecks: 2_000_00 },
      { day: '2026-10-12', kopecks: 1_000_00 },
      { day: '2026-10-25', kopecks: 234_56 },
    ],
    due: { Отопление: 2_345_67, [COLD]: 410_00 },
    meters: [{ number: '59900001', service: COLD, digits: 5, value: 612_952 }],
  },
  {
    number: '0010002',
    street: 'ул. Степная',
    flat: 'д. 47',
    payments: [
      { day: '2026-09-12', kopecks: 812_34 },
      { day: '2026-10-12', kopecks: 1_000_00 },
    ],
    due: { Отопление: -150_11 },
    meters: [
      { number: '59900002', service: HOT, digits: 5, value: 301_500 },
      { number: '59900003', service: COLD, digits: 5, value: 1_204_000 },
    ],
  },
  {
    number: '0010003',
    street: 'ул. Степная',
    flat: 'д. 9, кв. 81',
    payments: [{ day: '2026-10-12', kopecks: 500_00 }],
    due: { Отопление: 333_33 },
    meters: [],
  },
  {
    number: '0010004',
    street: 'пер. Якорный',
    flat: 'д. 3, кв. 46',
    payments: [
      { day: '2026-09-30', kopecks: 640_15 },
      { day: '2026-11-03', kopecks: 777_77 },
    ],
    due: { Отопление: 1_010_10 },
    meters: [{ number: '59900004', service: COLD, digits: 5, value: 88_250 }],
  },
  {
    number: '0010005',
    street: 'ул. Степная',
    flat: 'д. 9, кв. 82',
    payments: [{ day: '2026-10-12', kopecks: 456_78 }],
    due: { Отопление: 0 },
    meters: [{ number: '59900005', service: COLD, digits: 5, value: 5_001_000 }],
  },
];

/** Accounts that a registry brings later. */
export const COMING: readonly TownAccount[] = [
  { number: '0010006', street: 'ул. Портовая', flat: 'д. 71, кв. 8', payments: [], due: {}, meters: [] },
  { number: '0010007', street: 'пер. Якорный', flat: 'д. 62', payments: [], due: {}, meters: [] },
];
export const EVERY_ACCOUNT: readonly TownAccount[] = [...ACCOUNTS, ...COMING];

/** A number that no account has. */
export const NO_ACCOUNT = '0077777';

export function addressOf(account: string): string {
  const { street = '', flat = '' } = EVERY_ACCOUNT.find(({ number }) => number === account) ?? {};
  return `${CITY}, ${street}, ${flat}`;
}

/** Puts the town's accounts, with what billing has of them, into the database. */
export async function settleTown({ db }: World): Promise<void> {
  await make.registryImport(db, { kind: 'payments', dataDay: PAYMENTS_DAY });
  for (const { number, payments, due, meters } of ACCOUNTS) {
    await make.account(db, { number, address: addressOf(number), ownerName: OWNER });
    const paid = payments.map(({ day, kopecks }, i) => ({ operation: firstOperation(number, i), day, sumKopecks: kopecks }));
    await make.payment(db, ...paid.map((one) => ({ ...one, account: number, source: CASH_DESK })));
    const charges = Object.entries(due).map(([service, dueKopecks]) => ({ account: number, service, dueKopecks }));
    await make.charge(db, ...charges.map((one) => ({ ...one, chargedKopecks: one.dueKopecks })));
    const rows = meters.map(({ value, ...meter }) => ({
      ...meter,
      account: number,
      value: (value / 1000).toFixed(3),
      valueDay: '2026-10-21',
      verificationDue: '2032-03-07',
    }));
    if (rows.length > 0) await make.meter(db, ...rows);
  }
}

/** People with a Telegram account of their own. Whoever has no errands as staff is a resident, or a stranger who tries. */
export type Townsman = { name: string; id: number; phone: string; login: string; isStaff?: true };

export const PEOPLE: readonly [Townsman, ...Townsman[]] = [
  { name: 'Иван', id: 701, phone: '89121000017', login: 'ivan_17' },
  { name: 'Мария', id: 702, phone: '89122000028', login: 'Maria' },
  { name: 'Пётр', id: 703, phone: '89123000039', login: '89123000039' },
  { name: 'Анна', id: 704, phone: '89124000041', login: 'anna-anna' },
  { name: 'Чужой', id: 705, phone: '89125000052', login: 'nobody_5' },
  { name: 'Ольга', id: 706, phone: '89126000063', login: 'olga', isStaff: true },
];

export const RESIDENTS = PEOPLE.filter(({ isStaff }) => !isStaff);

export function townsman(name: string): Townsman {
  const found = PEOPLE.find((one) => one.name === name);
  if (!found) throw new Error(`${name} does not live here`);
  return found;
}
