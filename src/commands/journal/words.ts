import { localTime } from '../../domain/local-day.ts';
import { SCHEDULE } from '../../office/registries/scheduled-exports.ts';
import { COMMAND_LINE, type JournalLine, REGISTRY_FOLDER } from '../../records/audit-log.ts';
import { detailsOf } from './details.ts';

/** Who is no person of the messenger, by the words of the log. */
const ACTORS: Readonly<Record<string, string>> = {
  [COMMAND_LINE]: 'оператор',
  [REGISTRY_FOLDER]: 'папка реестров',
  [SCHEDULE]: 'по расписанию',
  bot: 'бот',
};

/** As the log has whoever is called so here: `оператор`. */
export function actorOf(typed: string): string {
  const known = Object.entries(ACTORS).find(([, called]) => called === typed.toLowerCase());
  return known?.[0] ?? typed;
}

/** What the verbs of the journal mean; one that is not here is shown by its name alone. */
const VERBS: Readonly<Record<string, string>> = {
  'account-passwords.issue': 'выдан пароль к лицевому счёту',
  'account-passwords.take-back': 'пароль к лицевому счёту отозван',
  'accounts.search': 'искали по словам',
  'accounts.look-up': 'смотрели лицевой счёт',
  'residents.look-up': 'смотрели жителя',
  'residents.phone': 'смотрели телефон жителя',
  'requests.look-up': 'смотрели обращения по счёту',
  'linking.reopen': 'снова открыто подключение по сумме',
  'announcements.send': 'отправлено объявление',
  'announcements.stop': 'объявление остановлено',
  'data.backup': 'сделана копия базы',
  'data.change-bot': 'данные переданы другому боту',
  'data.move': 'данные перенесены в другую базу',
  'data.restore': 'база загружена из копии',
  'desk.answer': 'ответ жителю',
  'desk.close': 'обращение закрыто',
  'desk.close-quiet': 'обращение закрылось само',
  'desk.edit': 'ответ исправлен',
  'desk.handOver': 'передано коллеге',
  'desk.hear': 'снято молчание',
  'desk.note': 'заметка для своих',
  'desk.reopen': 'обращение возвращено в работу',
  'desk.silence': 'сообщения жителя не принимаются',
  'desk.stats': 'смотрели статистику',
  'desk.take': 'взято в работу',
  'desk.write': 'написали жителю из темы сообщения бота',
  'desk.withdraw': 'ответ отозван',
  'persons.look-up': 'смотрели, что хранится о жителе',
  'persons.erase': 'данные жителя удалены по заявлению',
  'persons.export': 'выданы данные жителя по заявлению',
  'payments.credit': 'платёж зачислен вручную',
  'payments.credit-asked': 'спросили, зачислить ли платёж вручную',
  'payments.credit-undone': 'зачисление вручную отменено',
  'payments.refunded': 'деньги возвращены плательщику',
  'payments.refuse': 'в зачислении отказано',
  'payments.settle': 'платёж учтён иначе',
  'registries.import': 'реестр загружен',
  'registries.held': 'реестр не загружен: сменилось бы много владельцев',
  'registries.bring': 'прислан реестр',
  'registries.apply': 'реестр проведён',
  'registries.drop': 'от реестра отказались',
  'registries.undo': 'загрузка реестра отменена',
  'registries.export': 'выгрузка для биллинга',
  'registries.export-again': 'выгрузка для биллинга ещё раз',
  'resolutions.credit': 'смотрели, как зачислить платёж',
  'resolutions.end-link': 'новое подключение закрыто',
  'resolutions.keep-link': 'новое подключение оставлено',
  'resolutions.refunded': 'смотрели, как отметить возврат',
  'resolutions.refuse': 'смотрели, как отказать в зачислении',
  'resolutions.reopen-linking': 'подключение по сумме открыто снова',
  'resolutions.resend-codes': 'коды отправлены другим способом',
  'resolutions.retry': 'сообщение жителя обработано ещё раз',
  'resolutions.settle': 'сообщение бота разобрано',
  'resolutions.settle-payment': 'смотрели, как отметить, что платёж учтён иначе',
  'relatives.offer': 'житель сделал ссылку для близкого',
  'relatives.take': 'близкий открыл доступ по ссылке',
  'relatives.end': 'житель закрыл доступ близкого',
  'requests.export': 'выгрузка обращений',
};

export const VERBS_KNOWN = Object.keys(VERBS);

/** One entry on one line: when, who, what, about what, and the details. */
export function journalLine(entry: JournalLine, timeZone: string): string {
  const { at, who, name, what, account, requestNumber: request, details } = entry;
  const verb = VERBS[what];
  const actor = ACTORS[who] ?? who;
  const about = [account !== null && `ЛС ${account}`, request !== null && `обращение № ${request}`].filter(Boolean).join(', ');
  const parts = [
    localTime(at, timeZone).replace('T', ' '),
    name === null ? actor : `${name} (${actor})`,
    verb === undefined ? what : `${verb} [${what}]`,
    about,
    detailsOf(what, details, timeZone),
  ];
  return parts
    .filter((part) => part !== '')
    .map(printable)
    .join('  ');
}

/** People choose their names in the messenger: what could steer a terminal or break the line is taken out. */
function printable(words: string): string {
  return words.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, '');
}
