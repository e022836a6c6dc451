import type { Office } from '../../office/office.ts';
import type { Phrase, Scene } from '../kit/scene.ts';
import { sayGuest } from './guest.ts';

/** The present password, before something sensitive is changed. Gives a ticket; undefined where the resident was told why there is none. */
export async function askOldPassword(scene: Scene<Office>): Promise<string | undefined> {
  const { say, askSecret, goTo } = scene;
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
        await say('password-old-locked', { until: asked.until }, [{ label: 'button-forgot-password', dialog: 'recovery' }]);
        return undefined;
      case 'guest':
        await sayGuest(scene);
        return undefined;
    }
  }
}
