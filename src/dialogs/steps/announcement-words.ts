import { type AnnouncementLimits, announcementWords } from '../../domain/announcement.ts';
import type { Office } from '../../office/office.ts';
import type { Photo, Scene, TextArgs } from '../kit/scene.ts';

type WordsSaid = { words: string; tooLong: boolean };
export type Announced = { words: string; picture: string | null };

type WordsQuestion<K extends string> = {
  /** The question, where there is a picture by now and where there is none. */
  question: (pictured: boolean) => string;
  words: TextArgs;
  buttons: readonly K[];
  picture: string | null;
  limits: AnnouncementLimits;
  /** What stands under a picture that comes without words; without it they are asked for. */
  kept?: string;
};

/** The words of an announcement, typed or under a picture, until they fit. What a client has cut off too long ones is none unless that is said. */
export async function askAnnouncement<const K extends string>(
  { askOrPhoto, choose }: Scene<Office>,
  { question, words, buttons, kept, limits, ...asked }: WordsQuestion<K>,
): Promise<Announced | { pressed: K }> {
  const most = String(limits.words);
  let { picture } = asked;
  let wasCut = false;
  for (;;) {
    const typed: { pressed: K } | { answer: WordsSaid } | { photo: Photo; caption: string } = await askOrPhoto(
      question(picture !== null),
      announcementWords(limits.words),
      {
        words: { ...words, most, mostUnderPicture: String(limits.underPicture) },
        buttons,
        // Longer words are refused by their own limit, which is told.
        longest: 2 * limits.words,
        because: wasCut ? { text: 'announcement-long', words: { most } } : undefined,
      },
    );
    if ('pressed' in typed) return typed;
    let said: string | undefined;
    let tooLong = false;
    if ('photo' in typed) {
      picture = typed.photo.file;
      const caption = captionOf(typed.caption, limits);
      tooLong = caption?.tooLong === true;
      said = caption?.words ?? (typed.caption.trim() === '' ? kept : undefined);
    } else ({ words: said, tooLong } = typed.answer);
    // A picture alone: its words follow.
    if (said === undefined) continue;
    // What a client cuts off too long words comes by itself, a moment later.
    const isTail =
      wasCut &&
      !tooLong &&
      (await choose('announcement-tail', ['whole-words', 'write-again'], { words: said })) === 'write-again';
    wasCut = tooLong;
    if (!tooLong && !isTail) return { words: said, picture };
  }
}

export const captionOf = (caption: string, { words }: AnnouncementLimits): WordsSaid | undefined =>
  announcementWords(words).safeParse(caption).data;
