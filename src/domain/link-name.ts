import { z } from 'zod';
import { holdsSecret } from './secret-words.ts';

/** All of it but what joins the parts of one picture: a family, a profession, a flag. */
const INVISIBLE =
  /(?:(?!(?<=\p{Extended_Pictographic}|\ufe0f|\p{Emoji_Modifier})\u200d(?=\p{Extended_Pictographic})|[\u{e0020}-\u{e007f}])[\p{Cc}\p{Cf}\p{Co}\p{Cs}\s])+/gu;

/** What stands on other buttons of the same list: arrows that turn its pages, numbers of accounts. */
const ON_OTHER_BUTTONS = /[←→]|^[\d\s\p{Pd}]{5,}$/u;

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
      .refine((name) => !ON_OTHER_BUTTONS.test(name), 'link-name-of-others')
      .refine((name) => Array.from(name).length <= 30, 'link-name-long'),
  );
