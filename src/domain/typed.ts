/** What people type, without what they do not see: full-width forms made plain, spaces and invisible marks dropped. */
export function bare(text: string): string {
  return text.normalize('NFKC').replace(/[\s\p{Default_Ignorable_Code_Point}]/gu, '');
}

/** The same, with the spaces inside left as they are. */
export function trimTyped(text: string): string {
  return text.normalize('NFKC').replace(/^[\s\p{Default_Ignorable_Code_Point}]+|[\s\p{Default_Ignorable_Code_Point}]+$/gu, '');
}

const LINE_END = /[\n\v\f\r\u0085\u2028\u2029]+/;

/** The lines with figures in them: where there are several, they are several numbers, and never one. */
export function linesWithFigures(text: string): string[] {
  return text.split(LINE_END).filter((line) => /\p{Nd}/u.test(line));
}
