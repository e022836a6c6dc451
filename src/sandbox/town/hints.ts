import { formatMoney } from '../../domain/money.ts';
import { formatPeriod } from '../../domain/period.ts';
import type { TownAccount, TownHints, TownTip } from '../protocol.ts';
import type { Town } from './generate.ts';
import { drawPortraits, type Portrait } from './portraits.ts';
import { TOWN } from './streets.ts';

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
  {
    fits: (one) => one.zones === 3 && one.meters.size > 2,
    note: (one) => `${metersInWords(one.meters.size)}, у электричества три зоны: показания всех за один раз.`,
  },
  {
    fits: (one) => one.zones === 2 && one.flat && one.recalculated < 0,
    note: (one) => `День и ночь у электричества, в последнем месяце перерасчёт ${formatMoney(one.recalculated)}.`,
  },
  { fits: (one) => one.overdueMeter, note: () => 'Срок поверки счётчика прошёл.' },
  {
    fits: (one) => one.verificationEnds !== undefined,
    note: (one) => `Поверка счётчика кончается ${formatDay(one.verificationEnds!)}: передвиньте часы ближе к этому дню.`,
  },
  { fits: (one) => one.rollsOver, note: () => 'Счётчик вот-вот пойдёт с нуля: 99999 и дальше 0.' },
  { fits: (one) => one.due === one.paidSince && one.paidSince > 0, note: () => 'Всё оплачено: задолженности нет.' },
  { fits: (one) => one.closed, note: () => 'Лицевой счёт закрыт.' },
];

/** What the made-up town offers to try; readings are taken on these days of the month. */
export function townHints(town: Town, window: { from: number; to: number }): TownHints {
  const portraits = drawPortraits(town);
  const accounts: TownAccount[] = [];
  for (const { fits, note } of TRIES) {
    const found = portraits.find((one) => fits(one) && !accounts.some((account) => account.accountNumber === one.account));
    if (found) accounts.push(shown(found, note(found)));
  }
  return {
    title: TOWN,
    about: `Этого города нет: ${accountsInWords(portraits.length)}, жители, начисления и платежи выдуманы. Бот настоящий.`,
    tips: tips(window),
    accounts,
    readingsFromDay: window.from,
  };
}

const tips = (window: { from: number; to: number }): TownTip[] => [
  {
    title: 'Зарегистрироваться',
    text: 'Откройте телефон жителя или нажмите «Новый житель». В чате нажмите «Запустить» и «Регистрация»: код из SMS появится на этой странице.',
  },
  {
    title: 'Подключить лицевой счёт',
    text: 'Возьмите номер и сумму из списка ниже: суммы в нём такие, какими город начался. Если по счёту потом пришёл платёж, нужна сумма платежей того месяца, а к оплате — сколько скажет бот. Второй способ — пароль из пункта приёма платежей: его выдаёт сотрудник в личном чате с ботом, «Выдать пароль».',
  },
  {
    title: 'Посмотреть долг и квитанцию',
    text: '«Задолженность», «Квитанция» с QR-кодом, «История начислений и платежей» с графиком, «Детализация за период» с файлом XLSX: документы открываются и скачиваются.',
  },
  {
    title: 'Передать показания',
    text: `С ${window.from} по ${window.to} число каждого месяца. Другой день — кнопка «Передвинуть» у часов; снимок счётчика — под скрепкой.`,
  },
  { title: 'Заплатить', text: 'Деньги ненастоящие, а карту можно выбрать и такую, которую банк отклонит.' },
  {
    title: 'Без входа',
    text: 'Показания и оплата работают по номеру лицевого счёта; «Открыть ссылку с квитанции» — то же по QR-коду с бумаги.',
  },
  {
    title: 'Получить уведомление',
    text: 'Они приходят с 9 до 21. «Новые начисления» и «Пришёл платёж» — то, что присылают биллинг и банк; переведите часы на неделю вперёд, на дни показаний. Лишние уведомления выключаются в «Настройках».',
  },
  {
    title: 'Обратиться в центр и ответить жителю',
    text: '«Обратная связь»: обращение становится темой в группе сотрудников. Выберите там, от чьего имени писать, нажмите «Взять в работу» и ответьте; строку, которая начинается с //, житель не увидит.',
  },
  {
    title: 'Поработать за сотрудника',
    text: 'В личном чате с ботом у него есть «Выдать пароль», «Найти лицевой счёт», «Загрузить реестр» и «Объявление». Старший здесь — владелец группы, Ольга.',
  },
  {
    title: 'Сломать',
    text: 'Три точки у чата: закрыть или удалить тему, кто в группе и с какими правами, бот в группе, группа без тем; у жителя — заблокировать бота.',
  },
];

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
  const words: Partial<Record<Intl.LDMLPluralRule, string>> = { one: 'лицевой счёт', few: 'лицевых счёта' };
  return `${count} ${words[new Intl.PluralRules('ru').select(count)] ?? 'лицевых счетов'}`;
}

const metersInWords = (count: number): string => (count < 5 ? `${count} счётчика` : `${count} счётчиков`);

/** `2026-12-08` is `8.12.2026`. */
const formatDay = (day: string): string => day.split('-').toReversed().map(Number).join('.');

function monthBefore(one: Portrait): string {
  const [period, payments] = [...one.payments].at(-2)!;
  return `${formatPeriod(period)}: ${formatMoney(payments.sum)}`;
}
