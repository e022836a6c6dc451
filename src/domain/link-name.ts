import { z } from 'zod';
import { AccountNumber } from './account-number.ts';
import { holdsSecret } from './secret-words.ts';

/** All of it but what joins the parts of one picture: a family, a profession, a flag. */
const INVISIBLE =
  /(?:(?!(?<=\p{Extended_Pictographic}|\ufe0f|\p{Emoji_Modifier})\u200d(?=\p{Extended_Pictographic})|[\u{e0020}-\u{e007f}])[\p{Cc}\p{Cf}\p{Co}\p{Cs}\s])+/gu;

/** What stands on other buttons of the same list, or is typed in their place: arrows that turn its pages, numbers of accounts («ЛС 0012345»). */
const isOfOthers = (name: string): boolean => /[←→]|^[\d\s\p{Pd}]{5,}$/u.test(name) || AccountNumber.safeParse(name).success;

/** A resident's own name for an account («Дача»): 1 to 30 characters, one line. */
export const LinkName = z
  .string()
  .transform((text) => text.normalize('NFC').replace(INVISIBLE, ' ').trim())
  .pipe(
    z
      .string()
      .min(1, 'link-name-empty')
      .refine((name) => !holdsSecret(name), 'secret-among-words')
      .refine((name) => /[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(name), 'link-name-empty')
      .refine((name) => !isOfOthers(name), 'link-name-of-others')
      .refine((name) => Array.from(name).length <= 30, 'link-name-long'),
  );
