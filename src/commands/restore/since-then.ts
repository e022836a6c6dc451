import { localTime } from '../../domain/local-day.ts';
import { listOpenAnnouncements } from '../../records/announcements.ts';
import type { Db } from '../../records/database.ts';
import { findLastExportNumber } from '../../records/exports.ts';

/**
 * What the bot did after the copy was made the copy does not know, and so it is done a second time: exports get numbers that billing has already,
 * with the same rows again, and announcements that went out meanwhile go out. In words, with the next move.
 */
export async function doneAgain(db: Db, timeZone: string): Promise<string> {
  const [readings, payments] = [await findLastExportNumber(db, 'readings'), await findLastExportNumber(db, 'payments')];
  const unsent = (await listOpenAnnouncements(db)).filter(({ state }) => state === 'sending');
  const named = unsent.map(
    ({ number, sendAt }) => `№ ${number}${sendAt === null ? '' : ` (на ${shown(localTime(sendAt, timeZone))})`}`,
  );
  return [
    'О том, что делалось после копии, бот не знает и сделает это ещё раз:',
    `- выгрузки: следующие получат номера ${readings + 1} (показания) и ${payments + 1} (платежи). Если биллинг уже получил файлы с этими номерами, строки из них придут снова, в других файлах: до первой выгрузки предупредите его;`,
    named.length === 0
      ? '- объявления: неразосланных в копии нет.'
      : `- объявления: в копии не разосланы ${named.join(', ')}. Если они уже ушли, сразу после запуска остановите их: «Объявление», «Отправленные», «Остановить».`,
  ].join('\n');
}

const shown = (local: string): string => local.replace(/^(\d+)-(\d+)-(\d+)T/, '$3.$2.$1 ');
