import type { z } from 'zod';
import { holdsAccountPassword } from '../../domain/account-password.ts';
import { cleanWords } from './clean-words.ts';
import { type Letter, writtenWords } from './letter.ts';
import type { Voice } from './voice.ts';

/** Whether a password to an account is among the words. */
export const holdsPassword = (answer: Letter): boolean => holdsAccountPassword(writtenWords(answer));

/** What holds a password to an account, where a schema may take such words: a login may look like a password to an account, which has capitals on paper. */
export function unaskedBy(schema: z.ZodType): { is: (answer: Letter) => boolean } {
  const isMeant = (words: string) => /\p{Ll}/u.test(words) && schema.safeParse(words).success;
  return { is: (answer) => holdsPassword(answer) && !(answer.kind === 'words' && isMeant(cleanWords(answer.words))) };
}

/** What may be a secret goes out of the chat, or the person is asked to take it out. */
export async function dropSecret({ powers, deleteMessage, say }: Voice): Promise<void> {
  const gone = powers.deletesLetters && (await deleteMessage());
  if (!gone) await say('problem-secret-not-deleted', {});
}
