import { z } from 'zod';

/** Kinds of settings: a schema of a setting's text, whose message says what is expected. A value never stands in a message. */

export const text = (pattern: RegExp, expected: string) => z.string().regex(pattern, expected);

/** Words on one line; spaces that a word processor or a web page makes otherwise are read as plain ones. */
export const singleLine = (most: number, expected: string) =>
  z
    .string()
    .transform((value) => value.replace(/\p{Zs}/gu, ' '))
    .refine((value) => value.length <= most && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(value), expected);

export const oneWord = text(/^\S+$/, 'нужно одно слово без пробелов');

export const wholeNumberSetting = (from: number, to: number) => {
  const expected = `нужно целое число от ${from} до ${to}`;
  return text(/^\d{1,9}$/, expected)
    .transform(Number)
    .refine((value) => value >= from && value <= to, expected);
};

export const list = <T>(pattern: RegExp, expected: string, read: (item: string) => T) =>
  z.string().transform((value, context) => {
    const items = value.split(',').map((item) => item.trim());
    if (items.every((item) => pattern.test(item))) return items.map(read);
    context.addIssue({ code: 'custom', message: expected });
    return z.NEVER;
  });

export const url = (protocols: readonly string[], expected: string) =>
  z.string().refine((value) => URL.canParse(value) && protocols.includes(new URL(value).protocol), expected);
