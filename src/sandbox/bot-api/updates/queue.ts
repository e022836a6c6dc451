/** Updates that wait for the bot. */
import type { Message, Update } from 'grammy/types';
import type { World } from '../world.ts';

type UpdateKind = Exclude<keyof Update, 'update_id'>;
/** A message that is told of may be any: the sandbox has no channels. */
type PayloadOf<K extends UpdateKind> = K extends 'message' | 'edited_message' ? Message : NonNullable<Update[K]>;

/** Kinds that come only when `allowed_updates` names them. */
const ASKED_FOR = new Set<UpdateKind>(['chat_member', 'message_reaction', 'message_reaction_count']);

/** Puts an update at the end of the queue, unless the bot did not ask for its kind. */
export function queueUpdate<K extends UpdateKind>(world: World, kind: K, payload: PayloadOf<K>): void {
  const { allowedUpdates, lastUpdateId } = world.state;
  const isWanted =
    allowedUpdates === undefined || allowedUpdates.length === 0 ? !ASKED_FOR.has(kind) : allowedUpdates.includes(kind);
  if (!isWanted) return;
  const update = { update_id: lastUpdateId + 1, [kind]: payload } as Update;
  world.put({ fact: 'update', queued: { update, queue: queueOf(update), queuedAt: world.seconds() } });
}

/** Whose order counts: messages of a chat are one queue; presses and payments of a person are apart from it. */
function queueOf(update: Update): string {
  const message = update.message ?? update.edited_message;
  if (message) return `chat ${message.chat.id}`;
  if (update.callback_query) return `press ${update.callback_query.from.id}`;
  if (update.pre_checkout_query) return `checkout ${update.pre_checkout_query.from.id}`;
  const member = update.my_chat_member ?? update.chat_member;
  return member ? `member ${member.chat.id}` : 'other';
}
