import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { create, type Font } from 'fontkit';

export type FontName = 'regular' | 'bold';

const FILES: Record<FontName, string> = {
  regular: '@expo-google-fonts/pt-sans/400Regular/PTSans_400Regular.ttf',
  bold: '@expo-google-fonts/pt-sans/700Bold/PTSans_700Bold.ttf',
};
const MOST_KEPT = 10_000;

/** Where the file of PT Sans is, for those who draw without pdfkit. */
export function fontFile(name: FontName): string {
  return createRequire(import.meta.url).resolve(FILES[name]);
}

type Parsed = { font: Font; widths: Map<string, number> };

const parsed = new Map<FontName, Parsed>();

function parsedFont(name: FontName): Parsed {
  let found = parsed.get(name);
  if (!found) {
    found = { font: rememberLayouts(open(name)), widths: new Map() };
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
  const { font, widths } = parsedFont(name);
  let units = widths.get(text);
  if (units === undefined) {
    // By words, spaces after them, as pdfkit lays them out.
    const words = text.match(/[^ ]* |[^ ]+$/g) ?? [];
    units = words.reduce((sum, word) => sum + font.layout(word).advanceWidth, 0);
    keepSome(widths, text, units);
  }
  return (units * size) / font.unitsPerEm;
}

function open(name: FontName): Font {
  const font = create(readFileSync(fontFile(name)));
  if (!('layout' in font)) throw new Error('The font file is a collection of fonts');
  // fontkit keeps a glyph with the letter that it was first asked for. Embedding asks for the parts of a letter without one (B for В):
  // in the next document that part, as a letter, could not be selected or searched.
  for (const letter of font.characterSet) font.glyphForCodePoint(letter);
  return font;
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

/** A memory that is full begins anew: it must not grow with every name and sum of a town. */
function keepSome<Value>(memory: Map<string, Value>, key: string, value: Value): Value {
  if (memory.size >= MOST_KEPT) memory.clear();
  memory.set(key, value);
  return value;
}
