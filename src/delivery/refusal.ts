/** What of our call was not to the messenger's liking. */
export type RefusedWhat =
  /** Too many calls. */
  | 'pace'
  /** The messenger's own failure, or that of the way there; whether the call was done is not known. */
  | 'away'
  /** The token, or what stands before the messenger. */
  | 'token'
  /** The group has become another one. */
  | 'moved'
  /** A person who blocked us, is gone or never began; a group in which we are not. */
  | 'closed'
  /** We are in the group, and may not do this there. */
  | 'rights'
  /** There is no such person, or he is not in that chat. */
  | 'nobody'
  /** The group has no topics. */
  | 'no-threads'
  | 'thread-gone'
  | 'thread-shut'
  /** It is so already. */
  | 'unchanged'
  /** The message that the call is about is not there any more. */
  | 'message-gone'
  /** It is there, and can neither be changed nor deleted (any more). */
  | 'message-fixed'
  /** The message that the call answers is not there any more. */
  | 'answered-gone'
  /** A group or a message that may not be copied from. */
  | 'copying'
  /** This person (or group) takes no voice messages, round videos, stickers… */
  | 'kind'
  /** The file cannot be had, or is not what it should be. */
  | 'file'
  /** It is larger than may be sent. */
  | 'size'
  /** The words, or the buttons under them. */
  | 'words'
  /** More of them than fit into a message. */
  | 'length'
  /** The press or the question is too old to be answered. */
  | 'late'
  /** The reaction is not to be had there. */
  | 'reaction'
  /** Nothing that we know. */
  | 'unknown';

/**
 * `retry`: the same is taken later, or by another way that we know. `tell`: as it is it will never be taken, and whoever wanted it is to hear so. `give-up`: it
 * will never be taken, and nobody misses it.
 */
export type RefusalMove = 'retry' | 'tell' | 'give-up';
