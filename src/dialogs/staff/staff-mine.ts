import type { Office } from '../../office/office.ts';
import type { Dialog } from '../kit/scene.ts';
import { staffOpen } from './staff-open.ts';

/** /mine in private: what waits of what the member leads. */
export const staffMine: Dialog<Office> = (scene) => staffOpen(scene, 'mine');
