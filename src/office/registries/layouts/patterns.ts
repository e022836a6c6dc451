/** A pattern of a layout; undefined where it is no regular expression. */
export function patternOf(text: string, flags: '' | 'i' = ''): RegExp | undefined {
  try {
    return new RegExp(withoutNeedlessEscapes(text), `${flags}u`);
  } catch {
    return undefined;
  }
}

/** `\_`, as in a text of Markdown, means `_` in every other dialect of expressions; here it would be none. */
const withoutNeedlessEscapes = (text: string): string =>
  text.replace(/\\([^\p{L}\p{N}])/gu, (escaped, sign: string) =>
    SYNTAX.includes(sign) ? escaped : `\\u{${sign.codePointAt(0)?.toString(16)}}`,
  );

const SYNTAX = '^$\\.*+?()[]{}|/';

/** A pattern of names of files, whatever their case: a regular expression, or a mask as `bank_*.txt`; undefined where it is neither. */
export function namePatternOf(text: string): RegExp | undefined {
  return isMask(text) ? new RegExp(maskSource(text), 'iu') : patternOf(text, 'i');
}

/** Whether a file's name fits such a pattern. */
export function fitsName(pattern: string, name: string): boolean {
  return namePatternOf(pattern)?.test(name.normalize('NFC')) === true;
}

/** Nobody repeats a letter of a name: `k*` is `k` with whatever follows. What is no expression is a mask whatever stands before its stars. */
function isMask(pattern: string): boolean {
  if (!/[*?]/.test(pattern) || /[\^$\\|]/.test(pattern)) return false;
  return patternOf(pattern) === undefined || (/[\p{L}\p{N}_ -][*?]/u.test(pattern) && !/[()[\]{}+]/.test(pattern));
}

const maskSource = (mask: string): string =>
  `^${mask
    .replace(/[.()[\]{}+]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')}$`;
