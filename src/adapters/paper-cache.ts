import type { Clock } from '../office/edges.ts';
import type { DrawPaper, Paper, PaperCache } from '../papers/paper.ts';
import { paperKey } from '../papers/paper-key.ts';
import type { Db } from '../records/database.ts';
import { findSentPaper, saveSentPaper } from '../records/sent-papers.ts';

export type PaperCacheParts = {
  db: Db;
  clock: Clock;
  draw: DrawPaper;
  /** Whose handles they are: no other messenger knows them. */
  messenger: string;
};

/** Draws papers, and remembers in Postgres which of them the messenger has, for all processes and over restarts. */
export function createPaperCache({ db, clock, draw, messenger }: PaperCacheParts): PaperCache {
  const keyOf = (paper: Paper) => `${messenger}:${paperKey(paper)}`;
  return {
    draw,
    findSent: (paper) => findSentPaper(db, keyOf(paper)),
    keepSent: (paper, sent) => saveSentPaper(db, { key: keyOf(paper), ...sent }, clock()),
  };
}
