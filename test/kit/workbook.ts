import { crc32, deflateRawSync } from 'node:zlib';

/** A cell of a made-up workbook: a string (shared), a number, or what its XML is. */
export type MadeCell = string | number | { xml: string } | null;

export type MadeWorkbook = {
  rows: readonly (readonly MadeCell[])[];
  /** The number of each row; absent: from 1. */
  numbers?: readonly number[];
  sheetName?: string;
  /** Sheets before it that are hidden. */
  hidden?: boolean;
  from1904?: boolean;
  /** Number formats by their codes; a cell refers to the first of them by `s="1"`. */
  formats?: readonly string[];
  /** Cells that are made one: `A2:A4`. */
  merged?: readonly string[];
  /** Parts besides, or in place of others. */
  parts?: Readonly<Record<string, string | undefined>>;
};

/** The bytes of an XLSX, as Excel writes one. */
export function workbook({
  rows,
  numbers,
  sheetName = 'Лист1',
  hidden = false,
  from1904 = false,
  formats = [],
  merged = [],
  parts = {},
}: MadeWorkbook): Buffer {
  const strings = new Map<string, number>();
  const shared = (text: string): number => {
    if (!strings.has(text)) strings.set(text, strings.size);
    return strings.get(text) ?? 0;
  };
  const cell = (value: MadeCell, address: string): string => {
    if (value === null) return '';
    if (typeof value === 'string') return `<c r="${address}" t="s"><v>${shared(value)}</v></c>`;
    return typeof value === 'number' ? `<c r="${address}"><v>${value}</v></c>` : value.xml.replaceAll('@', address);
  };
  const body = rows.map((cells, at) => {
    const number = numbers?.[at] ?? at + 1;
    return `<row r="${number}">${cells.map((value, column) => cell(value, `${letters(column)}${number}`)).join('')}</row>`;
  });
  const merges =
    merged.length === 0 ? '' : `<mergeCells>${merged.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>`;
  const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
  const types = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${types}/${type}" Target="${target}"/>`;
  const relations = (...all: string[]) =>
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${all.join('')}</Relationships>`;
  const second = '<sheet name="Пояснения" sheetId="2" r:id="rId2"/>';
  return zip({
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    '_rels/.rels': relations(relation('rId1', 'officeDocument', 'xl/workbook.xml')),
    'xl/workbook.xml': `<workbook ${main} xmlns:r="${types}"><workbookPr${from1904 ? ' date1904="1"' : ''}/><sheets>${hidden ? '<sheet name="Скрыт" sheetId="3" state="hidden" r:id="rId2"/>' : ''}<sheet name="${sheetName}" sheetId="1" r:id="rId1"/>${hidden ? '' : second}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations(
      relation('rId1', 'worksheet', 'worksheets/sheet1.xml'),
      relation('rId2', 'worksheet', '/xl/worksheets/sheet2.xml'),
      relation('rId3', 'sharedStrings', 'sharedStrings.xml'),
      relation('rId4', 'styles', 'styles.xml'),
    ),
    'xl/styles.xml': `<styleSheet ${main}><numFmts>${formats.map((code, at) => `<numFmt numFmtId="${200 + at}" formatCode="${escaped(code)}"/>`).join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>${formats.map((_, at) => `<xf numFmtId="${200 + at}"/>`).join('')}<xf numFmtId="14"/></cellXfs></styleSheet>`,
    'xl/worksheets/sheet1.xml': `<worksheet ${main}><dimension ref="A1"/><sheetData>${body.join('')}</sheetData>${merges}</worksheet>`,
    'xl/worksheets/sheet2.xml': `<worksheet ${main}><sheetData/></worksheet>`,
    'xl/sharedStrings.xml': `<sst ${main}>${[...strings.keys()].map((text) => `<si><t xml:space="preserve">${escaped(text)}</t></si>`).join('')}</sst>`,
    ...parts,
  });
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

function letters(column: number): string {
  return column < 26 ? String.fromCharCode(65 + column) : `${letters(Math.floor(column / 26) - 1)}${letters(column % 26)}`;
}

/**
 * A ZIP of these files. `lies`: the size that each says it has when unpacked, where that is not the true one; `stored`: those that are put in as
 * they are.
 */
export function zip(
  files: Readonly<Record<string, string | Buffer | undefined>>,
  lies: Readonly<Record<string, number>> = {},
  stored: readonly string[] = [],
): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(files)) {
    if (content === undefined) continue;
    const bytes = Buffer.from(content as string);
    const packed = stored.includes(name) ? bytes : deflateRawSync(bytes);
    const named = Buffer.from(name);
    const about = Buffer.alloc(26);
    about.writeUInt16LE(20, 0);
    about.writeUInt16LE(0x800, 2);
    about.writeUInt16LE(stored.includes(name) ? 0 : 8, 4);
    about.writeUInt32LE(crc32(bytes), 10);
    about.writeUInt32LE(packed.length, 14);
    about.writeUInt32LE(lies[name] ?? bytes.length, 18);
    about.writeUInt16LE(named.length, 22);
    bodies.push(Buffer.from('PK\u0003\u0004'), about, named, packed);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('PK\u0001\u0002\u0014\u0000'), about, place, named);
    offset += 4 + about.length + named.length + packed.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(directory.length / 4, 4);
  end.writeUInt16LE(directory.length / 4, 6);
  end.writeUInt32LE(listed.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...bodies, listed, Buffer.from('PK\u0005\u0006'), end]);
}
