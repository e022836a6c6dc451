import { formatMoney } from '../../domain/money.ts';
import { formatPeriod, periodOf } from '../../domain/period.ts';
import { plainSpaces } from '../../domain/unbroken.ts';
import type { DryRun, ImportReport } from '../../office/registries/import-registry.ts';
import type { AccountClosings, OwnerChanges, RegistryHeld } from '../../office/registries/owner-changes.ts';
import { registryOf } from '../../office/registries/registries.ts';
import { figure } from '../kit/figure.ts';

/** What a file did, as the operator reads it: one line, and a line for each thing to look at. */
export function reportLines(report: ImportReport): string[] {
  const lines = [headLine(report)];
  if (report.owners && report.owners.changed > 0)
    lines.push(`  владелец сменился у счетов: ${ownersLine(report.owners, 'подключений закрыто')}`);
  if (report.closings && report.closings.closing > 0) lines.push(`  закрыто счетов: ${closingLine(report.closings)}`);
  lines.push(...causeLines(report));
  if (report.refusedFile !== undefined) lines.push(`  отклонённые строки с причинами: ${report.refusedFile}`);
  if (report.refusedProblem !== undefined) lines.push(`  ${report.refusedProblem}`);
  return [...lines, ...dueLines(report, 'взято'), ...besideLines(report)];
}

/** What a file would do: the same, with what it speaks of and its sums. */
export function dryLines({ report, contents }: DryRun): string[] {
  const { from, to, sums } = contents;
  const show =
    registryOf(report.kind).table.dated?.by === 'month' ? (day: string) => plainSpaces(formatPeriod(periodOf(day))) : dotted;
  const span = from === null || to === null ? undefined : from === to ? show(from) : `${show(from)} — ${show(to)}`;
  const about = [
    `лицевых счетов ${figure(contents.accounts)}`,
    span,
    ...Object.entries(sums).map(([name, sum]) => `${SUMS[name] ?? name} ${plainSpaces(formatMoney(sum))}`),
  ];
  const lines = [headLine(report), `  ${about.filter((part) => part !== undefined).join(', ')}`];
  if (report.owners) lines.push(`  владелец сменится у счетов: ${ownersLine(report.owners, 'подключений закроется')}`);
  if (report.closings && report.closings.closing > 0) lines.push(`  закроется счетов: ${closingLine(report.closings)}`);
  if (report.held) lines.push(...whyHeldLines(report.held));
  return [...lines, ...causeLines(report), ...dueLines(report, 'будет взято'), ...besideLines(report)];
}

/** Why rows were refused, a line a cause. */
function causeLines({ causes }: Pick<ImportReport, 'causes'>): string[] {
  if (!causes) return [];
  const lines = causes.first.map(
    ({ line, rows, reason }) => `  строка ${line}${rows > 1 ? ` и ещё ${figure(rows - 1)} по той же причине` : ''}: ${reason}`,
  );
  if (causes.others > 0) lines.push(`  …и ещё причин ${figure(causes.others)}, строк ${figure(causes.otherRows)}`);
  return lines;
}

/** A file that was not taken in for what it would do to owners, or for the accounts that it would close. */
export function heldLines(
  name: string,
  { number, changes, closings, held }: Pick<RegistryHeld, 'number' | 'changes' | 'closings' | 'held'>,
): string[] {
  const does = [
    ...(held.owners ? [`владелец сменится у счетов: ${ownersLine(changes, 'подключений закроется')}`] : []),
    ...(held.closings ? [`закроется счетов: ${closingLine(closings)}`] : []),
  ];
  return [
    `${name} (${registryOf('accounts').rowsTitle}), загрузка № ${number}: не загружено; ${does.join('; ')}`,
    ...whyHeldLines(held),
  ];
}

/** Why a file is held, and how it is taken in all the same. */
function whyHeldLines({ owners, closings }: RegistryHeld['held']): string[] {
  return [
    ...(owners
      ? [
          '  Владельцев меняется больше, чем 20 или 1 % счетов: похоже на ошибку в реестре. Если всё верно, загрузите файл с --owners-changed.',
        ]
      : []),
    ...(closings
      ? [
          '  Закрывается больше 20 счетов, и это больше 1 % всех: похоже на ошибку в реестре. Если всё верно, загрузите файл с --accounts-closed.',
        ]
      : []),
  ];
}

const SUMS: Readonly<Record<string, string>> = { charged: 'начислено', due: 'к оплате', paid: 'сумма платежей' };

const dotted = (day: string): string => day.split('-').toReversed().join('.');

function ownersLine({ changed, of, links }: OwnerChanges, what: string): string {
  return `${figure(changed)} (из ${figure(of)}); ${what}: ${figure(links)}`;
}

function closingLine({ closing, linked }: AccountClosings): string {
  return `${figure(closing)} (у жителей: ${figure(linked)})`;
}

function headLine(report: Omit<ImportReport, 'refusedFile'>): string {
  const counts = [
    `прочитано ${figure(report.read)}`,
    `новых ${figure(report.new)}`,
    `изменено ${figure(report.changed)}`,
    `без изменений ${figure(report.unchanged)}`,
    `отклонено ${figure(report.refused)}`,
  ];
  const which = report.number === null ? 'проверка' : `загрузка № ${report.number}`;
  const by = report.layout === undefined ? '' : `, описание «${report.layout}»`;
  return `${report.name} (${registryOf(report.kind).rowsTitle}${by}), ${which}: ${counts.join(', ')}`;
}

function dueLines({ dueDiffers: { rows, lines } }: Pick<ImportReport, 'dueDiffers'>, taken: string): string[] {
  if (rows === 0) return [];
  return [
    `  внимание: «К оплате» не сходится с остальными столбцами, таких строк ${figure(rows)} (${whereIn({ rows, lines })}); ${taken}, как в реестре`,
  ];
}

/** Rows that are there already but for the supplier or the source. */
function besideLines({ kind, beside }: Pick<ImportReport, 'kind' | 'beside'>): string[] {
  if (!beside) return [];
  const [what, doubt] =
    kind === 'payments'
      ? [
          'платежи с тем же номером, счётом, днём и суммой из другого источника',
          'источник тот же, но написан иначе, деньги учтутся дважды',
        ]
      : [
          'начисления за тот же период по той же услуге от другого поставщика',
          'поставщик тот же, но написан иначе, начисления удвоятся',
        ];
  return [`  внимание: уже есть ${what}, таких строк ${figure(beside.rows)} (${whereIn(beside)}); если ${doubt}`];
}

const whereIn = ({ rows, lines }: { rows: number; lines: readonly number[] }): string =>
  `${lines.length === rows ? 'строки' : 'первые строки'} файла: ${lines.join(', ')}`;
