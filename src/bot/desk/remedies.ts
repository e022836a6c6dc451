import type { HandCredits } from '../../office/desk/hand-credits.ts';
import type { Remedies } from '../../office/desk/remedies.ts';
import type { Command } from './commands.ts';
import type { Press, PressAnswer } from './presses.ts';

/** What is asked of the office about troubles. */
export type TroubleOffice = { remedies: Remedies; handCredits: HandCredits };

/** A button of a trouble's card: `s.remedy.<number>-<remedy>`. What was done is said in the thread. */
export function createRemedyPress({ remedies }: TroubleOffice): Press {
  return async ({ staff, number, spot, rest: remedy }): Promise<PressAnswer> => {
    const { outcome } = await remedies.press(staff, { number, spot }, remedy);
    switch (outcome) {
      case 'not-staff':
      case 'done':
        return {};
      case 'unknown':
        return shown('desk-press-gone');
      case 'closed':
        return shown('desk-press-closed-already');
      case 'not-senior':
        return shown('desk-press-not-senior');
      case 'explained':
        return shown('desk-press-explained');
      case 'nothing':
        return shown(`desk-press-nothing-to-${remedy}`);
    }
  };
}

const shown = (text: string): PressAnswer => ({ shown: { text } });

/** Commands about money that was taken and is nobody's; the office says in the thread what came of them. */
export function createMoneyCommands({ handCredits }: TroubleOffice): Readonly<Record<'credit' | 'refunded' | 'refuse', Command>> {
  const command =
    (verb: keyof HandCredits): Command =>
    async ({ staff, spot, rest }) => {
      const { outcome } = await handCredits[verb](staff, { spot, words: rest });
      return outcome === 'nowhere' ? { text: 'desk-nowhere' } : undefined;
    };
  return { credit: command('credit'), refunded: command('refunded'), refuse: command('refuse') };
}
