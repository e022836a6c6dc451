/** What a setting must be because of others. */
export type Rule = { name: string; expected: string };
