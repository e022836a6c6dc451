import { readCommandLine } from '../kit/command-line.ts';
import type { Shell } from '../kit/shell.ts';

const USAGE = 'Так: npm run import -- ФАЙЛ… (подробнее: npm run import -- --help)';

const UNDO_USAGE = 'Так: npm run import -- --undo 12 (подробнее: npm run import -- --help)';

export async function importCommand(args: string[], shell: Shell): Promise<0 | 1 | 2> {
  const asked = readCommandLine(args, ['undo', 'layout'], ['dry-run', 'owners-changed', 'accounts-closed']);
  if (asked === undefined && args.at(-1) === '--undo') return shell.complain(`--undo: не назван номер загрузки. ${UNDO_USAGE}`);
  if (asked === undefined) return shell.complain(`Команда написана неверно. ${USAGE}`);
  if (asked.help) return shell.answer((await import('./help.ts')).IMPORT_HELP);
  const { undo, layout } = asked.options;
  if (undo !== undefined) {
    if (asked.words.length > 0 || asked.flags.size > 0 || layout !== undefined)
      return shell.complain(`С --undo не называют ничего, кроме номера загрузки. ${UNDO_USAGE}`);
    const number = /^№?\s*([1-9]\d{0,8})$/.exec(undo.trim())?.[1];
    if (number === undefined)
      return shell.complain(
        `--undo: нужен номер загрузки — целое число, например 12; он печатается при загрузке, а есть и в npm run journal. ${UNDO_USAGE}`,
      );
    const { undoByNumber } = await import('./undo.ts');
    return undoByNumber(Number(number), shell);
  }
  if (asked.words.length === 0) return shell.complain(`Не назван ни один файл. ${USAGE}`);
  const { takeIn } = await import('./registries.ts');
  const owners = asked.flags.has('owners-changed') ? 'any' : 'few';
  const closings = asked.flags.has('accounts-closed') ? 'any' : 'few';
  return takeIn({ paths: asked.words, layout, rules: { owners, closings }, isDry: asked.flags.has('dry-run') }, shell);
}
