/** A pattern of a layout; undefined where it is no regular expression. */
export function patternOf(text: string): RegExp | undefined {
  try {
    return new RegExp(text, 'u');
  } catch {
    return undefined;
  }
}

/** Whether a file's name fits a pattern of names, whatever its case: a regular expression, or a mask as `bank_*.txt`. */
export function fitsName(pattern: string, name: string): boolean {
  return new RegExp(isMask(pattern) ? maskSource(pattern) : pattern, 'iu').test(name.normalize('NFC'));
}

/** Nobody repeats a letter of a name: `k*` is `k` with whatever follows. */
const isMask = (pattern: string): boolean => /(?:^|[\p{L}\p{N}_ -])[*?]/u.test(pattern) && !/[\^$\\()[\]{}|+]/.test(pattern);

const maskSource = (mask: string): string => `^${mask.replaceAll('.', '\\.').replaceAll('*', '.*').replaceAll('?', '.')}$`;
