import type { Office } from '../../office/office.ts';
import type { Scene } from '../kit/scene.ts';
import { sayGuest } from './guest.ts';

/**
 * Says why this person may not do this, and leads to what helps: the sign-in; a new phone when the old one was taken over; the list of own
 * accounts when the one behind a button is not (any more) among them.
 */
export async function turnAway(scene: Scene<Office>, outcome: 'guest' | 'phone-to-confirm' | 'gone'): Promise<void> {
  if (outcome === 'guest') return sayGuest(scene);
  if (outcome === 'gone') return scene.say('accounts-not-linked', {}, [{ label: 'button-accounts', dialog: 'accounts' }]);
  return scene.say('linking-phone-first', {}, [{ label: 'button-change-phone', dialog: 'change-phone' }]);
}
