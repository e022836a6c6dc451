import type { ImportReport } from '../adapters/registries/import-registry.ts';

const KINDS: Readonly<Record<ImportReport['kind'], string>> = {
  accounts: 'лицевые счета',
  charges: 'начисления',
  payments: 'платежи',
  meters: 'счётчики',
  reading_answers: 'ответ на показания',
};

/** What a file did, as the operator reads it: one line, and a line for each thing to look at. */
export function reportLines(report: ImportReport): string[] {
  const counts = [
    `прочитано ${figure(report.read)}`,
    `новых ${figure(report.new)}`,
    `изменено ${figure(report.changed)}`,
    `без изменений ${figure(report.unchanged)}`,
    `отклонено ${figure(report.refused)}`,
  ];
  const lines = [`${report.name} (${KINDS[report.kind]}): ${counts.join(', ')}`];
  if (report.refusedFile !== undefined) lines.push(`  отклонённые строки с причинами: ${report.refusedFile}`);
  const { rows, lines: first } = report.dueDiffers;
  if (rows > 0) {
    const where = `${first.length === rows ? 'строки' : 'первые строки'} файла: ${first.join(', ')}`;
    lines.push(
      `  внимание: «К оплате» не сходится с остальными столбцами, таких строк ${figure(rows)} (${where}); взято, как в реестре`,
    );
  }
  return lines;
}

/** `1 234 567`. */
export function figure(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ' ');
}
