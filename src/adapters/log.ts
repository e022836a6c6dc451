import { AsyncLocalStorage } from 'node:async_hooks';
import { type DestinationStream, type Logger, type LoggerOptions, pino, stdTimeFunctions } from 'pino';
import { readableLine } from './log-line.ts';

export type Log = Logger;

/** What is being worked on: stands in every line that is written meanwhile, whoever writes it. */
const scope = new AsyncLocalStorage<Readonly<Record<string, string | number>>>();

/** Runs `work` so that every line of the log which it writes, now or later, says what it is about: `{ update: 4711 }`. */
export function logScoped<A>(about: Readonly<Record<string, string | number>>, work: () => A): A {
  return scope.run({ ...scope.getStore(), ...about }, work);
}

/** pino's number of it. */
const WARN = 40;

type LogOptions = {
  /** Tests; else the standard output. */
  destination?: DestinationStream;
  /** Hears the level of each line from `warn` on: `error`. */
  onWarning?: (level: string) => void;
  /** Whether a person looks on: then a line of words in local time, else JSON. */
  readable?: boolean;
};

/**
 * The log of the application: a line of words in a terminal, with colours, and JSON lines elsewhere. It is written by allow-list: who logs names
 * the fields, and no field may hold a telephone number, a name, an address, a message or a secret; errors go through `reception/describe-error.ts`,
 * since their messages may hold all of these.
 */
export function createLog(
  level: string,
  { destination = process.stdout, onWarning = () => undefined, readable = process.stdout.isTTY }: LogOptions = {},
): Log {
  const options: LoggerOptions = {
    level,
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    mixin: () => ({ ...scope.getStore() }),
    hooks: {
      logMethod(args, method, number) {
        if (number >= WARN) onWarning(pino.levels.labels[number] ?? 'warn');
        method.apply(this, args);
      },
    },
  };
  const shown = readable ? { write: (line: string) => destination.write(readableLine(line)) } : destination;
  return pino(options, shown);
}
