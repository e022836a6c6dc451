import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { create, type Font, type Glyph } from 'fontkit';

export type FontName = 'regular' | 'bold';

const FILES: Record<FontName, string> = {
  regular: '@expo-google-fonts/pt-sans/400Regular/PTSans_400Regular.ttf',
  bold: '@expo-google-fonts/pt-sans/700Bold/PTSans_700Bold.ttf',
};
const MOST_KEPT = 5_000;

/** Where the file of PT Sans is, for drawing without pdfkit. */
export function fontFile(name: FontName): string {
  return createRequire(import.meta.url).resolve(FILES[name]);
}

/** `widths` of words, in units of which there are `em` to the size of the letters. */
type Parsed = { font: Font; em: number; widths: Map<string, number> };

const parsed = new Map<FontName, Parsed>();

function parsedFont(name: FontName): Parsed {
  let found = parsed.get(name);
  if (!found) {
    const font = rememberLayouts(open(name));
    found = { font, em: font.unitsPerEm, widths: new Map() };
    parsed.set(name, found);
  }
  return found;
}

/** PT Sans, parsed once for all documents of a thread; it remembers how words are laid out. */
export function fontOf(name: FontName): Font {
  return parsedFont(name).font;
}

/** The width of a line in points. */
export function widthOf(text: string, name: FontName, size: number): number {
  const { font, widths, em } = parsedFont(name);
  let units = 0;
  // By words, spaces after them, as pdfkit lays them out.
  for (let from = 0; from < text.length; ) {
    const space = text.indexOf(' ', from);
    const end = space === -1 ? text.length : space + 1;
    const word = text.slice(from, end);
    units += widths.get(word) ?? keepSome(widths, word, font.layout(word).advanceWidth);
    from = end;
  }
  return (units * size) / em;
}

function open(name: FontName): Font {
  const font = create(readFileSync(fontFile(name)));
  if (!('layout' in font)) throw new Error('The font file is a collection of fonts');
  // fontkit keeps a glyph with the letter that it was first asked for. Embedding asks for the parts of a letter without one (B for В):
  // in the next document that part, as a letter, could not be selected or searched.
  for (const letter of font.characterSet) decodeOnce(font.glyphForCodePoint(letter));
  return font;
}

/** fontkit's own, not in its types. */
const DECODE = '_decode';

/** A cache: embedding decodes each glyph again in every document, only to learn whether it is a composite, a fifth of the work. */
function decodeOnce(glyph: Glyph & { [DECODE]?: () => unknown }): void {
  const decode = glyph[DECODE]?.bind(glyph);
  if (!decode) return;
  let decoded: unknown;
  glyph[DECODE] = () => {
    decoded ??= decode();
    return decoded;
  };
}

/** Laying out is the most of a document's work, and the words of documents are the same ones. */
function rememberLayouts(font: Font): Font {
  const layOut = font.layout.bind(font);
  const remembered = new Map<string, ReturnType<Font['layout']>>();
  font.layout = (text, features, ...rest) => {
    if (features !== undefined || rest.length > 0) return layOut(text, features, ...rest);
    const run = remembered.get(text) ?? keepSome(remembered, text, layOut(text));
    // pdfkit scales the positions that it gets in place.
    return { ...run, advanceWidth: run.advanceWidth, positions: run.positions.map((position) => ({ ...position })) };
  };
  return font;
}

/** A full cache is cleared: it must not grow with every name and sum of a town. */
function keepSome<Value>(memory: Map<string, Value>, key: string, value: Value): Value {
  if (memory.size >= MOST_KEPT) memory.clear();
  memory.set(key, value);
  return value;
}
