import type { HandCredits } from '../../office/staff/hand-credits.ts';
import type { Resolutions } from '../../office/staff/resolutions.ts';
import type { Command } from './commands.ts';
import type { Press, PressAnswer } from './presses.ts';

/** What is asked of the office about escalations. */
export type ResolutionOffice = { resolutions: Resolutions; handCredits: HandCredits };

/** A button of an escalation's card: `s.resolution.<number>-<resolution>`. What was done is said in the thread. */
export function createResolutionPress({ resolutions }: ResolutionOffice): Press {
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
export function createMoneyCommands({ handCredits }: ResolutionOffice): Readonly<Record<MoneyVerb, Command>> {
  const command =
    (verb: MoneyVerb): Command =>
    async ({ staff, threadRef, rest }) => {
      const moved = await handCredits[verb](staff, { threadRef, words: rest });
      switch (moved.outcome) {
        case 'nowhere':
          return { text: verb === 'refunded' ? 'desk-money-unnamed' : 'desk-nowhere' };
        case 'asked-at':
          return { text: 'desk-money-asked-at', words: { number: moved.number } };
        case 'refused-at-large':
          return { text: `desk-money-${moved.why}` };
        case 'done':
        case 'refused':
        case 'not-staff':
          return undefined;
      }
    };
  return { credit: command('credit'), refunded: command('refunded'), refuse: command('refuse'), settle: command('settle') };
}

type CreditVerb = 'credit-do' | 'credit-drop' | 'credit-undo' | 'money-do' | 'money-drop' | 'money-undo';
type MoneyVerb = 'credit' | 'refunded' | 'refuse' | 'settle';

type CreditDecision = 'confirmCredit' | 'dropCredit' | 'takeBackCredit' | 'confirmEnd' | 'dropEnd' | 'takeBackEnd';

/** The question's id, and by which it is known whether the payment is still what it says. */
const QUESTION = /^(\d{1,15})(?:-([\w-]{1,16}))?$/;

/**
 * Buttons under a credit that is asked about, or done, `s.credit-do.<number>-<credit>`; and under what ends a payment otherwise,
 * `s.money-do.<number>-<credit>-<seen>`.
 */
export function creditPresses({ handCredits }: ResolutionOffice): Readonly<Record<CreditVerb, Press>> {
  const press =
    (verb: CreditDecision, gone = 'desk-press-money-gone', late = 'desk-press-money-late'): Press =>
    async ({ staff, number, threadRef, rest }): Promise<PressAnswer> => {
      const [, credit, seen] = QUESTION.exec(rest) ?? [];
      if (credit === undefined) return shown('desk-press-gone');
      const { outcome } = await handCredits[verb](staff, { number, threadRef, credit: Number(credit), seen });
      switch (outcome) {
        case 'not-senior':
          return shown('desk-press-not-senior');
        case 'gone':
          return shown(gone);
        case 'late':
          return shown(late);
        case 'refused':
          return { shown: { text: 'desk-press-credit-refused', seen: true } };
        case 'done':
        case 'dropped':
        case 'not-staff':
          return {};
      }
    };
  const ofCredit = ['desk-press-credit-gone', 'desk-press-credit-late'] as const;
  return {
    'credit-do': press('confirmCredit', ...ofCredit),
    'credit-drop': press('dropCredit', ...ofCredit),
    'credit-undo': press('takeBackCredit', ...ofCredit),
    'money-do': press('confirmEnd'),
    'money-drop': press('dropEnd'),
    'money-undo': press('takeBackEnd'),
  };
}
