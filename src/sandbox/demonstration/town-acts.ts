/** What happens in the town at a click of the page. */
import type { World } from '../bot-api/world.ts';
import { ActRefusal } from '../people/people.ts';
import type { TownAction } from '../protocol.ts';
import type { Billing } from './billing.ts';

/** Answers with a sentence for the page; throws `ActRefusal` with one. */
export type ActInTown = (action: TownAction) => Promise<string>;

/** The answer that the town goes is on its way before it does. */
const GOES_AFTER_MS = 200;

export function townActs(world: World, billing: Billing | undefined, onStartAnew: (() => void) | undefined): ActInTown {
  let isGoing = false;
  return async (action) => {
    if (!billing) throw new ActRefusal('Здесь нет города: биллинг ничего не пришлёт');
    switch (action.type) {
      case 'charges':
        return billing.bringCharges();
      case 'payment':
        return billing.bringPayment(action.as);
      case 'start-anew':
        if (!onStartAnew) throw new ActRefusal('Остановите программу и удалите папку песочницы');
        if (!isGoing) {
          isGoing = true;
          world.publish({ type: 'start-anew' });
          setTimeout(onStartAnew, GOES_AFTER_MS);
        }
        return 'Строим город заново: это займёт несколько секунд.';
      default:
        throw new ActRefusal('Такого в городе не бывает');
    }
  };
}
