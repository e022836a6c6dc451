import { z } from 'zod';

const INVISIBLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\s]+/gu;

/** A resident's own name for an account («Дача»): 1 to 30 characters, one line. */
export const LinkName = z
  .string()
  .transform((text) => text.normalize('NFC').replace(INVISIBLE, ' ').trim())
  .pipe(
    z
      .string()
      .min(1, 'link-name-empty')
      .refine((name) => Array.from(name).length <= 30, 'link-name-long'),
  );
