import type { Office } from '../../office/office.ts';
import type { Whose } from '../../office/accounts/password-drafts.ts';
import type { Scene } from '../kit/scene.ts';

/** Point 3: a new password and the same again. Gives the draft's id: the password itself is nowhere in the dialog. */
export async function newPassword({ say, askSecret, office }: Scene<Office>, owner: Whose): Promise<string> {
  const { least } = await office.passwordDrafts.rules();
  for (;;) {
    const drafted = await askSecret('password-new', (typed, desk) => desk.passwordDrafts.draft(owner, typed), {
      words: { least },
    });
    if (drafted.outcome === 'unfit') {
      await say(`problem-${drafted.problem}`, { least: drafted.least });
      continue;
    }
    if (drafted.advice) await say('password-advice');

    const repeated = await askSecret('password-again', (typed, desk) => desk.passwordDrafts.repeat(drafted.draft, typed));
    if (repeated.outcome === 'same') return drafted.draft;
    await say(repeated.outcome === 'different' ? 'password-different' : 'password-too-late');
  }
}
