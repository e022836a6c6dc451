import { posix } from 'node:path';
import { cutTo } from '../../../domain/cut.ts';
import { RegistryUnreadable } from '../../../office/registries/reading/unreadable.ts';
import { type Archive, damaged, bookTooLarge } from './archive.ts';
import { oneLine } from './one-line.ts';
import { type CellStyle, styleOf } from './number-formats.ts';
import { readXmlWhole } from './xml.ts';

/** What is known of a workbook before its first sheet is read. */
export type Book = {
  /** Where the first sheet that is seen is, and what it is called. */
  sheet: { path: string; name: string };
  /** Days are counted from 1904. */
  from1904: boolean;
  styles: readonly CellStyle[];
  strings: readonly string[];
};

const MB = 1024 * 1024;
const MOST_OF_DIRECTORY = 8 * MB;
const MOST_OF_STYLES = 32 * MB;
/** They are held in memory. */
const MOST_OF_STRINGS = 96 * MB;
const LONGEST_STRING = 32_767;
/** Of sheets, and of what a part refers to. */
const MOST_LISTED = 1_000;
/** As many as Excel keeps of formats of cells. */
const MOST_STYLES = 65_536;

export async function readBook(archive: Archive): Promise<Book> {
  const rootRelations = await relationsOf(archive, '_rels/.rels');
  const main = rootRelations.find(({ type }) => type === 'officeDocument')?.target ?? 'xl/workbook.xml';
  const relations = await relationsOf(archive, posix.join(posix.dirname(main), '_rels', `${posix.basename(main)}.rels`), main);
  const { sheets, from1904 } = await readWorkbook(archive, main);
  const partOf = (type: string) => relations.find((relation) => relation.type === type)?.target;
  return {
    sheet: firstSeen(sheets, relations),
    from1904,
    styles: await readStyles(archive, partOf('styles')),
    strings: await readStrings(archive, partOf('sharedStrings')),
  };
}

type Sheet = { name: string; id: string; hidden: boolean };

function firstSeen(sheets: readonly Sheet[], relations: readonly Relation[]): Book['sheet'] {
  const paths = new Map<string, string>();
  for (const { id, type, target } of relations) if (type === 'worksheet' && !paths.has(id)) paths.set(id, target);
  for (const { hidden, id, name } of sheets) {
    const path = hidden ? undefined : paths.get(id);
    if (path !== undefined) return { path, name };
  }
  throw new RegistryUnreadable('в книге Excel нет ни одного листа с таблицей');
}

type Relation = { id: string; type: string; target: string };

/** Which parts a part refers to, by their whole paths; of a type its last word, which both editions of the format have. */
async function relationsOf(archive: Archive, path: string, of = ''): Promise<Relation[]> {
  const found: Relation[] = [];
  const stream = await archive.part(path, MOST_OF_DIRECTORY);
  if (!stream) return found;
  await readXmlWhole(stream, {
    open(name, { Id = '', Type = '', Target = '', TargetMode }) {
      if (name !== 'Relationship' || TargetMode === 'External') return;
      const target = Target.startsWith('/') ? Target.slice(1) : posix.join(posix.dirname(of), Target);
      if (found.length === MOST_LISTED) throw tooManyParts();
      found.push({ id: Id, type: Type.slice(Type.lastIndexOf('/') + 1), target });
    },
  });
  return found;
}

async function readWorkbook(archive: Archive, path: string) {
  const sheets: Sheet[] = [];
  let from1904 = false;
  const stream = await archive.part(path, MOST_OF_DIRECTORY);
  if (!stream) throw damaged();
  await readXmlWhole(stream, {
    open(tag, { name = '', id = '', state = 'visible', date1904 }) {
      if (tag === 'sheet') {
        if (sheets.length === MOST_LISTED) throw tooManyParts();
        sheets.push({ name, id, hidden: state !== 'visible' });
      }
      if (tag === 'workbookPr') from1904 = date1904 === '1' || date1904 === 'true';
    },
  });
  return { sheets, from1904 };
}

const tooManyParts = (): RegistryUnreadable =>
  new RegistryUnreadable(
    `в книге Excel больше ${MOST_LISTED} листов или частей: сохраните лист с таблицей как CSV с точкой с запятой`,
  );

async function readStyles(archive: Archive, path: string | undefined): Promise<CellStyle[]> {
  const stream = path === undefined ? undefined : await archive.part(path, MOST_OF_STYLES);
  if (!stream) return [];
  const codes = new Map<number, string>();
  const styles: CellStyle[] = [];
  let ofCells = false;
  await readXmlWhole(stream, {
    open(tag, { numFmtId = '0', formatCode }) {
      if (tag === 'numFmt' && formatCode !== undefined) codes.set(Number(numFmtId), formatCode);
      if (tag === 'cellXfs') ofCells = true;
      if (codes.size > MOST_STYLES || styles.length > MOST_STYLES) throw damaged();
      if (tag === 'xf' && ofCells) styles.push(styleOf(Number(numFmtId), codes.get(Number(numFmtId))));
    },
    close(tag) {
      if (tag === 'cellXfs') ofCells = false;
    },
  });
  return styles;
}

/** The strings that cells refer to by their place, each on one line; how they are to be pronounced is no part of them. */
async function readStrings(archive: Archive, path: string | undefined): Promise<string[]> {
  const stream = path === undefined ? undefined : await archive.part(path, MOST_OF_STRINGS);
  if (!stream) return [];
  const strings: string[] = [];
  let current = '';
  let inText = false;
  let pronounced = false;
  let length = 0;
  await readXmlWhole(stream, {
    open(tag) {
      if (tag === 'si') current = '';
      if (tag === 'rPh') pronounced = true;
      if (tag === 't') inText = !pronounced;
    },
    text(piece) {
      if (inText && current.length < LONGEST_STRING) current += piece;
    },
    close(tag) {
      if (tag === 't') inText = false;
      if (tag === 'rPh') pronounced = false;
      if (tag !== 'si') return;
      // Here, and not where a cell shows it: one string may be shown by a million of them.
      strings.push(oneLine(cutTo(current, LONGEST_STRING)));
      length += current.length + 16;
      if (length > MOST_OF_STRINGS) throw bookTooLarge(MOST_OF_STRINGS);
    },
  });
  return strings;
}
