import type { Office } from '../../office/office.ts';
import type { Phrase, Scene } from '../kit/scene.ts';
import { sayGuest } from './guest.ts';

/** The present password, before something sensitive is changed. Gives a ticket; undefined where the resident was told why there is none. */
export async function askOldPassword(scene: Scene<Office>): Promise<string | undefined> {
  const { askSecret, choose, goTo } = scene;
  let because: Phrase | undefined;
  for (;;) {
    const asked = await askSecret('password-old', (typed, office) => office.settings.askPassword(typed), {
      buttons: ['forgot-password'],
      because,
    });
    if ('pressed' in asked) return goTo('recovery');
    switch (asked.outcome) {
      case 'right':
        return asked.ticket;
      case 'wrong':
        because = { text: 'password-old-wrong' };
        break;
      case 'locked':
        // The question stays: a password that is typed all the same goes out of the chat.
        await choose('password-old-locked', ['forgot-password'], { until: asked.until });
        return goTo('recovery');
      case 'guest':
        await sayGuest(scene);
        return undefined;
    }
  }
}
