import type { ChapterDoor } from '../../domain/doors.ts';
import type { Office } from '../../office/office.ts';
import type { Dialog } from '../kit/scene.ts';
import { sayGuest } from '../steps/guest.ts';

/** «Где выполнен вход»: every messenger account that the login is open in, with «Выйти» beside each. */
export const sessions: Dialog<Office> = async (scene) => {
  const { say, office } = scene;
  const list = await office.sessions.list();
  if (list.length === 0) return sayGuest(scene);

  await say('sessions-list', { count: list.length });
  for (const { id, opened, seen, here } of list) {
    const door: ChapterDoor = here ? { dialog: 'sign-out' } : { dialog: 'end-session', ref: id };
    await say(here ? 'sessions-here' : 'sessions-other', { opened, seen }, [{ label: 'button-logout', ...door }]);
  }
};
