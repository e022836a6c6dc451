import { extname } from 'node:path';
import { readCommandLine } from '../kit/command-line.ts';

/** What is to be printed where; without a list all accounts, without a bot the one of `BOT_TOKEN`. */
export type QrOrder = {
  list: string | undefined;
  sheets: string;
  bot: string | undefined;
  /** Sheets of that name may be replaced. */
  isForced: boolean;
};

/** A word that ends in `.pdf` is where the sheets go, any other is the list. */
export function readQrOrder(args: string[]): QrOrder | 'help' | { problem: string } {
  const asked = readCommandLine(args, ['out', 'bot'], ['force']);
  if (!asked) return { problem: 'Команда написана неверно.' };
  if (asked.help) return 'help';
  const { words, options, flags } = asked;
  const isSheets = (word: string) => extname(word).toLowerCase() === '.pdf';
  const lists = words.filter((word) => !isSheets(word));
  const outs = [...words.filter(isSheets), ...(options.out === undefined ? [] : [options.out])];
  if (lists.length + outs.length === 0) return { problem: 'Не сказано, куда записать листы.' };
  if (lists.length > 1 || outs.length > 1) return { problem: 'Назовите один список и один файл для листов.' };
  const [list] = lists;
  return {
    list,
    sheets: outs[0] ?? `${list?.slice(0, list.length - extname(list).length)}.pdf`,
    bot: options.bot,
    isForced: flags.has('force'),
  };
}
