import type { HandCredits } from '../../office/staff/hand-credits.ts';
import type { Resolutions } from '../../office/staff/resolutions.ts';
import type { Command } from './commands.ts';
import type { Press, PressAnswer } from './presses.ts';

/** What is asked of the office about troubles. */
export type TroubleOffice = { resolutions: Resolutions; handCredits: HandCredits };

/** A button of a trouble's card: `s.resolution.<number>-<resolution>`. What was done is said in the thread. */
export function createResolutionPress({ resolutions }: TroubleOffice): Press {
  return async ({ staff, number, threadRef, rest: resolution }): Promise<PressAnswer> => {
    const { outcome } = await resolutions.press(staff, { number, threadRef }, resolution);
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
        return { shown: { text: 'desk-press-explained', seen: true } };
      case 'nothing':
        return shown(`desk-press-nothing-to-${resolution}`);
    }
  };
}

const shown = (text: string): PressAnswer => ({ shown: { text } });

/** Commands about money; the office says in the thread what came of them. */
export function createMoneyCommands({ handCredits }: TroubleOffice): Readonly<Record<MoneyVerb, Command>> {
  const command =
    (verb: MoneyVerb): Command =>
    async ({ staff, threadRef, rest }) => {
      const { outcome } = await handCredits[verb](staff, { threadRef, words: rest });
      return outcome === 'nowhere' ? { text: 'desk-nowhere' } : undefined;
    };
  return { credit: command('credit'), refunded: command('refunded'), refuse: command('refuse'), settle: command('settle') };
}

type CreditVerb = 'credit-do' | 'credit-drop' | 'credit-undo';
type MoneyVerb = 'credit' | 'refunded' | 'refuse' | 'settle';

/** Buttons under a credit that is asked about, or done: `s.credit-do.<number>-<credit>`. */
export function creditPresses({ handCredits }: TroubleOffice): Readonly<Record<CreditVerb, Press>> {
  const press =
    (verb: 'confirmCredit' | 'dropCredit' | 'takeBackCredit'): Press =>
    async ({ staff, number, threadRef, rest }): Promise<PressAnswer> => {
      if (!/^\d{1,15}$/.test(rest)) return shown('desk-press-gone');
      const { outcome } = await handCredits[verb](staff, { number, threadRef, credit: Number(rest) });
      switch (outcome) {
        case 'not-senior':
          return shown('desk-press-not-senior');
        case 'gone':
          return shown('desk-press-credit-gone');
        case 'late':
          return shown('desk-press-credit-late');
        case 'refused':
          return { shown: { text: 'desk-press-credit-refused', seen: true } };
        case 'done':
        case 'dropped':
        case 'not-staff':
          return {};
      }
    };
  return {
    'credit-do': press('confirmCredit'),
    'credit-drop': press('dropCredit'),
    'credit-undo': press('takeBackCredit'),
  };
}
