import { whyTaken } from '../kit/out-file.ts';
import type { Shell } from '../kit/shell.ts';
import { readQrOrder } from './order.ts';

const HELP = `npm run qr -- ЛИСТЫ.pdf                          все открытые лицевые счета
npm run qr -- СПИСОК [--out ЛИСТЫ.pdf]           только счета из списка
                                                 (без --out листы ложатся рядом со списком: СПИСОК.pdf)

Печатает листы А4 с QR-кодами: по 12 карточек на листе, их разрезают по пунктиру и раскладывают по почтовым ящикам.
На карточке — код, номер лицевого счёта и адрес, имён нет. Код открывает бота сразу на этом счёте:
передать показания счётчиков или оплатить без регистрации.

СПИСОК — реестр с заголовком, в котором есть столбец «ЛС» (например, реестр лицевых счетов), или номера по одному в строке;
UTF-8 или windows-1251. Карточки идут в порядке списка, а все счета — по адресам: улица, дом, квартира.
Адреса берутся из загруженного реестра (npm run import). Закрытые счета не печатаются.

  --bot ИМЯ   имя бота в Telegram, например inkomus_bot. Без него имя спрашивается у Telegram по BOT_TOKEN; у песочницы бот свой.
  --out ФАЙЛ  куда записать листы
  --force     заменить файл с таким именем, если он уже есть: прежний остаётся, пока новый не готов

База данных: DATABASE_URL, а без неё встроенная: бота (с BOT_TOKEN) в DATA_DIR, песочницы в DATA_DIR/sandbox; бот при этом может работать.
Код выхода: 0 — листы готовы, 1 — готовы, но без счетов, которые названы в списке неверно, 2 — листов нет.`;

const USAGE = 'Так: npm run qr -- ЛИСТЫ.pdf или npm run qr -- СПИСОК (подробнее: npm run qr -- --help)';

export async function qrCommand(args: string[], shell: Shell): Promise<0 | 1 | 2> {
  const order = readQrOrder(args);
  if (order === 'help') return shell.answer(HELP);
  if ('problem' in order) return shell.complain(`${order.problem} ${USAGE}`);
  const taken = await whyTaken(order.sheets, order);
  if (taken !== undefined) return shell.complain(taken);
  const { printSheets } = await import('./print.ts');
  return printSheets(order, shell);
}
