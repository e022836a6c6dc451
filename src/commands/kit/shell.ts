import { Console } from 'node:console';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { Env } from '../../config/for-commands.ts';

/** What stands behind `npm run NAME`: does what the arguments ask and answers the exit status. */
export type ShellCommand = (args: string[], shell: Shell) => Promise<0 | 1 | 2>;

/** Where a command is called: what its settings are read of, and how it speaks. */
export type Shell = {
  /** Undefined: that of the process. */
  env: Env | undefined;
  /** `.env` is read there. */
  folder: string;
  /** A person looks at the standard output. */
  isTerminal: boolean;
  /** Asks whoever sits at the keyboard, by a line of the standard error; undefined where nobody does. What is typed; empty where the input ends. */
  ask: ((question: string) => Promise<string>) | undefined;
  /** A line to the standard output. */
  print: (text: string) => void;
  /** A line to the standard error: what must not get into the output. */
  tell: (text: string) => void;
  /** To the standard output as it is; done once it has gone out. */
  write: (content: string) => Promise<void>;
  /** Prints the answer; 0, the exit status of a command that did its work. */
  answer: (text: string) => 0;
  /** To the standard error; 1, the exit status of one that found nothing to do it on. */
  refuse: (text: string) => 1;
  /** To the standard error; 2, the exit status of one that was not understood or could not be done. */
  complain: (text: string) => 2;
};

type Streams = { stdin?: Readable & { isTTY?: boolean }; stdout: Writable & { isTTY?: boolean }; stderr: Writable };

/** A shell that speaks to these streams. */
export function openShell({ env, folder }: Pick<Shell, 'env' | 'folder'>, { stdin, stdout, stderr }: Streams): Shell {
  const lines = new Console({ stdout, stderr });
  const print = (text: string) => lines.log(text);
  const tell = (text: string) => lines.error(text);
  return {
    env,
    folder,
    isTerminal: stdout.isTTY === true,
    ask: stdin?.isTTY === true ? askBy(stdin, stderr) : undefined,
    print,
    tell,
    write: (content) =>
      new Promise((resolve, reject) => {
        stdout.write(content, (error) => (error ? reject(error) : resolve()));
      }),
    answer(text) {
      print(text);
      return 0;
    },
    refuse(text) {
      tell(text);
      return 1;
    },
    complain(text) {
      tell(text);
      return 2;
    },
  };
}

function askBy(stdin: Readable, stderr: Writable): NonNullable<Shell['ask']> {
  return async (question) => {
    const lines = createInterface({ input: stdin, output: stderr });
    try {
      return await new Promise((resolve) => {
        lines.once('close', () => resolve(''));
        lines.question(question, resolve);
      });
    } finally {
      lines.close();
    }
  };
}
