import { UNREAD_ACCOUNT } from '../../../records/registries/table.ts';
import { ACCOUNT_TITLE, type Column } from '../registry.ts';
import type { Header } from './header.ts';

const TOTALS = /^(?:итого|всего)(?![а-яё])/i;
const COLUMN_NUMBER = /^\d{1,2}$/;
/** An account has no fewer in a row. */
const FIVE_DIGITS = /\d{5}/;
/** A line of a title or a signature, or what is left of one that was broken, has no more cells. */
const CELLS_OF_NO_ROW = 2;

/** Whether a row is the sum of others, by its words. */
export const isOfTotals = (cells: readonly string[]): boolean => cells.some((cell) => TOTALS.test(cell.trim()));

/**
 * What stands for the account of a refused row in which none can be read, in the kinds that replace what an account has: `UNREAD_ACCOUNT` where
 * the row may be anyone's (an empty cell below the first of merged ones, what Excel made of a number), null where it is no row of the
 * registry: totals, numbers of columns, the header once more, a signature. `isCut`: the line could not be divided into its cells.
 */
export function unreadAccounts({ registry, places }: Header): (cells: readonly string[], isCut: boolean) => string | null {
  if (!registry.replacesGroups) return () => null;
  const placesOf = (is: (column: Column) => boolean): number[] =>
    registry.columns.flatMap((column, index) => (is(column) ? [places[index] ?? -1] : []));
  const [account = -1] = placesOf(({ title }) => title === ACCOUNT_TITLE);
  const named = placesOf((column) => !column.optional && 'part' in column && column.part === 'key');
  return (cells, isCut) => {
    const trimmed = cells.map((cell) => cell.trim());
    const filled = trimmed.filter((cell) => cell !== '');
    if (isOfTotals(filled) || filled.every((cell) => COLUMN_NUMBER.test(cell))) return null;
    const said = trimmed[account] ?? '';
    const isSomebodys = isCut
      ? filled.some((cell) => FIVE_DIGITS.test(cell))
      : said === ''
        ? named.every((place) => (trimmed[place] ?? '') !== '')
        : /\d/.test(said) && filled.length > CELLS_OF_NO_ROW;
    return isSomebodys ? UNREAD_ACCOUNT : null;
  };
}
