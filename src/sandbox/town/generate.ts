import { writeFile } from 'node:fs/promises';
import iconv from 'iconv-lite';
import { writeCell } from '../../office/registries/csv.ts';
import { createDice } from './dice.ts';
import { type Household, makeHouseholds } from './household.ts';
import { live } from './life.ts';
import type { TownCharge, TownMeter, TownPayment } from './rows.ts';

/** The registries of the made-up town, by file name; the same on every run. */
export function generateTown(): Map<string, Buffer> {
  const dice = createDice(1998);
  const households = makeHouseholds(dice);
  const lives = households.map((household) => live(dice, household));
  return new Map([
    ['accounts.csv', file('ЛС;ФИО;Адрес;ЕЛС;ФИАС;Площадь;Проживает;Закрыт', households.map(accountRow))],
    [
      'charges.csv',
      file(
        'ЛС;Период;Поставщик;Услуга;Входящее сальдо;Начислено;Перерасчет;Основание;Льгота;Пени;Оплачено;К оплате;Объем;Единица;Тариф;Норматив',
        lives.flatMap((life) => life.charges).map(chargeRow),
      ),
    ],
    ['payments.csv', file('ЛС;Дата;Сумма;Источник;Номер операции', paymentRows(lives.flatMap((life) => life.payments)))],
    [
      'meters.csv',
      file(
        'ЛС;Номер счетчика;Услуга;Шкала;Разрядность;Поверка;Показание;Дата показания',
        lives.flatMap((life) => life.meters).map(meterRow),
      ),
    ],
  ]);
}

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

function roubles(kopecks: number): string {
  const digits = String(Math.abs(kopecks)).padStart(3, '0');
  return `${kopecks < 0 ? '-' : ''}${digits.slice(0, -2)},${digits.slice(-2)}`;
}

/** `decimal(12_500, 3)` is `12,5`. */
function decimal(scaled: number, places: number): string {
  return String(scaled / 10 ** places).replace('.', ',');
}

// `node --import @oxc-node/core/register src/sandbox/town/generate.ts` writes the files anew.
if (process.argv[1] && import.meta.url === new URL(`file://${process.argv[1]}`).href) {
  for (const [name, content] of generateTown()) await writeFile(new URL(name, import.meta.url), content);
}
