import { type DestinationStream, type Logger, pino } from 'pino';

export type Log = Logger;

/**
 * The log of the application: JSON lines. It is written by allow-list: who logs names the fields, and no field may hold a telephone
 * number, a name, an address, a message or a secret; errors go through `reception/trouble.ts`, since their messages may hold all of these.
 */
export function createLog(level: string, destination?: DestinationStream): Log {
  const options = { level, base: null };
  return destination ? pino(options, destination) : pino(options);
}
