import type { Office } from '../../office/office.ts';
import type { Door, Scene } from '../kit/scene.ts';

/** Ways in for who is not signed in. */
export const ENTRANCES: readonly Door[] = [
  { label: 'button-login', dialog: 'sign-in' },
  { label: 'button-register', dialog: 'registration' },
];

/** Leads who may not do this to where he may: to the sign-in, or to a new phone when somebody else proved the old one to be his. */
export async function turnAway({ say }: Scene<Office>, outcome: 'guest' | 'phone-to-confirm'): Promise<void> {
  if (outcome === 'guest') return say('for-residents', {}, ENTRANCES);
  return say('phone-first', {}, [{ label: 'button-change-phone', dialog: 'change-phone' }]);
}
