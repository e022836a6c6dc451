/** The name that a statement is prepared under, the same on every connection; undefined for one that is not worth a name. */
export type StatementNames = (text: string) => string | undefined;

/** Each name is a plan in the memory of every connection: some 20 KB. */
const MOST_NAMES = 400;
/** What is written once (a list of so many places, a part of an import) would take names from what comes with each update. */
const NAMED_FROM = 3;
const MOST_COUNTED = 2_000;
const LONGEST = 8_000;
/** A later release may add a column while this one runs: of a statement that gets all of them, Postgres then refuses what it had planned (0A000). */
const ALL_COLUMNS = /(?:select|returning|,)\s+\*|\.\*/i;

/**
 * Postgres parses and plans a named statement once a connection instead of each time, which is a third of its work here. Only for connections
 * that are the server's own: behind a pooler the next statement may meet another one. `allColumns`: no release will add a column meanwhile, so
 * that a statement that gets all of them has a name, too.
 */
export function openStatementNames({ most = MOST_NAMES, allColumns = false } = {}): StatementNames {
  const names = new Map<string, string>();
  const counts = new Map<string, number>();

  return (text) => {
    const known = names.get(text);
    if (known !== undefined) return known;
    if (names.size >= most || text.length > LONGEST || (!allColumns && ALL_COLUMNS.test(text))) return undefined;
    const times = (counts.get(text) ?? 0) + 1;
    if (times < NAMED_FROM) {
      if (counts.size >= MOST_COUNTED) counts.clear();
      counts.set(text, times);
      return undefined;
    }
    counts.delete(text);
    const name = `statement-${names.size + 1}`;
    names.set(text, name);
    return name;
  };
}
