/** With the queues' backoff about a quarter of an hour: what this release does not know a newer one beside it may, and says it once it leads. */
export const UNKNOWN_ATTEMPTS = 10;

/** With that backoff about two days, after which Telegram lets no message be deleted, and what was to be told is no news any more. */
export const MOST_ATTEMPTS = 300;
