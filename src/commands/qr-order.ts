import { extname } from 'node:path';
import { parseArgs } from 'node:util';

/** What is to be printed where; without a list all accounts, without a bot the one of `BOT_TOKEN`. */
export type QrOrder = { list: string | undefined; sheets: string; bot: string | undefined };

/** A word that ends in `.pdf` is where the sheets go, any other is the list. */
export function readQrOrder(args: string[]): QrOrder | 'help' | { problem: string } {
  let values: { help?: boolean; out?: string; bot?: string };
  let words: string[];
  try {
    ({ values, positionals: words } = parseArgs({
      args,
      allowPositionals: true,
      options: { help: { type: 'boolean', short: 'h' }, out: { type: 'string' }, bot: { type: 'string' } },
    }));
  } catch {
    return { problem: 'Команда написана неверно.' };
  }
  if (values.help) return 'help';
  const isSheets = (word: string) => extname(word).toLowerCase() === '.pdf';
  const lists = words.filter((word) => !isSheets(word));
  const outs = [...words.filter(isSheets), ...(values.out === undefined ? [] : [values.out])];
  if (lists.length + outs.length === 0) return { problem: 'Не сказано, куда записать листы.' };
  if (lists.length > 1 || outs.length > 1) return { problem: 'Назовите один список и один файл для листов.' };
  const [list] = lists;
  return { list, sheets: outs[0] ?? `${list?.slice(0, list.length - extname(list).length)}.pdf`, bot: values.bot };
}
