import type { Update } from 'grammy/types';

/** Drops U+0000 from every text of an update: Telegram sends none, and where one came all the same no database would take it. */
export function withoutNul(update: Update): Update {
  return JSON.stringify(update).includes('\\u0000') ? (clean(update) as Update) : update;
}

function clean(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('\u0000', '');
  if (Array.isArray(value)) return value.map(clean);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, clean(each)]));
}
