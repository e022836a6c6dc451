import type { Office } from '../../office/office.ts';
import type { Scene } from '../kit/scene.ts';

/** For a chapter that is for residents: the guest's menu, which the screen may not have, and where the sign-in has run out by itself, that it has. */
export async function sayGuest({ sayWithMenu, office }: Scene<Office>): Promise<void> {
  const ranOut = await office.residents.ranOut();
  return ranOut === 'no' ? sayWithMenu('guest-only-residents') : sayWithMenu('guest-ran-out', { ranOut });
}
