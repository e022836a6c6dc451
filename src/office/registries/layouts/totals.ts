import { plainSpaces } from '../../../domain/unbroken.ts';
import { formatMoney } from '../../../domain/money.ts';
import { money } from '../reading/cells.ts';
import type { CsvRecord } from '../reading/csv.ts';
import { plainTitle } from '../reading/header.ts';
import { type Layout, SUMMED } from './layout.ts';
import type { Translation } from './translate.ts';

/** Adds up the rows of a described file, to be put beside the totals in its trailer. */
export type Totals = {
  see: (record: CsvRecord) => void;
  /** Why the file is not whole, in Russian; undefined where all agrees. */
  differ: () => string | undefined;
};

/** Undefined where the layout has no trailer. */
export function trailerTotals({ trailer, kind }: Layout, { titles, row }: Translation): Totals | undefined {
  if (!trailer) return undefined;
  const { count: countAt, sum: sumAt } = trailer.columns;
  const summed = titles.findIndex((title) => plainTitle(title) === plainTitle(SUMMED[kind] ?? ''));
  let rows = 0;
  let kopecks = 0;
  let unread = 0;
  let found: CsvRecord | undefined;
  let trailers = 0;

  return {
    see(record) {
      if (record.isTrailer) {
        trailers += 1;
        found = record;
        return;
      }
      rows += 1;
      if (sumAt === undefined) return;
      const sum = money(row(record).cells[summed] ?? '');
      if (typeof sum === 'string') kopecks += Number(sum);
      else unread += 1;
    },
    differ() {
      if (!found) return 'в файле нет строки с итогами: он передан не целиком, или описание ему не подходит';
      if (trailers > 1) return `в файле несколько строк с итогами (последняя — ${found.line}-я), а нужна одна`;
      const count = countAt === undefined ? undefined : numberIn(found.cells[countAt - 1])?.replace(/\s/g, '');
      const sum = sumAt === undefined ? undefined : numberIn(found.cells[sumAt - 1]);
      const said = money(sum ?? '');
      if (countAt !== undefined && (count === undefined || !/^\d+$/.test(count)))
        return `в строке с итогами (${found.line}-й) нет числа строк`;
      if (sumAt !== undefined && typeof said !== 'string') return `в строке с итогами (${found.line}-й) нет суммы`;
      const slips: string[] = [];
      if (count !== undefined && Number(count) !== rows) slips.push(`строк в итоге ${count}, а в файле ${rows}`);
      if (typeof said === 'string' && sumAt !== undefined && Number(said) !== kopecks)
        slips.push(
          `сумма в итоге ${plainSpaces(formatMoney(Number(said)))}, а в файле ${plainSpaces(formatMoney(kopecks))}${unread > 0 ? ` (не прочитана сумма в строках: ${unread})` : ''}`,
        );
      return slips.length > 0 ? `итоги не сходятся: ${slips.join('; ')}` : undefined;
    },
  };
}

/** The number in a cell that may have words and signs around it: `=2`, `Итого: 1 734,56`. */
function numberIn(cell = ''): string | undefined {
  return /[-−]?\d[\d\s\u00a0\u202f]*(?:[.,]\d+)?/.exec(cell.replace(/^=/, ''))?.[0].trim();
}
