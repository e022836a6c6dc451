import type { RefusedWhat } from '../../delivery/refusal.ts';
import type { MessengerAction, Done } from '../../delivery/requests/actions.ts';
import { type CallOutcome, throwUnlessJudged } from './attempt.ts';

/** What Telegram's refusal of an action means; what says nothing of the action (its own troubles, a wrong token) is thrown on. */
export function outcomeOfRefused(action: MessengerAction, refused: Extract<CallOutcome<unknown>, { done: false }>): Done {
  throwUnlessJudged(refused);
  const { what, reason, seconds = 5 } = refused.refusal;
  const intoGroup = 'to' in action && 'group' in action.to;
  const atLarge = 'to' in action && 'group' in action.to && action.to.thread === undefined;
  if (action.does === 'open-thread') return ofOpening(what, reason, seconds);
  switch (what) {
    case 'pace':
      return { outcome: 'wait', seconds };
    case 'closed':
    case 'nobody':
      return { outcome: 'blocked', reason };
    case 'rights':
    case 'kind':
      // What may be sent to the group is a matter of settings: it waits for them.
      if (!intoGroup) return { outcome: 'refused', reason, what };
      return { outcome: 'blocked', reason, ...(what === 'kind' && { ofKind: true }) };
    case 'unchanged':
    case 'reaction':
    case 'late':
      return { outcome: 'done', messages: [] };
    // What is said to nobody's thread goes to the group's first one, which no delivery of ours can open again; the others take what they are sent.
    case 'thread-gone':
      return atLarge ? { outcome: 'blocked', reason, partly: true } : { outcome: 'thread-gone' };
    case 'thread-shut':
      return atLarge ? { outcome: 'blocked', reason, partly: true } : { outcome: 'thread-shut' };
    case 'message-gone':
      return 'to' in action ? { outcome: 'refused', reason, what } : { outcome: 'message-gone' };
    case 'no-threads':
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
      return { outcome: 'refused', reason, what };
  }
}

/** A thread was not opened: either the group has none, or we may not open any; or it is something of this one, and others are opened all the same. */
function ofOpening(what: RefusedWhat, reason: string, seconds: number): Done {
  if (what === 'pace') return { outcome: 'wait', seconds };
  if (what === 'closed' || what === 'nobody') return { outcome: 'blocked', reason };
  if (what === 'rights' || what === 'no-threads' || what === 'moved') return { outcome: 'no-threads' };
  return { outcome: 'refused', reason, what };
}
