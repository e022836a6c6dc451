/** Methods of the Bot API for what this sandbox does not have: each refuses in Telegram's words, by its theme. */

import type { Handlers } from '../call.ts';
import { badRequest } from '../refusal.ts';
import { methodNames } from '../schema.ts';

/** The first pattern that fits the name. */
const REFUSALS: readonly [RegExp, string][] = [
  [/Business|Story|Checklist/, 'BUSINESS_CONNECTION_INVALID'],
  [/Sticker|CustomEmoji/, 'STICKERSET_INVALID'],
  [/Gift|Star|Subscription/, 'STARGIFT_INVALID'],
  [
    /InlineQuery|WebAppQuery|JoinRequestQuery|GuestQuery|PreparedInline|Prepared/,
    'query is too old and response timeout expired or query ID is invalid',
  ],
  [/Game/, 'GAME_BOT_INVALID'],
  [/InviteLink|JoinRequest/, 'INVITE_HASH_INVALID'],
  [/Poll/, 'POLL_UNSUPPORTED'],
  [/ManagedBot/, 'MANAGED_BOT_INVALID'],
  [/SuggestedPost/, 'SUGGESTED_POST_PEER_INVALID'],
  [/verif/i, 'BOT_VERIFIER_FORBIDDEN'],
  [/LiveLocation/, 'MESSAGE_ID_INVALID'],
  [/Passport/, 'DATA_INVALID'],
  [/Profile/, 'PHOTO_INVALID'],
  [/ChatMember|ChatPermissions|ChatAdministrator|ChatSender|ChatPhoto/, 'not enough rights'],
];

/** Every method of the schema that is not among these. */
export function refusing(handled: Handlers): Handlers {
  return Object.fromEntries(
    methodNames()
      .filter((name) => !Object.hasOwn(handled, name))
      .map((name) => {
        const words = REFUSALS.find(([pattern]) => pattern.test(name))?.[1] ?? 'METHOD_INVALID';
        const refuse = (): never => {
          throw badRequest(words);
        };
        return [name, refuse];
      }),
  );
}
