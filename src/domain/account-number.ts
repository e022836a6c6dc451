import { z } from 'zod';

/** What people write before the number: «ЛС», «л/с №», «лицевой счёт:», «мой номер». */
const BEFORE =
  /^(?:(?:мой|номер\p{L}*|[лЛ]\s?[/.]?\s?[сc]\.?(?!\p{L})|лицев\p{L}*|сч[её]т\p{L}*|№|n(?:o|º)?\.?(?!\p{L}))[\s:.,№=\p{Pd}]*)+(?=\d)/iu;

/**
 * The number of a personal account (лицевой счёт): 5 to 20 digits as text, leading zeros count. Spaces and dashes of a printed form are
 * dropped, and so is what it is called before it.
 */
export const AccountNumber = z
  .string()
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
    context.addIssue({ code: 'custom', message: slip });
    return z.NEVER;
  });
}
