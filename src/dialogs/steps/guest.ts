import type { Office } from '../../office/office.ts';
import type { Scene } from '../kit/scene.ts';

/** For a chapter that is for residents: the way in, and where the sign-in has run out by itself, that it has. */
export async function sayGuest({ say, office }: Scene<Office>): Promise<void> {
  const ranOut = await office.residents.ranOut();
  if (ranOut !== 'no') return say('guest-ran-out', { ranOut }, [{ label: 'button-login', dialog: 'sign-in' }]);
  await say('guest-only-residents', {}, [
    { label: 'button-login', dialog: 'sign-in' },
    { label: 'button-register', dialog: 'registration' },
  ]);
}
