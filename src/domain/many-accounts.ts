/** From so many accounts on they are shown as a list, and told of in one message: one each would be a wall. */
export const MANY_ACCOUNTS = 5;
/** So many of them stand in one message of news; of the others it says how many there are. */
export const LISTED_ACCOUNTS = 10;

/**
 * Whether news of so many accounts come in one message: of five on, and to who has five of two on, who would get up to four messages at a time
 * else.
 */
export const areToldTogether = (count: number, has: number): boolean =>
  count >= MANY_ACCOUNTS || (count > 1 && has >= MANY_ACCOUNTS);
