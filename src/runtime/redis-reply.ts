/**
 * The word by which Redis says what is wrong: `READONLY`, `OOM`; undefined where it is none. An upper-case word holds no data, the rest of a
 * reply may. Before Redis 7 an error inside a script stands behind the script's own.
 */
export function wordOfReply({ name, message }: Error): string | undefined {
  if (name !== 'ReplyError') return undefined;
  const inScript = /^ERR Error running script .*?: -([A-Z]{2,})(?=\s|$)/.exec(message)?.[1];
  return inScript ?? /^[A-Z]{2,}(?=\s|$)/.exec(message)?.[0];
}
