/** Embedded Postgres cannot be had; the message names the folder or setting and the next move. */
export class EmbeddedPostgresError extends Error {
  override name = 'EmbeddedPostgresError';
}
