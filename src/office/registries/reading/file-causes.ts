import { countTitles, knowHeader, MOST_TITLES } from './header.ts';

/** The first lines of a file as they read in one encoding. */
export type ReadIn = { encoding: string; lines: readonly string[] };

const SEPARATORS: Readonly<Record<string, string>> = { ',': 'запятой', '\t': 'табуляцией', '|': 'чертой «|»' };
/** Two titles by chance are too many. */
const ENOUGH_TITLES = 2;

/**
 * Why the first line of a file is no header, in the reader's words, where its lines read as one by another separator, in another encoding or
 * further down; undefined where they do not. The first of `readings` is the encoding in which the file was read.
 */
export function causeOf(readings: readonly ReadIn[]): string | undefined {
  const [asRead] = readings;
  for (const { encoding, lines } of readings) {
    const other = encoding === asRead?.encoding ? undefined : encoding;
    const [first = '', ...below] = lines;
    for (const separator of [';', ...Object.keys(SEPARATORS)]) {
      const cells = cellsOf(first, separator);
      if (countTitles(cells) < ENOUGH_TITLES) continue;
      const causes = [
        separator === ';' ? undefined : `столбцы разделены ${SEPARATORS[separator]}, а нужна точка с запятой`,
        other && causeOfEncoding(other),
      ].filter((cause) => cause !== undefined);
      if (causes.length > 0) return `${causes.join('; ')}: сохраните файл как CSV заново`;
    }
    const place = below.findIndex((line) => 'registry' in knowHeader(cellsOf(line, ';')));
    if (place >= 0)
      return other === undefined
        ? `строка заголовка должна быть первой, а она ${place + 2}-я: уберите строки над ней`
        : `${causeOfEncoding(other)}: сохраните файл как CSV заново`;
  }
  return undefined;
}

/** In either of the two that are taken it would have been read, were the lines above it not in the other one. */
function causeOfEncoding(other: string): string {
  return OURS.has(other)
    ? 'строки файла в разных кодировках, UTF-8 и windows-1251'
    : `похоже на кодировку ${other}, а нужна UTF-8 или windows-1251`;
}

const OURS: ReadonlySet<string> = new Set(['UTF-8', 'windows-1251']);

function cellsOf(line: string, separator: string): string[] {
  return line.split(separator, MOST_TITLES).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
}
