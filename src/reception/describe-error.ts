import { wordOfReply } from '../runtime/redis-reply.ts';

/**
 * What may be told of an error in a log or to staff: names and codes. Messages may hold telephone numbers, texts of residents and, in
 * Telegram's case, the token, so they stay out.
 */
export type DescribedError = { error: string; code?: string; where?: readonly string[] };

/**
 * The code is Postgres's SQLSTATE, a system's error, Telegram's number or the first word of what Redis answered. Where a neighbour is away,
 * frames that are none of ours are nothing to go by.
 */
export function describeError(error: unknown): DescribedError {
  const root = innermost(error);
  const code = codeOf(root);
  const where = root instanceof Error ? framesOf(root) : [];
  return {
    error: root instanceof Error ? root.name : typeof root,
    ...(code !== undefined && { code }),
    ...(where.length > 0 && (!isOutage(error) || where.some(isOurs)) && { where }),
  };
}

/** Postgres or the store of turns cannot be reached, or answers and refuses for reasons of its own: nobody's fault, and it passes. */
export function isOutage(error: unknown): boolean {
  return chainOf(error).some((one) => {
    if (OUTAGE_NAMES.has(one.name)) return true;
    const code = codeOf(one) ?? '';
    return one.name === 'ReplyError' ? OUTAGE_REPLIES.has(code) : OUTAGE_CODES.test(code) || OUTAGE_WORDS.test(one.message);
  });
}

/** Another process has the chat by now: what is not done is none of this one's any more. */
export function isTurnOver(error: unknown): boolean {
  const root = innermost(error);
  return root instanceof Error && (root.name === 'TurnLost' || root.name === 'TurnRevoked');
}

/** System errors of a connection, or of a disk, a table of files, ports or memory that are full. */
const SYSTEM = [
  ['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'EHOSTDOWN', 'ENETUNREACH', 'ENETDOWN'],
  ['EADDRNOTAVAIL', 'ENOBUFS', 'ENOMEM', 'EPROTO'],
  ['ENOTFOUND', 'EAI_AGAIN', 'ENOENT', 'ENOSPC', 'EDQUOT', 'EROFS', 'EMFILE', 'ENFILE', 'NR_CLOSED', 'UNCERTAIN_STATE'],
].flat();

/** A neighbour's certificate, or its TLS, is being changed: https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const TLS = [
  'CERT_\\w+',
  'CRL_\\w+',
  'UNABLE_TO_\\w+',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'HOSTNAME_MISMATCH',
  'ERR_(TLS|SSL)_\\w+',
];

/** https://www.postgresql.org/docs/current/errcodes-appendix.html; a dot is any letter of a class that is meant whole. */
const SQLSTATES = [
  '08...', // the connection, and what a pooler says of it
  '25006', // read-only: a standby, a failover, a full disk at a provider's
  '25P0[234]', // a transaction that was given up on before, or was idle or long for longer than the server allows
  '28000', // the password or the rules of access are being changed
  '28P01',
  '3D000', // the database is being restored
  '40...', // given up in favour of another transaction: deadlock, serialization
  '53...', // a full disk, memory, connections
  '55000', // the database takes no connections at the moment
  '55006', // somebody else works on it as a whole
  '55P03', // a lock that was not to be had in time
  '57014', // cancelled: a time limit, or a standby in recovery
  '57P0[1-5]', // shut down, crashed, starts up, dropped, idle for too long
  '58...', // the system below it: files, reading and writing
];

const OUTAGE_CODES = new RegExp(`^(${[...SYSTEM, ...TLS, ...SQLSTATES].join('|')})$`);

/** Ours, and ioredis's for a connection that is gone. */
const OUTAGE_NAMES = new Set(
  [
    ['StoreUnavailable', 'TurnBusy', 'TurnLost', 'Overloaded'],
    ['MaxRetriesPerRequestError', 'ClusterAllFailedError'],
  ].flat(),
);

/** pg and ioredis give these errors of theirs neither a name nor a code. */
const OUTAGE_WORDS =
  /Query read timeout|Connection terminated|timeout exceeded when trying to connect|timeout expired|SSL connection|not queryable|Connection is closed|Command timed out|Command aborted|Socket timeout|startup nodes is available|Too many Cluster redirections|Stream isn't writeable/;

/** What Redis answers while it cannot do what it otherwise does: https://redis.io/docs/latest/develop/reference/protocol-spec/#simple-errors */
const OUTAGE_REPLIES = new Set(
  [
    ['READONLY', 'MASTERDOWN', 'NOREPLICAS', 'UNBLOCKED'], // a failover
    ['MOVED', 'ASK', 'TRYAGAIN', 'CLUSTERDOWN'], // a cluster that changes
    ['LOADING', 'BUSY', 'NOSCRIPT'], // a start, somebody's long script, a script that was forgotten
    ['OOM', 'MISCONF'], // memory or disk is full
    ['NOAUTH', 'WRONGPASS', 'NOPERM'], // its password is being changed
  ].flat(),
);

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Object)) return undefined;
  if (error instanceof Error && error.name === 'ReplyError') return wordOfReply(error);
  const code = 'code' in error ? error.code : 'error_code' in error ? error.error_code : undefined;
  return typeof code === 'string' || typeof code === 'number' ? String(code) : undefined;
}

/** From what was thrown to what is behind it: grammY, a store and others wrap. */
function chainOf(error: unknown): Error[] {
  const chain: Error[] = [];
  for (let next = [error]; next.length > 0 && chain.length < 20; ) {
    const errors = next.filter((one): one is Error => one instanceof Error && !chain.includes(one));
    chain.push(...errors);
    next = errors.flatMap((one): unknown[] => [
      'error' in one ? one.error : one.cause,
      ...(one instanceof AggregateError ? one.errors : []),
    ]);
  }
  return chain;
}

/** What was thrown first of all. */
function innermost(error: unknown): unknown {
  return chainOf(error).at(-1) ?? error;
}

/** The lines of a stack that name places in code; the first ones hold the message. */
const isOurs = (frame: string): boolean => /\(src\//.test(frame);

function framesOf(error: Error): string[] {
  return (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8)
    .map((line) => line.trim().replace(/\(?file:\/\/.*?\/(src|node_modules)\//, '($1/'));
}
