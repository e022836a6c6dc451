import type { Chapter } from '../dialogs/kit/chapter.ts';
import type { ChapterName } from '../domain/doors.ts';

/** How a chapter is treated, whatever it says. */
export type ChapterTraits = Omit<Chapter<unknown>, 'dialog'>;

/** Throws where the bot has no chapter that is called so. */
export type TraitsOf = (dialog: ChapterName) => ChapterTraits;
