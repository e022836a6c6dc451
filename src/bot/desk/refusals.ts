import type { GrammyError } from 'grammy';
import type { Deed, Done } from '../../adapters/errands/deeds.ts';

const CLOSED =
  /chat not found|user not found|user is deactivated|CHAT_WRITE_FORBIDDEN|PEER_ID_INVALID|have no rights|not a member/i;
const NO_RIGHTS = /not enough rights/i;
const NO_THREADS = /not a forum|CHAT_NOT_FORUM|only for supergroups|not enough rights|CHAT_ADMIN_REQUIRED/i;
const THREAD_GONE = /thread not found|TOPIC_ID_INVALID|TOPIC_DELETED/i;
const THREAD_SHUT = /TOPIC_CLOSED/i;
const AS_IT_WAS = /not modified|TOPIC_NOT_MODIFIED/i;
const MESSAGE_GONE = /message to (edit|delete|react) not found|MESSAGE_ID_INVALID|message identifier is not specified/i;

/** What Telegram's refusal of a deed means; what says nothing of the deed (its own troubles, a wrong token) is thrown on. */
export function judgeDeed(deed: Deed, { error_code: code, description, parameters }: GrammyError): Done {
  if (code === 429) return { outcome: 'wait', seconds: parameters.retry_after ?? 5 };
  if (code >= 500 || code === 401) throw new Error(`Telegram answered ${code}`);
  // Telegram quotes what it did not understand.
  const reason = description.replace(/"[^"]*"/g, '…');
  if (code === 403 || CLOSED.test(reason)) return { outcome: 'blocked', reason };
  if (deed.does === 'open-thread' && NO_THREADS.test(reason)) return { outcome: 'no-threads' };
  if (AS_IT_WAS.test(reason)) return { outcome: 'done', messages: [] };
  if (THREAD_GONE.test(reason)) return { outcome: 'thread-gone' };
  if (THREAD_SHUT.test(reason)) return { outcome: 'thread-shut' };
  if (!('to' in deed) && MESSAGE_GONE.test(reason)) return { outcome: 'message-gone' };
  const intoGroup = 'to' in deed && 'group' in deed.to;
  return { outcome: intoGroup && NO_RIGHTS.test(reason) ? 'blocked' : 'refused', reason };
}
