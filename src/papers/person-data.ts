import { localDay } from '../domain/local-day.ts';
import type { PersonDataFile } from '../domain/person-data.ts';
import { personFile } from '../texts/person-file.ts';
import type { Texts } from '../texts/texts.ts';
import { fileName } from './file-name.ts';
import { writeDay } from './figures.ts';
import type { DrawnFile } from './paper.ts';

/** What is kept of a person, as a text that any program shows; its name names nobody. */
export function drawPersonData({ parts, at, timeZone }: PersonDataFile, say: Texts['text']): DrawnFile {
  const now = new Date(at);
  return {
    send: 'document',
    name: fileName(say('person-data-file', { day: writeDay(localDay(now, timeZone)) })),
    bytes: new TextEncoder().encode(personFile(parts, { text: say, timeZone, now })),
  };
}
