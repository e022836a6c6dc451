import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPaperCache } from '../../src/adapters/paper-cache.ts';
import type { Paper, PaperCache } from '../../src/papers/paper.ts';
import { deleteOldSentPapers } from '../../src/records/sent-papers.ts';
import { testDatabase } from '../kit/postgres.ts';
import { PLAIN } from '../papers/documents.ts';

let database: Awaited<ReturnType<typeof testDatabase>>;
let now = new Date('2026-11-05T09:00:00Z');
let desk: PaperCache;

const cacheOf = (messenger: string) =>
  createPaperCache({
    db: database.db,
    clock: () => now,
    draw: async () => ({ send: 'document', name: 'a.pdf', bytes: new Uint8Array() }),
    messenger,
  });

beforeAll(async () => {
  database = await testDatabase();
  desk = cacheOf('telegram');
});
afterAll(() => database.close());

const paper: Paper = { kind: 'payment-document', data: PLAIN };

test('a paper that the messenger has is found by what it shows, and not when any of that changes', async () => {
  expect(await desk.findSent(paper)).toBeUndefined();
  await desk.keepSent(paper, { send: 'document', file: 'handle-1' });
  expect(await desk.findSent(structuredClone(paper))).toEqual({ send: 'document', file: 'handle-1' });
  // Another messenger does not know this handle.
  expect(await cacheOf('max').findSent(paper)).toBeUndefined();

  const [first, ...rest] = PLAIN.lines;
  const changed = [{ ...first!, dueKopecks: first!.dueKopecks + 1 }, ...rest];
  expect(await desk.findSent({ kind: 'payment-document', data: { ...PLAIN, lines: changed } })).toBeUndefined();
  expect(await desk.findSent({ kind: 'payment-document', data: { ...PLAIN, latestPeriod: '2026-11' } })).toBeUndefined();
});

test('the newest handle counts, and one that nobody renewed for long is forgotten', async () => {
  await desk.keepSent(paper, { send: 'document', file: 'handle-2' });
  expect(await desk.findSent(paper)).toEqual({ send: 'document', file: 'handle-2' });
  now = new Date('2026-12-05T09:00:00Z');
  await desk.keepSent(paper, { send: 'document', file: 'handle-3' });
  await deleteOldSentPapers(database.db, now);
  expect(await desk.findSent(paper)).toEqual({ send: 'document', file: 'handle-3' });
  await deleteOldSentPapers(database.db, new Date(now.getTime() + 1));
  expect(await desk.findSent(paper)).toBeUndefined();
});

test('nothing of the paper stands in what is kept', async () => {
  await desk.keepSent(paper, { send: 'document', file: 'handle-4' });
  const rows = JSON.stringify(await database.db.selectFrom('sentPapers').selectAll().execute());
  expect(rows).toContain('handle-4');
  for (const part of [PLAIN.accountNumber, PLAIN.payer.name, PLAIN.payer.address]) expect(rows).not.toContain(part);
});
