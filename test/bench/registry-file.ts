import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import iconv from 'iconv-lite';

const SERVICES = [
  'Содержание жилого помещения',
  'Холодное водоснабжение',
  'Водоотведение',
  'Отопление',
  'Горячее водоснабжение',
  'Обращение с ТКО',
  'Электроснабжение',
  'Капитальный ремонт',
];

export const CHARGES_HEADER =
  'ЛС;Период;Услуга;Входящее сальдо;Начислено;Перерасчет;Основание;Льгота;Пени;Оплачено;К оплате;Объем;Единица;Тариф;Норматив;Поставщик';

/** The number of the bench's `index`-th account. */
export function accountNumber(index: number): string {
  return String(1_000_000 + index).padStart(10, '0');
}

export async function writeAccounts(path: string, accounts: number): Promise<void> {
  await writeLines(
    path,
    'ЛС;ФИО;Адрес',
    accounts,
    (index) => `${accountNumber(index)};Иванов Иван;г. Город, ул. Улица, д. ${index}`,
  );
}

/** Charges of one month, eight services an account, in windows-1251, with the decimal comma: what billing writes. */
export async function writeCharges(path: string, rows: number): Promise<void> {
  await writeLines(path, CHARGES_HEADER, rows, (index) => {
    const opening = (index * 7919) % 300_000;
    const volume = ((index * 104_729) % 90_000) / 1000;
    const charged = (index * 15_485_863) % 400_000;
    const paid = index % 3 === 0 ? opening : 0;
    const penalty = index % 20 === 0 ? 315 : 0;
    const due = opening + charged + penalty - paid;
    const service = SERVICES[index % SERVICES.length]!;
    const account = accountNumber(Math.floor(index / SERVICES.length));
    const sums = [opening, charged, 0, undefined, 0, penalty, paid, due].map((sum) => (sum === undefined ? '' : roubles(sum)));
    return `${account};10.2026;${service};${sums.join(';')};${String(volume).replace('.', ',')};куб.м;${roubles(4_567 + (index % 8))};;АО «Поставщик»`;
  });
}

function roubles(kopecks: number): string {
  return `${Math.floor(kopecks / 100)},${String(kopecks % 100).padStart(2, '0')}`;
}

async function writeLines(path: string, header: string, count: number, line: (index: number) => string): Promise<void> {
  const file = createWriteStream(path);
  let messagePart = `${header}\r\n`;
  for (let index = 0; index < count; index += 1) {
    messagePart += `${line(index)}\r\n`;
    if (messagePart.length < 262_144) continue;
    if (!file.write(iconv.encode(messagePart, 'win1251'))) await once(file, 'drain');
    messagePart = '';
  }
  file.end(iconv.encode(messagePart, 'win1251'));
  await once(file, 'finish');
}
