/** A key of an object or an index of a list, from the whole inwards. */
type Path = readonly PropertyKey[];

/** Where the values of a JSON text stand; or where the text ceases to be JSON. Lines and columns count from 1. */
export type JsonPlaces =
  | { isJson: true /** Of what is not there, the line of what it is missing in. */; lineOf: (path: Path) => number }
  | { isJson: false; line: number; column: number /** It breaks off. */; atEnd: boolean };

const SPACE = /[ \t\r\n]*/y;
/** Of what stands in it unescaped, all but the quote, the backslash and what is below the space. */
const STRING = /"(?:[ !#-[\]-\u{10ffff}]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/uy;
const NUMBER_OR_WORD = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** Finds them by the grammar (RFC 8259): what `JSON.parse` says of a slip differs from one version of Node to the next, and mostly lacks the place. */
export function placesInJson(text: string): JsonPlaces {
  const starts = new Map<string, number>();
  let at = 0;

  function take(pattern: RegExp): string | undefined {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    at += found?.length ?? 0;
    return found;
  }
  function sign(wanted: string): boolean {
    take(SPACE);
    if (text[at] !== wanted) return false;
    at += 1;
    return true;
  }
  /** False: `at` is where the text is none any more. */
  function value(path: Path): boolean {
    take(SPACE);
    starts.set(keyOf(path), at);
    if (sign('{')) return listed('}', () => member(path));
    if (sign('[')) return listed(']', (index) => value([...path, index]));
    return (take(STRING) ?? take(NUMBER_OR_WORD)) !== undefined;
  }
  function member(path: Path): boolean {
    take(SPACE);
    const key = take(STRING);
    return key !== undefined && sign(':') && value([...path, String(JSON.parse(key))]);
  }
  function listed(end: string, one: (index: number) => boolean): boolean {
    if (sign(end)) return true;
    for (let index = 0; one(index); index += 1) {
      if (sign(end)) return true;
      if (!sign(',')) return false;
    }
    return false;
  }

  if (value([])) take(SPACE);
  else return broken(text, at);
  if (at < text.length) return broken(text, at);
  return {
    isJson: true,
    lineOf: (path) => {
      const known = path.map((_, i) => starts.get(keyOf(path.slice(0, path.length - i)))).find((start) => start !== undefined);
      return lineAt(text, known ?? starts.get(keyOf([])) ?? 0);
    },
  };
}

const keyOf = (path: Path): string => JSON.stringify(path.map(String));

function broken(text: string, at: number): JsonPlaces {
  const column = at - (text.lastIndexOf('\n', at - 1) + 1) + 1;
  return { isJson: false, line: lineAt(text, at), column, atEnd: at >= text.length };
}

function lineAt(text: string, at: number): number {
  return text.slice(0, at).split('\n').length;
}
