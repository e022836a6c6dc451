/** One kind of what is kept of a person, in the order in which it is read; a row's values are plain, times are ISO text. */
export type PersonDataPart = { kind: string; rows: readonly Readonly<Record<string, string | number | boolean | null>>[] };
