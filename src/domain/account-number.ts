import { z } from 'zod';
import { linesWithFigures } from './typed.ts';

/** What people write before the number: «ЛС», «л/с №», «лицевой счёт:», «мой номер». */
const BEFORE =
  /^(?:(?:мой|номер\p{L}*|[лЛ]\s?[/.]?\s?[сc]\.?(?!\p{L})|лицев\p{L}*|сч[её]т\p{L}*|№|n(?:o|º)?\.?(?!\p{L}))[\s:.,№=\p{Pd}]*)+(?=\p{Nd})/iu;

/**
 * The number of a personal account (лицевой счёт): 5 to 20 digits as text, leading zeros count. Spaces and dashes of a printed form are
 * dropped, and so is what it is called before it. Figures on several lines are several numbers.
 */
export const AccountNumber = z
  .string()
  .refine((text) => linesWithFigures(text).length < 2, 'account-number-several')
  .transform((text) =>
    text
      .trim()
      .replace(BEFORE, '')
      .replaceAll('№', '')
      .normalize('NFKC')
      .replace(/[\s\p{Cf}\p{Pd}]|\.$/gu, ''),
  )
  .pipe(
    z
      .string()
      .regex(/^[0-9]{5,20}$/, 'account-number')
      .brand<'AccountNumber'>(),
  );
export type AccountNumber = z.output<typeof AccountNumber>;

/** The same where something else may be typed, too: what is no number is the slip of that name. */
export function accountNumberOr(slip: string) {
  return z.string().transform((text, context): AccountNumber => {
    const number = AccountNumber.safeParse(text);
    if (number.success) return number.data;
    // With words among them they are an address, or something else that is not meant here.
    const several = linesWithFigures(text).length > 1 && !/\p{L}/u.test(text);
    context.addIssue({ code: 'custom', message: several ? 'account-number-several' : slip });
    return z.NEVER;
  });
}
