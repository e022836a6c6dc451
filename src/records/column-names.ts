/** Names are `paidAt` in code and `paid_at` in Postgres. */
export const snakeCase = remembered((name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
export const camelCase = remembered((name) => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()));

/** A row for SQL that reads it as JSON. */
export const asColumns = (row: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [snakeCase(name), value]));

/** There are as many names as columns. */
function remembered(turn: (name: string) => string): (name: string) => string {
  const turned = new Map<string, string>();
  return (name) => {
    const known = turned.get(name) ?? turn(name);
    turned.set(name, known);
    return known;
  };
}
