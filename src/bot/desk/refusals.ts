import type { GrammyError } from 'grammy';
import type { Deed, Done } from '../../adapters/errands/deeds.ts';
import { classifyError } from '../../adapters/telegram/refusals.ts';

/** What Telegram's refusal of a deed means; what says nothing of the deed (its own troubles, a wrong token) is thrown on. */
export function judgeDeed(deed: Deed, error: GrammyError): Done {
  const { what, reason, seconds = 5 } = classifyError(error);
  const intoGroup = 'to' in deed && 'group' in deed.to;
  switch (what) {
    case 'pace':
      return { outcome: 'wait', seconds };
    case 'away':
    case 'token':
      throw new Error(`Telegram answered ${error.error_code}`);
    case 'closed':
    case 'nobody':
      return { outcome: 'blocked', reason };
    case 'rights':
    case 'kind':
      if (deed.does === 'open-thread') return { outcome: 'no-threads' };
      // What may be sent to the group is a matter of settings: it waits for them.
      return intoGroup ? { outcome: 'blocked', reason } : { outcome: 'refused', reason, what };
    case 'no-threads':
      return deed.does === 'open-thread' ? { outcome: 'no-threads' } : { outcome: 'refused', reason, what };
    case 'unchanged':
    case 'reaction':
    case 'late':
      return { outcome: 'done', messages: [] };
    case 'thread-gone':
      return { outcome: 'thread-gone' };
    case 'thread-shut':
      return { outcome: 'thread-shut' };
    case 'message-gone':
      return 'to' in deed ? { outcome: 'refused', reason, what } : { outcome: 'message-gone' };
    case 'moved':
    case 'message-fixed':
    case 'answered-gone':
    case 'copying':
    case 'file':
    case 'size':
    case 'words':
    case 'length':
    case 'unknown':
      return { outcome: 'refused', reason, what };
  }
}
