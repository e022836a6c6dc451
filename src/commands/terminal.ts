import { parseArgs } from 'node:util';

/** What stands behind a command's name. */
export type CommandLine<Option extends string = never> = {
  help: boolean;
  words: string[];
  /** `--option VALUE` of those that the command has. */
  options: { [Name in Option]?: string };
};

/** Reads it; undefined when there is an option that the command does not have, or one without its value. */
export function readCommandLine<const Option extends string = never>(
  args: string[],
  names: readonly Option[] = [],
): CommandLine<Option> | undefined {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        ...Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])),
        help: { type: 'boolean', short: 'h' },
      },
    });
    const { help, ...options } = values;
    return { help: help === true, words: positionals, options };
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
