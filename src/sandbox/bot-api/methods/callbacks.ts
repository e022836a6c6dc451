/** Button presses and reactions: answerCallbackQuery, setMessageReaction. */

import type { ReactionType } from 'grammy/types';
import { chatNamed, messageNamed } from '../access.ts';
import type { Handlers } from '../call.ts';
import { characters } from '../entities/formatted.ts';
import { setReactions } from '../posting.ts';
import { badRequest, queryTooOld } from '../refusal.ts';

/** So long a press waits for its answer. */
const PRESS_SECONDS = 15 * 60;

export const callbacks: Handlers = {
  answerCallbackQuery({ parameters, world }) {
    const id = parameters.text('callback_query_id') ?? '';
    const text = parameters.text('text');
    if (text !== undefined && characters(text).length > 200) throw badRequest('MESSAGE_TOO_LONG');
    const press = world.state.presses.get(id);
    if (!press) throw queryTooOld();
    world.put({ fact: 'press-gone', id });
    if (world.seconds() - press.pressedAt > PRESS_SECONDS) throw queryTooOld();
    const url = parameters.text('url');
    world.publish({
      type: 'button-answered',
      callbackQueryId: id,
      personId: press.personId,
      showAlert: parameters.flag('show_alert'),
      ...(text === undefined ? {} : { text }),
      ...(url === undefined ? {} : { url }),
    });
    return true;
  },

  setMessageReaction(call) {
    const chat = chatNamed(call);
    const { message } = messageNamed(call, chat, 'message to react');
    const given = call.parameters.json('reaction') ?? [];
    if (!Array.isArray(given)) throw badRequest('expected an Array of ReactionType');
    if (given.length > 1) throw badRequest('REACTIONS_TOO_MANY');
    for (const reaction of given as ReactionType[]) {
      if (reaction?.type !== 'emoji' && reaction?.type !== 'custom_emoji') throw badRequest('invalid reaction type specified');
      if (reaction.type === 'emoji' && !/^\p{Extended_Pictographic}/u.test(reaction.emoji)) throw badRequest('REACTION_INVALID');
    }
    setReactions(call.world, chat, message.message_id, given as ReactionType[]);
    return true;
  },
};
