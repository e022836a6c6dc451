import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import sax from 'sax';

export type XmlEvents = {
  /** Names are without their prefixes. */
  open?: (name: string, attributes: Readonly<Record<string, string>>) => void;
  text?: (text: string) => void;
  close?: (name: string) => void;
};

/** More than any workbook has: elements within one another, attributes of one element. */
const DEEPEST = 64;
const MOST_ATTRIBUTES = 256;

/**
 * Reads XML piece by piece; after each piece the consumer has its turn. Throws where it is not well-formed, or has what no workbook has. No
 * document type is followed.
 */
export async function* readXml(from: Readable, { open, text, close }: XmlEvents): AsyncGenerator<void> {
  const parser = sax.parser(true, { position: false });
  // Without positions the parser does not count by itself, and looks by them whether what it holds has grown too long.
  parser.position = 0;
  let depth = 0;
  let attributes = 0;
  Object.assign(parser, {
    // At once: the parser would go on, and for each end without a beginning look through all that is open.
    onerror(error: Error) {
      throw error;
    },
    onopentagstart() {
      attributes = 0;
    },
    onattribute() {
      attributes += 1;
      if (attributes > MOST_ATTRIBUTES) throw new Error('an element of too many attributes');
    },
    onopentag({ name, attributes: given }: sax.Tag) {
      depth += 1;
      if (depth > DEEPEST) throw new Error('elements nested too deep');
      open?.(bare(name), bared(given));
    },
    ontext: (piece: string) => text?.(piece),
    oncdata: (piece: string) => text?.(piece),
    onclosetag(name: string) {
      depth -= 1;
      close?.(bare(name));
    },
  });
  const decoder = new StringDecoder('utf8');
  for await (const piece of from) {
    const written = decoder.write(piece as Buffer);
    parser.position += written.length;
    parser.write(written);
    yield;
  }
  parser.write(decoder.end()).close();
  yield;
}

/** Reads it to its end. */
export async function readXmlWhole(from: Readable, events: XmlEvents): Promise<void> {
  for await (const _ of readXml(from, events));
}

const bare = (name: string): string => name.slice(name.indexOf(':') + 1);

function bared(attributes: Record<string, string>): Record<string, string> {
  const named: Record<string, string> = {};
  for (const name in attributes) named[bare(name)] = attributes[name]!;
  return named;
}
