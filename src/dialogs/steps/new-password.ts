import type { Office } from '../../office/office.ts';
import type { Whose } from '../../office/accounts/password-drafts.ts';
import type { Phrase, Scene } from '../kit/scene.ts';

/** Point 3: a new password and the same again. Gives the draft's id: the password itself is nowhere in the dialog. */
export async function newPassword({ askSecret, office }: Scene<Office>, owner: Whose, reason?: Phrase): Promise<string> {
  const { least } = await office.passwordDrafts.rules();
  let because = reason;
  for (;;) {
    const question = because ? 'password-new-again' : 'password-new';
    const drafted = await askSecret(question, (typed, desk) => desk.passwordDrafts.draft(owner, typed), {
      words: { least },
      because,
    });
    if (drafted.outcome === 'unfit') {
      because = { text: `problem-${drafted.problem}`, words: { least: drafted.least } };
      continue;
    }
    const repeated = await askSecret('password-again', (typed, desk) => desk.passwordDrafts.repeat(drafted.draft, typed), {
      because: drafted.advice ? { text: 'password-advice' } : undefined,
    });
    if (repeated.outcome === 'same') return drafted.draft;
    because = { text: repeated.outcome === 'different' ? 'password-different' : 'password-too-late' };
  }
}
