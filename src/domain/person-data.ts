/** One kind of what is kept of a person, in the order in which it is read; a row's values are plain, times are ISO text. */
export type PersonDataPart = { kind: string; rows: readonly Readonly<Record<string, string | number | boolean | null>>[] };

/** The same with the topics of requests called as people read them; one that the settings file no longer has keeps its key. */
export function nameTopics(
  parts: readonly PersonDataPart[],
  topics: readonly { key: string; label: string }[],
): PersonDataPart[] {
  const labels = new Map(topics.map(({ key, label }) => [key, label]));
  const named = (topic: unknown) => (typeof topic === 'string' ? (labels.get(topic) ?? topic) : null);
  return parts.map((part) =>
    part.kind === 'requests' ? { ...part, rows: part.rows.map((row) => ({ ...row, topic: named(row.topic) })) } : part,
  );
}

/** All that is kept of somebody, as it was at a moment; in which zone its times are read. */
export type PersonDataFile = { parts: readonly PersonDataPart[]; at: string; timeZone: string };

/** What a senior must have seen before a person's data are given out or erased by a paper application. */
export const PERSON_PAPERS = ['application', 'identity'] as const;
export type PersonPaper = (typeof PERSON_PAPERS)[number];

export function areEnoughForPersonData(papers: readonly PersonPaper[]): boolean {
  return PERSON_PAPERS.every((paper) => papers.includes(paper));
}
