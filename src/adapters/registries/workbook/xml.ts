import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import sax from 'sax';

export type XmlEvents = {
  /** Names are without their prefixes. */
  open?: (name: string, attributes: Readonly<Record<string, string>>) => void;
  text?: (text: string) => void;
  close?: (name: string) => void;
};

/** Reads XML piece by piece; after each piece the consumer has its turn. Throws where it is not well-formed. No document type is followed. */
export async function* readXml(from: Readable, { open, text, close }: XmlEvents): AsyncGenerator<void> {
  const parser = sax.parser(true, { position: false });
  let failed: Error | undefined;
  Object.assign(parser, {
    onerror(error: Error) {
      failed ??= error;
      parser.resume();
    },
    onopentag: ({ name, attributes }: sax.Tag) => open?.(bare(name), bared(attributes)),
    ontext: (piece: string) => text?.(piece),
    oncdata: (piece: string) => text?.(piece),
    onclosetag: (name: string) => close?.(bare(name)),
  });
  const decoder = new StringDecoder('utf8');
  for await (const piece of from) {
    parser.write(decoder.write(piece as Buffer));
    if (failed) throw failed;
    yield;
  }
  parser.write(decoder.end()).close();
  if (failed) throw failed;
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
