/** What a resident is told of unasked and may switch off, each by itself, as they stand in «Уведомления» */
export const NEWS_KINDS = [
  'charges',
  'due-day',
  'payments',
  'readings-open',
  'readings-close',
  'verification',
  'requests',
  'announcements',
] as const;

export type NewsKind = (typeof NEWS_KINDS)[number];

export function isNewsKind(kind: unknown): kind is NewsKind {
  return NEWS_KINDS.some((known) => known === kind);
}

/** A payment from longer ago is no news when it comes: the first registry brings years of them. */
export const RECENT_PAYMENT_DAYS = 31;
