import { readCommandLine } from '../kit/command-line.ts';
import { whyTaken } from '../kit/out-file.ts';
import type { Shell } from '../kit/shell.ts';
import { NAMES, readKind } from './kinds.ts';

const USAGE = `Так: npm run export -- ${NAMES.join('|')}|requests [--out ФАЙЛ] (подробнее: npm run export -- --help)`;

export async function exportCommand(args: string[], shell: Shell): Promise<0 | 1 | 2> {
  const asked = readCommandLine(args, ['out', 'number', 'from', 'to'], ['force']);
  if (asked === undefined) return shell.complain(`Команда написана неверно. ${USAGE}`);
  if (asked.help) return shell.answer((await import('./help.ts')).EXPORT_HELP);
  const { words, options, flags } = asked;
  const [word] = words.length === 1 ? words : [];
  if (word === 'requests') {
    const { out, number, ...days } = options;
    if (number !== undefined) return shell.complain(`У выгрузки обращений нет номера. ${USAGE}`);
    if (!out?.trim()) return shell.complain(`Не назван файл: --out ФАЙЛ.xlsx. ${USAGE}`);
    const taken = await whyTaken(out, { isForced: flags.has('force') });
    if (taken !== undefined) return shell.complain(taken);
    const { exportRequests } = await import('./requests.ts');
    return exportRequests(out, days, USAGE, shell);
  }
  const kind = readKind(word);
  if (kind === undefined) return shell.complain(`Назовите одно: ${NAMES.join(', ')} или requests. ${USAGE}`);
  if (options.from !== undefined || options.to !== undefined)
    return shell.complain(`Дни называют только для обращений (requests). ${USAGE}`);
  if (flags.has('force')) return shell.complain(`--force нужен только обращениям (requests). ${USAGE}`);
  if (options.out?.trim() === '') return shell.complain(`Не назван файл. ${USAGE}`);
  if (options.number !== undefined && !/^[1-9]\d{0,8}$/.test(options.number))
    return shell.complain(`Номер выгрузки — целое число, например 3. ${USAGE}`);
  const { writeNew, writeAgain } = await import('./rows.ts');
  return options.number === undefined
    ? writeNew(kind, options.out, shell)
    : writeAgain(kind, Number(options.number), options.out, shell);
}
