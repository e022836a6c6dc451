import { BotError, type Context, GrammyError, HttpError } from 'grammy';
import { expect, test } from 'vitest';
import { StoreUnavailable, TurnBusy, TurnLost } from '../../src/adapters/turns/turns.ts';
import { describeError, isOutage } from '../../src/reception/describe-error.ts';

const coded = (code: string, message = 'something of +79123456789') => Object.assign(new Error(message), { code });

function reply(message: string): Error {
  const error = new Error(message);
  error.name = 'ReplyError';
  return error;
}

const PASSES = [
  // Of the system.
  ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN', 'ENOSPC'],
  ['EADDRNOTAVAIL', 'ENOBUFS', 'ENOMEM', 'EPROTO'],
  // Of TLS.
  ['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN'],
  [
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'ERR_SSL_WRONG_VERSION_NUMBER',
  ],
  // Of Postgres by class: connection, transaction rollback, resources, shutting down, the system.
  ['08000', '08001', '08003', '08004', '08006', '08P01', '40000', '40001', '40003', '40P01', '53000', '53100', '53200', '53300'],
  ['53400', '57P01', '57P02', '57P03', '57P04', '57P05', '58000', '58030', '58P01'],
  ['25006', '25P02', '25P03', '25P04', '55000', '55006', '55P03', '57014', '28000', '28P01', '3D000'],
]
  .flat()
  .map((code) => [code, coded(code)] as const);

const REPLIES = [
  "READONLY You can't write against a read only replica.",
  'MOVED 3999 127.0.0.1:6381',
  'ASK 3999 127.0.0.1:6381',
  'TRYAGAIN Multiple keys request during rehashing of slot',
  'CLUSTERDOWN The cluster is down',
  'LOADING Redis is loading the dataset in memory',
  "OOM command not allowed when used memory > 'maxmemory'.",
  'MISCONF Redis is configured to save RDB snapshots, but it is currently unable to persist to disk.',
  'NOREPLICAS Not enough good replicas to write.',
  "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.",
  'BUSY Redis is busy running a script.',
  'NOSCRIPT No matching script.',
  'UNBLOCKED force unblock from blocking operation',
];

const WORDS = [
  'Query read timeout',
  'The server does not support SSL connections',
  'There was an error establishing an SSL connection',
  'Connection terminated unexpectedly',
  'Connection terminated due to connection timeout',
  'timeout exceeded when trying to connect',
  'Client has encountered a connection error and is not queryable',
  'Connection is closed.',
  'Command timed out',
  'Command aborted due to connection close',
  "Socket timeout. Expecting data, but didn't receive any in 2000ms.",
];

test.each(PASSES)('%s passes by itself', (_, error) => {
  expect(isOutage(error)).toBe(true);
  expect(isOutage(new StoreUnavailable('wrapped', { cause: error }))).toBe(true);
  expect(isOutage(new BotError(error, {} as Context))).toBe(true);
});

test.each(REPLIES)('%s passes by itself, and the log says its first word', (message) => {
  expect(isOutage(reply(message))).toBe(true);
  const wrapped = new StoreUnavailable('Redis did not do what a turn needs', { cause: reply(message) });
  expect(isOutage(wrapped)).toBe(true);
  expect(describeError(wrapped)).toMatchObject({ error: 'ReplyError', code: message.split(' ')[0] });
});

test('before Redis 7 the word of a script’s error stands behind the script’s own', () => {
  const said =
    "ERR Error running script (call to f_1): @user_script:7: @user_script: 7: -OOM command not allowed when used memory > 'maxmemory'.";
  expect(isOutage(reply(said))).toBe(true);
  expect(describeError(reply(said)).code).toBe('OOM');
});

test.each(WORDS)('%s passes by itself', (message) => expect(isOutage(new Error(message))).toBe(true));

test('several refused addresses of one host, a turn that was busy or lost, and clients that gave up', () => {
  expect(isOutage(new AggregateError([coded('ECONNREFUSED'), coded('ECONNREFUSED')]))).toBe(true);
  for (const error of [new TurnBusy('x'), new TurnLost('x')]) expect(isOutage(error)).toBe(true);
  for (const name of ['MaxRetriesPerRequestError', 'ClusterAllFailedError'])
    expect(isOutage(Object.assign(new Error('x'), { name }))).toBe(true);
});

test.each([
  '22021',
  '22P02',
  '23502',
  '23503',
  '23505',
  '23514',
  '42501',
  '42601',
  '42703',
  '42P01',
  '42883',
  '0A000',
  'XX000',
  'XX001',
])('%s does not: somebody has to look', (code) => expect(isOutage(coded(code))).toBe(false));

test('nor does what our own code or Telegram did', () => {
  expect(isOutage(new TypeError('x is not a function'))).toBe(false);
  expect(isOutage(reply('WRONGTYPE Operation against a key holding the wrong kind of value'))).toBe(false);
  expect(isOutage(reply('ERR syntax error'))).toBe(false);
  expect(isOutage(new HttpError('network', new Error('x')))).toBe(false);
  expect(isOutage('a string')).toBe(false);
  expect(isOutage(undefined)).toBe(false);
});

test('the log has the SQLSTATE and Telegram’s number, and no words', () => {
  expect(describeError(new StoreUnavailable('x', { cause: coded('25006') }))).toMatchObject({ error: 'Error', code: '25006' });
  const refused = new GrammyError('x', { ok: false, error_code: 409, description: 'Conflict' }, 'getUpdates', {});
  expect(describeError(refused)).toMatchObject({ code: '409' });
  for (const error of [coded('25006'), reply('secret-key is not a word'), reply('Иван 79123456789'), reply('A b')]) {
    expect(JSON.stringify(describeError(error).code ?? '')).not.toMatch(/secret|Иван|7912|"A"/);
  }
});

test('where a fault of ours lies is told; of a neighbour that is away, what is none of ours is not', () => {
  expect(describeError(new TypeError('x is not a function')).where?.[0]).toMatch(/describe-error\.test\.ts/);
  for (const error of [coded('ECONNREFUSED'), new StoreUnavailable('x', { cause: coded('57P01') }), reply('READONLY You')])
    expect(describeError(error)).not.toHaveProperty('where');
  // A file of ours that is not there looks like a neighbour that is away.
  const missing = coded('ENOENT');
  missing.stack = `Error: x\n    at open (file://${process.cwd()}/src/texts/texts.ts:1:1)`;
  expect(describeError(missing).where).toEqual(['at open (src/texts/texts.ts:1:1)']);
});

test('an error that is its own cause ends, too', () => {
  const error = new Error('x');
  error.cause = error;
  expect(isOutage(error)).toBe(false);
  expect(describeError(error).error).toBe('Error');
});
