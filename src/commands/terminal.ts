import { parseArgs } from 'node:util';

/** What stands behind the command's name: words, and whether `--help` is among them; undefined when there is an option that no command has. */
export function readCommandLine(args: string[]): { help: boolean; words: string[] } | undefined {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { help: { type: 'boolean', short: 'h' } },
    });
    return { help: values.help === true, words: positionals };
  } catch {
    return undefined;
  }
}

/** Prints the answer; 0, the exit code of a command that did its work. */
export function tell(text: string): 0 {
  console.log(text);
  return 0;
}

/** Prints to the standard error; 2, the exit code of a command that was not understood or could not be done. */
export function complain(text: string): 2 {
  console.error(text);
  return 2;
}

/** Why it could not be done. Of an error of the driver its code only is sure to hold no address, password or row. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'неизвестная ошибка';
  const { code, path } = error as NodeJS.ErrnoException;
  if (code === undefined || path !== undefined) return error.message;
  return `${code}; проверьте DATABASE_URL и права пользователя базы`;
}
