import type { MessagePart } from '../../office/staff/message-part.ts';
import type { Office } from '../../office/office.ts';
import type { Scene } from '../kit/scene.ts';
import { sayNoRequest, sayRefused } from './request-refused.ts';

/** Adds messages to a request and says so; those for which it is too late are offered as a new one. */
export async function addMessageParts(scene: Scene<Office>, number: number, messageParts: readonly MessagePart[]): Promise<void> {
  const { say, conclude, goTo, office } = scene;
  const added = await office.requests.add(number, messageParts);
  switch (added.outcome) {
    case 'gone':
      return sayNoRequest(scene);
    case 'too-late':
      await say('request-too-late-for-words', { number });
      return goTo('request', '', messageParts);
    case 'added': {
      // The first message of an album has been acknowledged.
      if (added.albumBegun) return;
      return conclude('request-added', { number, reopened: added.reopened });
    }
    case 'silenced':
    case 'enough-today':
      return sayRefused(scene, added);
  }
}
