import type { ExportKind } from '../../records/exports.ts';

/** The header of what goes out to billing. */
export const EXPORT_COLUMNS: Readonly<Record<ExportKind, readonly string[]>> = {
  readings: ['ЛС', 'Номер счетчика', 'Услуга', 'Шкала', 'Показание', 'Дата', 'Источник'],
  payments: ['ЛС', 'Дата', 'Сумма', 'Источник', 'Номер операции'],
};
