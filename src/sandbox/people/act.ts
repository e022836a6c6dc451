/** Everything that a person can do, by name. */
import type { World } from '../bot-api/world.ts';
import type { Action, ActionResult } from '../protocol.ts';
import { moveClock } from './clock.ts';
import { newGroup, setMember, setStaffGroup, setTopics, upgradeGroup } from './groups.ts';
import { ActRefusal } from './people.ts';
import { payInvoice, pressButton, pressKeyboard, react } from './pressing.ts';
import { addPerson, setBlocked, startBot } from './residents.ts';
import {
  deleteMessages,
  editMessage,
  forward,
  sendAlbum,
  sendContact,
  sendFile,
  sendPlace,
  sendText,
  shareContact,
} from './messages.ts';
import { changeTopic, newTopic } from './topics.ts';

export { ActRefusal } from './people.ts';

/** Does it at once, or throws `ActRefusal` with a sentence for the page. */
export type Act = (action: Action) => ActionResult;

export const actIn =
  (world: World): Act =>
  (action) => {
    switch (action.type) {
      case 'new-person':
        return addPerson(world, action);
      case 'send-text':
        return sendText(world, action);
      case 'send-file':
        return sendFile(world, action);
      case 'send-album':
        return sendAlbum(world, action);
      case 'share-contact':
        return shareContact(world, action);
      case 'send-contact':
        return sendContact(world, action);
      case 'send-location':
        return sendPlace(world, action);
      case 'edit-message':
        return editMessage(world, action);
      case 'delete-messages':
        return deleteMessages(world, action);
      case 'forward':
        return forward(world, action);
      case 'press-button':
        return pressButton(world, action);
      case 'press-keyboard':
        return pressKeyboard(world, action);
      case 'pay-invoice':
        return payInvoice(world, action);
      case 'react':
        return react(world, action);
      case 'block-bot':
        return setBlocked(world, action.as, true);
      case 'unblock-bot':
        return setBlocked(world, action.as, false);
      case 'start-bot':
        return startBot(world, action);
      case 'new-group':
        return newGroup(world, action);
      case 'set-member':
        return setMember(world, action);
      case 'new-topic':
        return newTopic(world, action);
      case 'change-topic':
        return changeTopic(world, action);
      case 'upgrade-group':
        return upgradeGroup(world, action);
      case 'set-topics':
        return setTopics(world, action);
      case 'set-staff-group':
        return setStaffGroup(world, action);
      case 'move-clock':
        return moveClock(world, action.seconds);
      case 'reset-clock':
        world.put({ fact: 'clock', movedSeconds: 0 });
        return {};
      default:
        throw new ActRefusal(`Такого действия нет: ${String((action as { type?: unknown }).type)}`);
    }
  };
