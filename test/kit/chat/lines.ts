import { NOTATIONS, NOTES } from './notations.ts';
import type { Manner, Media } from './people.ts';

/** Who does something, and where: `group` is the staff group, with the number of the request in whose topic it is. */
export type Voice = { name: string; where: 'private' | 'group' | 'foreign' | { request: number }; words: string };

const SPEAKER = /^(?!Бот|Сотрудники|SMS)([А-ЯЁ][а-яё]+)(?: в (группе|чужой группе|теме (\d+)))?: (.*)$/;

/** Undefined: the line is the bot's, or empty. */
export function readVoice(line: string): Voice | undefined {
  const [, name, place, request, written = ''] = SPEAKER.exec(line) ?? [];
  if (name === undefined) return undefined;
  const words = written.replaceAll('⏎', '\n');
  if (request !== undefined) return { name, where: { request: Number(request) }, words };
  return { name, where: place === undefined ? 'private' : place === 'группе' ? 'group' : 'foreign', words };
}

export const isNote = (line: string): boolean => Object.values(NOTES).some((note) => note.test(line));

/** The newest message of somebody with these words in it is meant; without words, his own last one. */
export type Said = {
  edits?: { of: string | undefined };
  repliesTo?: string;
  manner: Omit<Manner, 'repliesTo'>;
  words: string;
};

const MANNERS: readonly [RegExp, (said: Said, found: string | undefined) => void][] = [
  [NOTATIONS.edit, (said, of) => (said.edits = { of })],
  [NOTATIONS.reply, (said, to) => (said.repliesTo = to ?? '')],
  [NOTATIONS.anonymous, ({ manner }) => (manner.anonymous = true)],
  [NOTATIONS.forwarded, ({ manner }) => (manner.forwarded = true)],
];

/** Takes the circumstances, in brackets, off what is said. */
export function readManner(words: string): Said {
  const said: Said = { manner: {}, words };
  for (let found = true; found; ) {
    found = false;
    for (const [pattern, note] of MANNERS) {
      const match = pattern.exec(said.words);
      if (!match) continue;
      note(said, match[1]);
      said.words = said.words.slice(match[0].length);
      found = true;
    }
  }
  return said;
}

/** `(фото, файл «справка.pdf») подпись`; several make an album, the words stand under the first. */
export function readFiles(words: string): { files: Media[]; caption: string } | undefined {
  const [, list, caption = ''] = NOTATIONS.files.exec(words) ?? [];
  if (list === undefined) return undefined;
  const files = list.split(', ').map((one): Media => {
    const name = /«(.*)»/.exec(one)?.[1];
    if (one === 'фото') return { kind: 'photo' };
    if (one === 'видео') return { kind: 'video' };
    if (one === 'голосовое') return { kind: 'voice' };
    return { kind: 'document', ...(name !== undefined && { name }) };
  });
  return { files, caption };
}
