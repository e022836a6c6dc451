import { type Node, parseTree, type ParseError } from 'jsonc-parser';

/** A key of an object or an index of a list, from the whole inwards. */
type Path = readonly PropertyKey[];

/** Where the values of a JSON text stand; or where the text ceases to be JSON. Lines and columns count from 1. */
export type JsonPlaces =
  | { isJson: true /** Of what is not there, the line of what it is missing in. */; lineOf: (path: Path) => number }
  | { isJson: false; line: number; column: number /** It breaks off. */; atEnd: boolean };

/** Finds them in the syntax tree: what `JSON.parse` says of a slip differs from one version of Node to the next, and mostly lacks the place. */
export function placesInJson(text: string): JsonPlaces {
  const slips: ParseError[] = [];
  const whole = parseTree(text, slips, { disallowComments: true });
  const slipAt = slips[0]?.offset;
  if (!whole || slipAt !== undefined) return broken(text, slipAt ?? text.length);
  return { isJson: true, lineOf: (path) => lineAt(text, nodeAt(whole, path).offset) };
}

/** As far as the path leads. Of a key that stands there twice the last one counts, as for `JSON.parse`. */
function nodeAt(whole: Node, path: Path): Node {
  let node = whole;
  for (const key of path) {
    const { type, children = [] } = node;
    const member = children.findLast((property) => property.children?.[0]?.value === String(key));
    const next = type === 'array' ? children[Number(key)] : member?.children?.[1];
    if (!next) return node;
    node = next;
  }
  return node;
}

function broken(text: string, at: number): JsonPlaces {
  const column = at - (text.lastIndexOf('\n', at - 1) + 1) + 1;
  return { isJson: false, line: lineAt(text, at), column, atEnd: at >= text.length };
}

function lineAt(text: string, at: number): number {
  return text.slice(0, at).split('\n').length;
}
