/** What people type, without what they do not see: full-width forms made plain, spaces and invisible marks dropped. */
export function bare(text: string): string {
  return text.normalize('NFKC').replace(/[\s\p{Cf}\u00ad\u115f\u1160\u3164\ufe00-\ufe0f]/gu, '');
}

/** The same, with the spaces inside left as they are. */
export function trimTyped(text: string): string {
  return text.normalize('NFKC').replace(/^[\s\p{Cf}]+|[\s\p{Cf}]+$/gu, '');
}
