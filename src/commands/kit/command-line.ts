import { parseArgs } from 'node:util';

/** What stands behind a command's name. */
export type CommandLine<Option extends string = never, Flag extends string = never> = {
  help: boolean;
  words: string[];
  /** `--option VALUE` of those that the command has. */
  options: { [Name in Option]?: string };
  /** The `--flag` that were given. */
  flags: ReadonlySet<Flag>;
};

/** Reads it; undefined when there is an option that the command does not have, or one without its value. */
export function readCommandLine<const Option extends string = never, const Flag extends string = never>(
  args: string[],
  names: readonly Option[] = [],
  flagNames: readonly Flag[] = [],
): CommandLine<Option, Flag> | undefined {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        ...Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])),
        ...Object.fromEntries(flagNames.map((name) => [name, { type: 'boolean' as const }])),
        help: { type: 'boolean', short: 'h' },
      },
    });
    const { help, ...options } = values;
    const given = new Map<string, unknown>(Object.entries(values));
    const flags = new Set(flagNames.filter((name) => given.get(name) === true));
    return { help: help === true, words: positionals, options, flags };
  } catch {
    return undefined;
  }
}
