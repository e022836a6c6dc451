import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { plainSpaces } from '../../../src/domain/unbroken.ts';
import { type Passage, readTranscript, type Transcript } from './passages.ts';
import { playPassages } from './play.ts';
import { openWorld, type World, type WorldOptions } from './world.ts';

export type TranscriptOptions = WorldOptions & {
  /** What the town is before the first line. */
  before?: (world: World) => Promise<void>;
  /** What must hold after the last line. */
  after?: (world: World, played: string) => Promise<void>;
};

/** Plays a transcript and expects the whole chat to come out exactly as written. */
export async function chat(script: string, options: TranscriptOptions = {}): Promise<void> {
  const { passages } = readTranscript(dedent(script));
  expect(shown(await playOnce(passages, options))).toBe(shown(passages));
}

/**
 * A test for each `*.txt` of a folder: a file is a transcript, its name says what it shows (see `test/dialogs/README.md`).
 * `UPDATE_TRANSCRIPTS=1` writes the bot's lines anew after a change of texts: read the difference as you would read code.
 */
export function transcripts(folder: URL, options: TranscriptOptions = {}): void {
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .sort()) {
    test(file.replace('.txt', ''), async () => {
      const place = new URL(file, folder);
      const transcript = readTranscript(readFileSync(place, 'utf8'));
      const played = await playOnce(transcript.passages, options);
      if (process.env.UPDATE_TRANSCRIPTS === '1') writeFileSync(place, rewritten(transcript, played));
      else expect(shown(played)).toBe(shown(transcript.passages));
    });
  }
}

async function playOnce(
  passages: readonly Passage[],
  { before, after, ...options }: TranscriptOptions,
): Promise<readonly Passage[]> {
  const world = await openWorld(options);
  try {
    await before?.(world);
    const played = await playPassages(world, passages);
    await after?.(world, played.flatMap(({ lines }) => lines).join('\n'));
    expect(world.broken).toEqual([]);
    return played;
  } finally {
    await world.close();
  }
}

/** The text of a transcript as it was played; what a reference brings is written where it comes from. */
export function rewritten({ remarks }: Transcript, played: readonly Passage[]): string {
  return `${[...remarks, ...played.flatMap(({ reference, lines }) => reference ?? lines)].join('\n')}\n`;
}

/** In what was brought from elsewhere, a code is any code: chance has gone on. */
function shown(passages: readonly Passage[]): string {
  return passages
    .flatMap(({ reference, lines }) =>
      reference === undefined ? lines : lines.map((line) => line.replace(/Код \d{6}/, 'Код …')),
    )
    .map(plainSpaces)
    .join('\n');
}

function dedent(text: string): string {
  const lines = text.replace(/^\n|\n\s*$/g, '').split('\n');
  const indent = Math.min(...lines.filter((line) => line.trim()).map((line) => line.search(/\S/)));
  return lines.map((line) => line.slice(indent).trimEnd()).join('\n');
}
