import type { NoAccess } from '../../office/accounts/relatives.ts';
import type { Office } from '../../office/office.ts';
import type { Dialog, Scene } from '../kit/scene.ts';
import { sayLinked } from '../steps/say-linked.ts';
import { turnAway } from '../steps/turn-away.ts';

/**
 * What a one-time link opens that a resident has sent to a relative: «Подключить», once the address is seen, with a login of one's own. `ref`: what
 * the link carries, or the id of one that was opened before.
 */
export const takeAccess: Dialog<Office> = async (scene, ref) => {
  const { say, choose, office } = scene;
  const opened = await office.relatives.open(ref);
  switch (opened.outcome) {
    case 'guest':
      return say('take-access-guest', { until: opened.until }, [
        { label: 'button-login', dialog: 'sign-in' },
        { label: 'button-register', dialog: 'registration' },
      ]);
    case 'phone-to-confirm':
      return turnAway(scene, opened.outcome);
    case 'found': {
      const { offer, account, address } = opened;
      await choose('take-access', ['connect'], { account, address });
      const taken = await office.relatives.take(offer);
      switch (taken.outcome) {
        case 'linked':
          return sayLinked(scene, account, taken);
        case 'guest':
        case 'phone-to-confirm':
          return turnAway(scene, taken.outcome);
        case 'forged':
        case 'late':
        case 'used':
        case 'opened-since':
        case 'withdrawn':
        case 'own':
        case 'linked-already':
        case 'limit':
          return sayNoAccess(scene, taken);
      }
      return;
    }
    case 'forged':
    case 'late':
    case 'used':
    case 'opened-since':
    case 'withdrawn':
    case 'own':
    case 'linked-already':
    case 'limit':
      return sayNoAccess(scene, opened);
  }
};

/** Why it opens nothing, and what to do. */
async function sayNoAccess({ say }: Scene<Office>, no: NoAccess): Promise<void> {
  switch (no.outcome) {
    case 'linked-already':
      return say('linking-already', { account: no.account, anew: 'no' });
    case 'limit':
      return say('take-access-limit', { until: no.until });
    case 'own':
      return say('take-access-own', {}, [{ label: 'button-accounts', dialog: 'accounts' }]);
    case 'forged':
    case 'late':
    case 'used':
    case 'opened-since':
    case 'withdrawn':
      return say(`take-access-${no.outcome}`);
  }
}
