import iconv from 'iconv-lite';
import { writeCell } from '../../office/registries/reading/csv.ts';
import { createDice } from './dice.ts';
import { type Household, makeHouseholds } from './household.ts';
import { type Life, live } from './life.ts';
import type { TownCharge, TownMeter, TownPayment } from './rows.ts';

/** Everybody in the made-up town with all that its registries tell of them; the same on every run. */
export type Town = readonly { household: Household; life: Life }[];

export function makeTown(): Town {
  const dice = createDice(1998);
  return makeHouseholds(dice).map((household) => ({ household, life: live(dice, household) }));
}

/** The town's registries as billing would send them, in windows-1251. */
export const writeTown = (town: Town): Record<TownRegistry, Buffer> => ({
  accounts: file(
    'ЛС;ФИО;Адрес;ЕЛС;ФИАС;Площадь;Проживает;Закрыт',
    town.map(({ household }) => accountRow(household)),
  ),
  charges: writeCharges(town.flatMap(({ life }) => life.charges)),
  payments: writePayments(paymentRows(town.flatMap(({ life }) => life.payments))),
  meters: file(
    'ЛС;Номер счетчика;Услуга;Шкала;Разрядность;Поверка;Показание;Дата показания',
    town.flatMap(({ life }) => life.meters.map(meterRow)),
  ),
});

export const writeCharges = (charges: readonly TownCharge[]): Buffer =>
  file(
    'ЛС;Период;Поставщик;Услуга;Входящее сальдо;Начислено;Перерасчет;Основание;Льгота;Пени;Оплачено;К оплате;Объем;Единица;Тариф;Норматив',
    charges.map(chargeRow),
  );

/** Account, day, sum, source and the operation's number. */
export const writePayments = (rows: readonly string[][]): Buffer => file('ЛС;Дата;Сумма;Источник;Номер операции', rows);

/** In the order in which they are taken in. */
export const TOWN_REGISTRIES = ['accounts', 'charges', 'payments', 'meters'] as const;
type TownRegistry = (typeof TOWN_REGISTRIES)[number];

function accountRow(household: Household): string[] {
  const { account, owner, address, unified, fias, areaTenths, residents, closed } = household;
  return [account, owner, address, unified, fias, decimal(areaTenths, 1), String(residents), closed?.day ?? ''];
}

function chargeRow(charge: TownCharge): string[] {
  const { service, volume, tariff } = charge;
  const sums = [charge.opening, charge.charged, charge.recalculated].map(roubles);
  const rest = [charge.benefit, charge.penalty, charge.paid, charge.due].map(roubles);
  const period = `${charge.period.slice(5)}.${charge.period.slice(0, 4)}`;
  const norm = service.norm === undefined ? '' : String(service.norm).replace('.', ',');
  return [
    charge.account,
    period,
    service.supplier,
    service.name,
    ...sums,
    charge.grounds,
    ...rest,
    decimal(volume, 3),
    service.unit,
    roubles(tariff),
    norm,
  ];
}

/** In the order of their days, numbered by their source as a source would. */
function paymentRows(payments: readonly TownPayment[]): string[][] {
  const numbers = new Map<string, number>();
  const dated = payments.map((payment) => ({ ...payment, iso: payment.day.split('.').toReversed().join('-') }));
  return dated
    .sort((a, b) => (a.iso < b.iso ? -1 : a.iso > b.iso ? 1 : 0))
    .map(({ account, day, sum, source }) => {
      const number = (numbers.get(source) ?? 70_400) + 1;
      numbers.set(source, number);
      return [account, day, roubles(sum), source, `${day.slice(8)}-${String(number).padStart(6, '0')}`];
    });
}

function meterRow(meter: TownMeter): string[] {
  const { account, number, service, scale, digits, verification, value, valueDay } = meter;
  return [account, number, service, scale, String(digits), verification, decimal(value, 3), valueDay];
}

function file(header: string, rows: readonly string[][]): Buffer {
  const lines = [header, ...rows.map((row) => row.map((cell) => writeCell(cell)).join(';'))];
  return iconv.encode(`${lines.join('\r\n')}\r\n`, 'win1251');
}

export function roubles(kopecks: number): string {
  const digits = String(Math.abs(kopecks)).padStart(3, '0');
  return `${kopecks < 0 ? '-' : ''}${digits.slice(0, -2)},${digits.slice(-2)}`;
}

/** `decimal(12_500, 3)` is `12,5`. */
function decimal(scaled: number, places: number): string {
  return String(scaled / 10 ** places).replace('.', ',');
}
