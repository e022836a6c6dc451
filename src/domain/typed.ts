/** What people type, without what they do not see: full-width forms made plain, spaces and invisible marks dropped. */
export function bare(text: string): string {
  return text.normalize('NFKC').replace(/[\s\p{Default_Ignorable_Code_Point}]/gu, '');
}

/** The same, with the spaces inside left as they are. */
export function trimTyped(text: string): string {
  return text.normalize('NFKC').replace(/^[\s\p{Default_Ignorable_Code_Point}]+|[\s\p{Default_Ignorable_Code_Point}]+$/gu, '');
}
