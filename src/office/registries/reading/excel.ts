/** What a spreadsheet makes of cells, and what to do about it, in Russian. */
export const ONES_OF_EXCEL = {
  power: { cause: 'так Excel сокращает длинные номера, и цифры потеряны (сделайте столбец текстовым и выгрузите заново)' },
  formula: { cause: 'так Excel пишет текст формулой (оставьте само значение, без знака равенства и кавычек)' },
  apostrophe: { cause: 'апостроф в начале остался от Excel (уберите его)' },
  error: { cause: 'это ошибка в формуле Excel, а не значение' },
  fraction: { cause: 'Excel сделал из номера дробное число (сделайте столбец текстовым и выгрузите заново)' },
  serialDay: { cause: 'так Excel хранит даты (покажите столбец датами, как 31.10.2026, и сохраните заново)' },
  decimals: { cause: 'больше двух знаков после запятой, хотя Excel мог показывать два (округлите саму сумму, например ОКРУГЛ)' },
} as const;

const ERROR = /^#(?:Н\/Д|ЗНАЧ!|ССЫЛКА!|ДЕЛ\/0!|ИМЯ\?|ЧИСЛО!|ПУСТО!|N\/A|VALUE!|REF!|DIV\/0!|NAME\?|NUM!|NULL!|#+)$/i;
const POWER = /^-?\d+(?:[.,]\d+)?E[+-]?\d+$/i;

/** What of a spreadsheet's own stands in a cell of any column; `refused` is whether the column's own reader could not read it. */
export function excelSlip(cell: string, refused: boolean): { cause: string } | undefined {
  const first = cell.charCodeAt(0);
  // Nothing of it begins with a letter; most cells do, or with a digit.
  if (!refused && first !== 61 && first !== 35) return undefined;
  const text = cell.trim();
  if (text.startsWith('=')) return ONES_OF_EXCEL.formula;
  if (ERROR.test(text)) return ONES_OF_EXCEL.error;
  if (!refused) return undefined;
  if (POWER.test(text)) return ONES_OF_EXCEL.power;
  return /^'\d/.test(text) ? ONES_OF_EXCEL.apostrophe : undefined;
}
