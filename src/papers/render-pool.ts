import { availableParallelism } from 'node:os';
import { Tinypool } from 'tinypool';
import { builtFile } from '../build/places.js';
import type { TextOptions } from '../texts/texts.ts';
import type { DrawnFile, DrawPaper } from './paper.ts';

/** The queue's bound. A paper takes some tens of milliseconds: after so many the next would wait for seconds. */
const WAITING = 300;
/** A thread with its parsed fonts is kept for the next resident. */
const IDLE_MS = 120_000;
const MOST_THREADS = 4;

/** So many papers wait to be drawn that another one would wait for seconds. */
class RenderPoolOverloaded extends Error {
  override name = 'Overloaded';
}

export type RenderPool = {
  /** Draws a paper in a worker thread, so that the event loop stays free. @throws {Overloaded} */
  drawPaper: DrawPaper;
  /** Takes no more and lets the papers under way go; a thread stands still at once. */
  close(): Promise<void>;
};

/** Threads start with the first paper. */
export function createRenderPool({
  timeZone,
  meterZones,
  threads = Math.min(MOST_THREADS, Math.max(1, availableParallelism() - 1)),
  waiting = WAITING,
}: Required<Omit<TextOptions, 'clock'>> & {
  threads?: number;
  waiting?: number;
}): RenderPool {
  let pool: Tinypool | undefined;
  let closed = false;
  let underWay = 0;

  return {
    async drawPaper(paper) {
      if (closed) throw new RenderPoolOverloaded('no more papers are drawn here');
      if (underWay >= threads + waiting) throw new RenderPoolOverloaded(`${waiting} papers wait to be drawn already`);
      pool ??= openPool(threads);
      underWay += 1;
      try {
        return (await pool.run({ paper, timeZone, meterZones })) as DrawnFile;
      } finally {
        underWay -= 1;
      }
    },
    async close() {
      closed = true;
      await pool?.destroy();
    },
  };
}

function openPool(threads: number): Tinypool {
  return new Tinypool({
    filename: builtFile(new URL('thread.ts', import.meta.url)).href,
    minThreads: 1,
    maxThreads: threads,
    idleTimeout: IDLE_MS,
  });
}
