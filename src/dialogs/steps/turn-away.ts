import type { Office } from '../../office/office.ts';
import type { Scene } from '../kit/scene.ts';
import { sayGuest } from './guest.ts';

/** Leads who may not do this to where he may: to the sign-in, or to a new phone when somebody else proved the old one to be his. */
export async function turnAway(scene: Scene<Office>, outcome: 'guest' | 'phone-to-confirm'): Promise<void> {
  if (outcome === 'guest') return sayGuest(scene);
  return scene.say('linking-phone-first', {}, [{ label: 'button-change-phone', dialog: 'change-phone' }]);
}
