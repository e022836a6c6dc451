import { existsSync, readFileSync } from 'node:fs';
import { isNote, readVoice } from './lines.ts';

/** A piece of a transcript: what is written in it, or what a reference brings from another one. */
export type Passage = {
  /** What brought it, as it stands there. */
  reference?: string;
  lines: readonly string[];
};

export type Transcript = {
  /** What stands at the head for readers. */
  remarks: readonly string[];
  passages: readonly Passage[];
};

/** What follows `# после: `. Lines of people are named by what is said in them. */
type Reference = {
  /** As it stands there. */
  line: string;
  path: string;
  /** The line that it begins with; without it, the first. */
  from?: string;
  /** The line before which it ends; without it, the last answer. */
  before?: string;
  /** The line with whose answer it ends. */
  through?: string;
  /** What stands in it, and what is to stand there. */
  instead: [string, string][];
  each?: 'twice' | 'killed';
};

const DIALOGS = new URL('../../dialogs/', import.meta.url);
const REFERENCE = '# после: ';
/** A reference goes on in the next line. */
const MORE = '#   ';
/** What stands between guillemets; there may be a pair inside. */
const QUOTED = '«((?:[^«»]|«[^«»]*»)*)»';

const PARTS: readonly [RegExp, (reference: Reference, one: string, other: string) => void][] = [
  [new RegExp(`^ с ${QUOTED}`), (reference, words) => (reference.from = words)],
  [new RegExp(`^ до ${QUOTED}`), (reference, words) => (reference.before = words)],
  [new RegExp(`^ по ${QUOTED}`), (reference, words) => (reference.through = words)],
  [new RegExp(`^,? вместо ${QUOTED} — ${QUOTED}`), ({ instead }, old, young) => instead.push([old, young])],
  [/^, каждый шаг дважды/, (reference) => (reference.each = 'twice')],
  [/^, каждый шаг \(убит\)/, (reference) => (reference.each = 'killed')],
];

/** Where transcripts are looked for, and the paths that led to this one. */
type Way = { at?: URL; within?: readonly string[] };

/** A transcript, with all that its references bring. */
export function readTranscript(source: string, way: Way = {}): Transcript {
  const lines = source.trimEnd().split('\n');
  const isRemark = (line: string) => line === '' || (line.startsWith('#') && !line.startsWith(REFERENCE));
  const start = lines.findIndex((line) => !isRemark(line));
  const passages: { reference?: string; lines: string[] }[] = [];
  for (const line of start < 0 ? [] : lines.slice(start)) {
    const last = passages.at(-1);
    if (line.startsWith(REFERENCE)) passages.push({ reference: line, lines: [] });
    else if (line.startsWith(MORE) && last?.reference !== undefined) last.reference += `\n${line}`;
    else if (last && last.reference === undefined) last.lines.push(line);
    else passages.push({ lines: [line] });
  }
  for (const passage of passages)
    if (passage.reference !== undefined) passage.lines = bring(readReference(passage.reference), way);
  return { remarks: lines.slice(0, Math.max(start, 0)), passages };
}

/** The lines of a transcript under `test/dialogs`, with all that its references bring. */
export function linesOf(path: string, { at = DIALOGS, within = [] }: Way = {}): string[] {
  const place = new URL(`${path}.txt`, at);
  if (!existsSync(place)) throw new Error(`there is no transcript ${path}`);
  return readTranscript(readFileSync(place, 'utf8'), { at, within: [...within, path] }).passages.flatMap(({ lines }) => lines);
}

/** A person says it, or it is a note on what happens; all the rest is the bot's. */
export const isOfPeople = (line: string): boolean => readVoice(line) !== undefined || isNote(line);

function bring(reference: Reference, way: Way): string[] {
  const { line, path, from, before, through, instead, each } = reference;
  if (way.within?.includes(path)) throw new Error(`«${line}»: transcripts in a circle: ${[...way.within, path].join(' → ')}`);
  const steps = stepsOf(linesOf(path, way));
  const find = (words: string, after: number) => {
    const meant = words.replaceAll('⏎', '\n');
    const at = steps.findIndex(([said = ''], n) => n >= after && (readVoice(said)?.words ?? said) === meant);
    if (at < 0) throw new Error(`«${line}»: nobody says «${words}» there`);
    return at;
  };
  const start = from === undefined ? 0 : find(from, 0);
  const beforeEnd = before === undefined ? steps.length : find(before, start + 1);
  const end = through === undefined ? beforeEnd : find(through, start) + 1;
  const rewritten = instead.reduce((text, [old, young]) => {
    if (!text.includes(old)) throw new Error(`«${line}»: «${old}» is nowhere in it`);
    return text.replaceAll(old, young);
  }, steps.slice(start, end).flat().join('\n'));
  return stepsOf(rewritten.split('\n')).flatMap((step) => staged(step, each));
}

/** What people say or what happens, each with all that comes of it. */
export function stepsOf(lines: readonly string[]): string[][] {
  const steps: string[][] = [];
  for (const line of lines) {
    if (isOfPeople(line) || steps.length === 0) steps.push([line]);
    else steps.at(-1)?.push(line);
  }
  return steps;
}

/** Twice: its update comes again, and nothing comes of that. Killed: the process dies in it, and all comes of it once. */
function staged([said = '', ...answer]: readonly string[], each: Reference['each']): string[] {
  const [name] = said.split(': ');
  if (each === undefined || !readVoice(said)) return [said, ...answer];
  return each === 'twice' ? [said, ...answer, `${name}: (ещё раз)`] : [said.replace(': ', ': (убит) '), ...answer];
}

function readReference(written: string): Reference {
  const line = written.replaceAll(`\n${MORE}`, ' ');
  const path = /^[\w./-]*/.exec(line.slice(REFERENCE.length))?.[0] ?? '';
  const reference: Reference = { line, path, instead: [] };
  let rest = line.slice(REFERENCE.length + path.length);
  while (rest !== '') {
    const [match, note] = PARTS.map(([pattern, noted]) => [pattern.exec(rest), noted] as const).find(([found]) => found) ?? [];
    if (!match || !note) throw new Error(`«${line}»: «${rest.trim()}» is no part of a reference`);
    note(reference, match[1] ?? '', match[2] ?? '');
    rest = rest.slice(match[0].length);
  }
  return reference;
}
