import { localTime } from '../../domain/local-day.ts';
import { listOpenAnnouncements } from '../../records/announcements.ts';
import type { Db } from '../../records/database.ts';
import { findLastExportNumber } from '../../records/exports.ts';

/**
 * A backup is the base of one moment. What came after it is lost, and what the bot did after it the bot does a second time: exports get numbers
 * that billing has already, with the same rows again; announcements and notices that went out meanwhile go out. In words, with the next moves.
 */
export async function sinceThen(db: Db, { madeAt, timeZone }: { madeAt: string; timeZone: string }): Promise<string> {
  const [readings, payments] = [await findLastExportNumber(db, 'readings'), await findLastExportNumber(db, 'payments')];
  const unsent = (await listOpenAnnouncements(db)).filter(({ state }) => state === 'sending');
  const named = unsent.map(
    ({ number, sendAt }) => `№ ${number}${sendAt === null ? '' : ` (на ${shown(localTime(sendAt, timeZone))})`}`,
  );
  const since = shown(localTime(new Date(madeAt), timeZone));
  return [
    `Того, что было после копии (${since}), в базе нет. До запуска:`,
    '- платежи картой: бот о них не узнает, их долг показан неоплаченным. Возьмите у провайдера список с этого времени и отдайте биллингу те, что ещё не выгружены;',
    '- отзывы согласия и удаления по заявлению: эти люди снова есть, со входом и уведомлениями. Удалите их ещё раз: npm run person -- erase;',
    '- реестры: загруженное пропало, и подключение по сумме и долги идут по старым данным. Переложите файлы из registries/done в registries/in (перед именем стоит время, по UTC) или загрузите их снова;',
    '- показания: те, что выгружены, у биллинга есть; об остальных попросите жителей ещё раз;',
    '- обращения: темы, открытые с этого времени, бот не узнаёт; ответьте этим людям иначе.',
    '',
    'А это бот сделает ещё раз:',
    `- выгрузки: следующие получат номера ${readings + 1} (показания) и ${payments + 1} (платежи). Если биллинг уже получил файлы с этими номерами, строки из них придут снова, в других файлах: до первой выгрузки предупредите его;`,
    named.length === 0
      ? '- объявления: неразосланных в копии нет;'
      : `- объявления: в копии не разосланы ${named.join(', ')}. Если они уже ушли, сразу после запуска остановите их: «Объявление», «Отправленные», «Остановить»;`,
    '- уведомления: те, что во время копии ждали отправки, и новости реестров, загруженных снова.',
  ].join('\n');
}

const shown = (local: string): string => local.replace(/^(\d+)-(\d+)-(\d+)T/, '$3.$2.$1 ');
