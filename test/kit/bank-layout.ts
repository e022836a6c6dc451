import type { z } from 'zod';
import type { Layout } from '../../src/office/registries/layouts/layout.ts';

/** Like a savings bank's: `#` above, no header, dates with dashes, totals below. */
export const BANK = {
  name: 'Банк',
  kind: 'payments',
  fileName: '^bank_\\d+\\.txt$',
  encoding: 'windows-1251',
  header: false,
  columns: ['Дата', '', 'Номер операции', 'ЛС', '', 'Сумма'],
  date: 'DD-MM-YYYY',
  constants: { Источник: 'Банк' },
  skip: '^#',
  trailer: { line: '^=', columns: ['count', 'sum'] },
} satisfies z.input<typeof Layout>;
