import { localTime } from '../../domain/local-day.ts';
import { formatMoney } from '../../domain/money.ts';
import { plainSpaces } from '../../domain/unbroken.ts';
import { REGISTRIES } from '../../office/registries/registries.ts';

/** What the details of an entry are called, in the order in which they are read: Postgres keeps none. */
const KEYS: Readonly<Record<string, string>> = {
  number: '№',
  corrects: 'исправляет №',
  name: 'файл',
  file: 'файл',
  kind: 'вид',
  order: 'заявка',
  madeAt: 'сделана',
  operation: 'номер операции',
  sum: 'сумма',
  left: 'осталось',
  account: 'ЛС',
  held: 'причина',
  read: 'прочитано',
  rows: 'строк',
  new: 'новых',
  changed: 'изменено',
  refused: 'отклонено',
  removed: 'удалено строк',
  restored: 'возвращено строк',
  links: 'подключений',
  closing: 'закрылось бы счетов',
  linked: 'из них у жителей',
  from: 'с',
  to: 'кому',
  accounts: 'лицевые счета',
  by: 'по чему',
  count: 'сколько',
  days: 'дней',
  delivered: 'доставлено',
  dropped: 'не принято сообщений',
  for: 'для чего',
  found: 'найдено',
  gone: 'уже закрыто',
  listed: 'показано',
  message: 'сообщение №',
  papers: 'документы',
  // The id of its row is not to be taken for the password.
  password: 'запись о пароле',
  phone: 'телефон',
  place: 'где',
  provider: 'провайдер',
  reason: 'причина',
  requests: 'обращения',
  sendAt: 'отправить',
  sha256: 'отпечаток файла',
  span: 'за',
  target: 'кому',
  until: 'до',
  waiting: 'ещё ждали',
};

const ORDER: readonly string[] = Object.keys(KEYS);

/** The same word means something else there. */
const KEYS_OF: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'data.change-bot': { from: 'прежний бот', to: 'новый бот' },
  'data.move': { to: 'куда' },
  'registries.held': { changed: 'сменилось бы владельцев', links: 'закрылось бы подключений' },
  'requests.export': { to: 'по' },
};

/** Words of the program, for people; what is not here stays as it is. */
const VALUES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  by: { phone: 'по телефону', account: 'по лицевому счёту' },
  for: { password: 'пароль' },
  kind: {
    readings: 'показания',
    payments: 'платежи',
    'limit-by-account': 'исчерпаны попытки по счёту',
    'limit-by-account-password': 'исчерпаны попытки пароля по счёту',
    'limit-by-person': 'исчерпаны попытки у человека',
    'limit-by-person-password': 'исчерпаны попытки пароля у человека',
    'limit-overall': 'исчерпаны попытки у всех вместе',
    'guest-lookups': 'гость смотрел много счетов',
    'guest-lookups-overall': 'гости смотрели много счетов',
    'not-me': '«Это не я»',
    'reading-refused': 'показание отклонено',
    'readings-refused-more': 'отклонено много показаний',
    'sms-provider': 'провайдер SMS',
    'sms-numbers-alike': 'похожие номера просят коды',
    'sms-overall': 'коды для всех исчерпаны',
    'payment-not-credited': 'платёж не зачислен',
    'payment-failed': 'платёж не записан',
    'payment-refunded': 'платёж возвращён',
    'payment-return': 'возврат платежа',
    'payment-differs': 'платёж расходится с реестром',
    'payment-late': 'платёж не пришёл в реестре',
    'update-failed': 'сообщение не обработано',
    'update-stuck': 'сообщение не обрабатывается',
  },
  held: { owners: 'смена владельцев', closings: 'закрытие счетов' },
  papers: {
    passport: 'паспорт',
    'driving-licence': 'водительское удостоверение',
    'military-id': 'военный билет',
    'payment-document': 'платёжный документ',
    'names-match': 'ФИО и адрес совпадают',
    'ownership-certificate': 'свидетельство о регистрации права',
    'tenancy-agreement': 'договор найма',
    application: 'заявление',
    identity: 'удостоверение личности',
  },
  span: { week: 'неделю', month: 'месяц', year: 'год' },
  target: { all: 'всем', street: 'улице', house: 'дому' },
  until: { 'for ever': 'навсегда' },
};

const SUMS = new Set(['sum', 'left']);
/** Lists of words or numbers with spaces between. */
const LISTS = new Set(['papers', 'accounts', 'requests', 'held']);

/** The details of an entry for people: `файл: accounts.csv, строк: 12`. */
export function detailsOf(verb: string, details: Readonly<Record<string, unknown>>, timeZone: string): string {
  const rank = (key: string): number => (key in KEYS ? ORDER.indexOf(key) : ORDER.length);
  return Object.entries(details)
    .toSorted(([one], [other]) => rank(one) - rank(other))
    .map(([key, value]) => {
      const called = KEYS_OF[verb]?.[key] ?? KEYS[key] ?? key;
      return `${called}${called.endsWith('№') ? ' ' : ': '}${valueOf(key, value, timeZone)}`;
    })
    .join(', ');
}

function valueOf(key: string, value: unknown, timeZone: string): string {
  if (typeof value === 'boolean') return value ? 'да' : 'нет';
  if (SUMS.has(key) && typeof value === 'number') return plainSpaces(formatMoney(value));
  const said = String(value);
  if (/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(said)) return timeOf(new Date(said), timeZone);
  if (/^\d{4}-\d{2}-\d{2}$/.test(said)) return said.split('-').toReversed().join('.');
  if (LISTS.has(key))
    return said
      .split(' ')
      .map((each) => VALUES[key]?.[each] ?? each)
      .join(', ');
  return VALUES[key]?.[said] ?? (key === 'kind' ? registryKind(said) : said);
}

const registryKind = (kind: string): string => REGISTRIES.find((registry) => registry.kind === kind)?.rowsTitle ?? kind;

function timeOf(moment: Date, timeZone: string): string {
  return localTime(moment, timeZone).replace(/^(\d+)-(\d+)-(\d+)T/, '$3.$2.$1 ');
}
