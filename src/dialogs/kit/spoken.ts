import { bareLabel } from './label.ts';
import type { Option } from './scene.ts';
import type { Voice } from './voice.ts';

/** Buttons that have other names besides their label: `spoken-<key>`, with `;` between them. */
const NAMED: ReadonlySet<string> = new Set([
  'agree',
  'login-is-phone',
  'forgot-password',
  'resend-code',
  'logout-sure',
  'by-sum',
  'by-password',
  'forgot-sum',
  'get-password',
  'correct-account',
  'all-right',
  'correct',
  'skip-meter',
  'one-by-one',
  'photos-sent',
  'whole-debt',
  'other-sum',
  'account-by-number',
  'pay-by-card',
  'qr',
  'send',
  'drop-words',
  'nothing-to-add',
  'no-rating-words',
  'sign-up',
  'recover-login',
  'phone-is-mine',
  'no-name',
  'new-request',
  'account-of-number',
  'to-staff',
  'ownership-certificate',
]);

/** What people type in place of pressing that button, besides its label. */
export function spokenNames(label: Voice['label'], key: string): string[] {
  return NAMED.has(key) ? names(label(`spoken-${key}`)) : [];
}

/** All by which a choice is called: its label first. */
export function namesOf(
  label: Voice['label'],
  { also = [], spoken }: Pick<Option, 'also' | 'spoken'> = {},
  own: string,
): string[] {
  return [own, ...also, ...(spoken === undefined ? [] : names(label(spoken)))];
}

export function isYes(label: Voice['label'], words: string): boolean {
  return names(label('spoken-yes')).includes(words);
}

export function isNo(label: Voice['label'], words: string): boolean {
  return names(label('spoken-no')).includes(words);
}

export function names(list: string): string[] {
  return list.split(';').map(bareLabel);
}
