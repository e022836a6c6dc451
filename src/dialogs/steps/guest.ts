import type { Office } from '../../office/office.ts';
import type { Scene } from '../kit/scene.ts';

/** For a chapter that is for residents: the way in. */
export async function sayGuest({ say }: Scene<Office>): Promise<void> {
  await say('guest-only-residents', {}, [
    { label: 'button-login', dialog: 'sign-in' },
    { label: 'button-register', dialog: 'registration' },
  ]);
}
