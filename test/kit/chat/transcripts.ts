import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { play } from './play.ts';
import { openWorld, type World, type WorldOptions } from './world.ts';

export type TranscriptOptions = WorldOptions & {
  /** What the town is before the first line. */
  before?: (world: World) => Promise<void>;
  /** What must hold after the last line. */
  after?: (world: World, played: string) => Promise<void>;
};

/** Plays a transcript and expects the whole chat to come out exactly as written. */
export async function chat(script: string, options: TranscriptOptions = {}): Promise<void> {
  const written = dedent(script);
  expect(await playOnce(written, options)).toBe(written);
}

/**
 * A test for each `*.txt` of a folder: a file is a transcript, its name says what it shows; `#` lines at its head are remarks.
 * `UPDATE_TRANSCRIPTS=1` writes the bot's lines anew after a change of texts: read the difference as you would read code.
 */
export function transcripts(folder: URL, options: TranscriptOptions = {}): void {
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .sort()) {
    test(file.replace('.txt', ''), async () => {
      const place = new URL(file, folder);
      const source = readFileSync(place, 'utf8').trimEnd();
      const [remarks = '', written = ''] = /^((?:#.*\n|\n)*)([\s\S]*)$/.exec(source)?.slice(1) ?? [];
      const played = await playOnce(written, options);
      if (process.env.UPDATE_TRANSCRIPTS === '1') writeFileSync(place, `${remarks}${played}\n`);
      else expect(played).toBe(written);
    });
  }
}

async function playOnce(script: string, { before, after, ...options }: TranscriptOptions): Promise<string> {
  const world = await openWorld(options);
  try {
    await before?.(world);
    const played = await play(world, script);
    await after?.(world, played);
    expect(world.broken).toEqual([]);
    return played;
  } finally {
    await world.close();
  }
}

function dedent(text: string): string {
  const lines = text.replace(/^\n|\n\s*$/g, '').split('\n');
  const indent = Math.min(...lines.filter((line) => line.trim()).map((line) => line.search(/\S/)));
  return lines.map((line) => line.slice(indent).trimEnd()).join('\n');
}
