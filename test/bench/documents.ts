import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';
import { RUN } from '../../src/build/places.js';
import { METER_ZONES } from '../../src/domain/meter-scale.ts';
import { createRenderPool } from '../../src/papers/render-pool.ts';
import { cpuSeconds, documentOf } from './documents-peer.ts';

export type DocumentsBench = {
  documents: number;
  threads: number;
  /** Over the clock, all threads together. */
  perSecond: number;
  /** By the second of processor time, ours and the peer's, a pair for each round. */
  rounds: { perCore: number; peerPerCore: number }[];
  /** The middle of the rounds. */
  perCore: number;
  ratio: number;
  kilobytes: number;
  /** Resident megabytes, after each tenth of the documents. */
  megabytes: number[];
};

const AIM_PER_CORE = 80;
const AIM_GROWTH = 1.1;
const ROUNDS = 5;

/**
 * Payment documents of as many accounts through the shop, as residents would ask for them; between its rounds, the same pages by pdfkit with
 * its fonts opened from their files for each document, as its guide does it.
 */
export async function benchDocuments({ documents = 10_000, peers = 200 } = {}): Promise<DocumentsBench> {
  const threads = Math.max(1, availableParallelism() - 1);
  const renderPool = createRenderPool({ timeZone: 'Europe/Moscow', meterZones: METER_ZONES, threads });
  const bench = { seconds: 0, bytes: 0, megabytes: [] as number[], rounds: [] as DocumentsBench['rounds'] };
  try {
    // Threads start and warm up before anything is counted.
    for (let warm = 0; warm < 20 * threads; warm += 1)
      await renderPool.drawPaper({ kind: 'payment-document', data: documentOf(warm) });
    const perRound = Math.ceil(documents / ROUNDS);
    for (let round = 0; round < ROUNDS; round += 1) {
      const start = performance.now();
      const used = process.cpuUsage();
      let next = round * perRound;
      const end = next + perRound;
      const serve = async () => {
        while (next < end) {
          const index = next;
          next += 1;
          const { bytes } = await renderPool.drawPaper({ kind: 'payment-document', data: documentOf(index) });
          bench.bytes += bytes.length;
          if ((index + 1) % Math.ceil(perRound / 2) === 0 || index + 1 === end)
            bench.megabytes.push(process.memoryUsage.rss() / 1e6);
        }
      };
      await Promise.all(Array.from({ length: threads * 2 }, serve));
      bench.seconds += (performance.now() - start) / 1000;
      const perCore = perRound / cpuSeconds(used);
      bench.rounds.push({ perCore, peerPerCore: await peerPerCore(peers) });
    }
    const drawn = perRound * ROUNDS;
    return {
      documents: drawn,
      threads,
      perSecond: drawn / bench.seconds,
      rounds: bench.rounds,
      perCore: middle(bench.rounds.map((round) => round.perCore)),
      ratio: middle(bench.rounds.map((round) => round.perCore / round.peerPerCore)),
      kilobytes: bench.bytes / drawn / 1000,
      megabytes: bench.megabytes,
    };
  } finally {
    await renderPool.close();
  }
}

/** The figures as lines to read. */
export function documentsBenchLines(bench: DocumentsBench): string[] {
  const tenths = bench.megabytes.map((each) => Math.round(each));
  const settled = tenths.slice(1, 4);
  const growth = Math.max(...tenths.slice(-3)) / Math.max(...settled);
  const verdict = (met: boolean) => (met ? 'met' : 'MISSED');
  return [
    `${bench.documents} payment documents of ${Math.round(bench.kilobytes)} kB through the shop, ${bench.threads} thread(s): ${bench.perSecond.toFixed(0)} a second`,
    ...bench.rounds.map(
      ({ perCore, peerPerCore }, index) =>
        `  round ${index + 1}: ${perCore.toFixed(1)} a second of processor time; pdfkit with fonts opened per document ${peerPerCore.toFixed(1)} (${(perCore / peerPerCore).toFixed(2)} ×)`,
    ),
    `  per core ${bench.perCore.toFixed(1)} a second (aim ≥ ${AIM_PER_CORE}): ${verdict(bench.perCore >= AIM_PER_CORE)}; ${bench.ratio.toFixed(2)} × the peer`,
    `  memory after each tenth, MB: ${tenths.join(' ')}; the end is ${growth.toFixed(2)} × the beginning (aim ≤ ${AIM_GROWTH}): ${verdict(growth <= AIM_GROWTH)}`,
  ];
}

/** In a process of its own: what it leaves in memory is not ours. */
async function peerPerCore(documents: number): Promise<number> {
  const script = new URL('documents-peer.ts', import.meta.url).pathname;
  const { stdout } = await promisify(execFile)(process.execPath, [RUN, script, String(documents)]);
  return Number(stdout);
}

function middle(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
