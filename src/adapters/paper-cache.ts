import type { Clock } from '../office/edges.ts';
import type { DrawPaper, PaperCache } from '../papers/paper.ts';
import { paperKey } from '../papers/paper-key.ts';
import type { Db } from '../records/database.ts';
import { findSentPaper, saveSentPaper } from '../records/sent-papers.ts';

/** Draws papers, and remembers in Postgres which of them the messenger has, for all processes and over restarts. */
export function createPaperCache({ db, clock, draw }: { db: Db; clock: Clock; draw: DrawPaper }): PaperCache {
  return {
    draw,
    findSent: (paper) => findSentPaper(db, paperKey(paper)),
    keepSent: (paper, sent) => saveSentPaper(db, { key: paperKey(paper), ...sent }, clock()),
  };
}
