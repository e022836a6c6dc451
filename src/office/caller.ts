/** A person's account in a messenger, e.g. `telegram:7`. */
export type MessengerId = `${string}:${string}`;

export function isMessengerId(text: string): text is MessengerId {
  return /^[a-z]+:./.test(text);
}

/** The messenger that an account, a chat or a message in it is of: `telegram` of `telegram:7`. */
export function messengerOf(id: string): string {
  return id.split(':', 1)[0] ?? '';
}

/** Who asks the office, and by which step of which update: the step makes a repeated question harmless. */
export type Caller = {
  messengerId: MessengerId;
  /** Unique for one call of one update; the same when the update is repeated. */
  idempotencyKey: string;
  /** The turn of the chat in which this is asked: once it is lost or revoked, nothing is written for it. Absent: no turn stands behind the question. */
  turn?: CallersTurn | undefined;
};

export type CallersTurn = {
  /** Tells it from all other turns of all chats. */
  token: string;
  /** Whether the chat is still its own, as far as this process knows. */
  isHeld: () => boolean | Promise<boolean>;
};

/** The turn in which the office was asked belongs to another process by now: nothing was written, the update has its turn there. */
export class TurnRevoked extends Error {
  override name = 'TurnRevoked';
}
