/** Point 9.2.1: what is shown at a payment point before a password to an account is given out, in the order of the instruction. */
export const PASSWORD_PAPERS = [
  'passport',
  'driving-licence',
  'military-id',
  'payment-document',
  'names-match',
  'ownership-certificate',
  'tenancy-agreement',
] as const;

export type PasswordPaper = (typeof PASSWORD_PAPERS)[number];

const IDENTITY: readonly PasswordPaper[] = ['passport', 'driving-licence', 'military-id'];
/** Name and address are the same in both papers, or one of these says why they are not. */
const RIGHT_TO_THE_FLAT: readonly PasswordPaper[] = ['names-match', 'ownership-certificate', 'tenancy-agreement'];

/** Whether a password may be given out against these. */
export function arePapersEnough(papers: readonly PasswordPaper[]): boolean {
  const anyOf = (kinds: readonly PasswordPaper[]) => kinds.some((kind) => papers.includes(kind));
  return anyOf(IDENTITY) && papers.includes('payment-document') && anyOf(RIGHT_TO_THE_FLAT);
}
