import type { MessengerAction, Done } from '../../delivery/requests/actions.ts';
import { type Called, throwUnlessJudged } from './attempt.ts';

/** What Telegram's refusal of an action means; what says nothing of the action (its own troubles, a wrong token) is thrown on. */
export function outcomeOfRefused(action: MessengerAction, refused: Extract<Called<unknown>, { done: false }>): Done {
  throwUnlessJudged(refused);
  const { what, reason, seconds = 5 } = refused.refusal;
  const intoGroup = 'to' in action && 'group' in action.to;
  switch (what) {
    case 'pace':
      return { outcome: 'wait', seconds };
    case 'closed':
    case 'nobody':
      return { outcome: 'blocked', reason };
    case 'rights':
    case 'kind':
      if (action.does === 'open-thread') return { outcome: 'no-threads' };
      // What may be sent to the group is a matter of settings: it waits for them.
      return intoGroup ? { outcome: 'blocked', reason } : { outcome: 'refused', reason, what };
    case 'no-threads':
      return action.does === 'open-thread' ? { outcome: 'no-threads' } : { outcome: 'refused', reason, what };
    case 'unchanged':
    case 'reaction':
    case 'late':
      return { outcome: 'done', messages: [] };
    case 'thread-gone':
      return { outcome: 'thread-gone' };
    case 'thread-shut':
      return { outcome: 'thread-shut' };
    case 'message-gone':
      return 'to' in action ? { outcome: 'refused', reason, what } : { outcome: 'message-gone' };
    case 'moved':
    case 'message-fixed':
    case 'answered-gone':
    case 'copying':
    case 'file':
    case 'size':
    case 'words':
    case 'length':
    case 'unknown':
    case 'away':
    case 'token':
      // A request reaches staff in any case: where it can have no thread of its own it is a card.
      return action.does === 'open-thread' ? { outcome: 'no-threads' } : { outcome: 'refused', reason, what };
  }
}
