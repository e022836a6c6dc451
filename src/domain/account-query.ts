import { cutTo } from './cut.ts';
import { z } from 'zod';
import { AccountNumber } from './account-number.ts';
import { Login } from './login.ts';
import { parsePhone } from './phone.ts';
import { linesWithFigures, trimTyped } from './typed.ts';

/** Fewer letters and figures find everything. */
const LEAST_WORDS = 3;
const MOST_WORDS = 100;

/**
 * What staff look something up by: an account number, a resident's phone or login, the number of a request, or words (of an address, a request,
 * a name). What is typed may be several of them. `account-or-phone` when it is none, `account-or-phone-several` when it is a list.
 */
export const Query = z.string().transform((text, context) => {
  const typed = trimTyped(text).replace(/\s+/g, ' ');
  // An address may stand on two lines, a number does not.
  const lines = linesWithFigures(text);
  const several = lines.length > 1;
  const account = several ? null : (AccountNumber.safeParse(typed).data ?? null);
  const phone = several ? null : (parsePhone(typed) ?? null);
  // Thousands may stand apart, as an earlier release wrote them.
  const [, figures = ''] = /^(?:обращение\s*)?(?:№|No|#)?\s*(\d{1,9}|\d{1,3}(?: \d{3}){1,2})$/iu.exec(typed) ?? [];
  const request = several ? null : Number(figures.replaceAll(' ', '')) || null;
  // Also one of figures only.
  const login = Login.safeParse(typed).data ?? null;
  // «№», as it is typed, too, is no word.
  const told = typed.replace(/^(?:№|No)\s*(?=\d)/i, '');
  const isOfWords = /\p{L}/u.test(told) && (typed.match(/[\p{L}\p{N}]/gu)?.length ?? 0) >= LEAST_WORDS;
  const isList = several && lines.every((line) => AccountNumber.safeParse(line).success || parsePhone(line) !== undefined);
  const words = isOfWords && !isList ? cutTo(told, MOST_WORDS) : null;
  if (account !== null || phone !== null || request !== null || login !== null || words !== null)
    return { account, phone, request, login, words };
  context.addIssue({ code: 'custom', message: several ? 'account-or-phone-several' : 'account-or-phone' });
  return z.NEVER;
});
export type Query = z.output<typeof Query>;
