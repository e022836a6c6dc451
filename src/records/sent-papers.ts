import type { Db } from './database.ts';

/** A drawn paper that the messenger has: its handle there, under the messenger and a digest of all that the paper shows and of how it is drawn. */
export type SentPapersTable = {
  key: string;
  send: 'document' | 'photo';
  file: string;
  keptAt: Date;
};

export async function findSentPaper(db: Db, key: string): Promise<Pick<SentPapersTable, 'send' | 'file'> | undefined> {
  return db.selectFrom('sentPapers').select(['send', 'file']).where('key', '=', key).executeTakeFirst();
}

/** Keeps the newest handle of a paper. */
export async function saveSentPaper(db: Db, paper: Pick<SentPapersTable, 'key' | 'send' | 'file'>, now: Date): Promise<void> {
  const { key, send, file } = paper;
  await db
    .insertInto('sentPapers')
    .values({ key, send, file, keptAt: now })
    .onConflict((c) => c.column('key').doUpdateSet({ send, file, keptAt: now }))
    .execute();
}

export async function deleteOldSentPapers(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('sentPapers').where('keptAt', '<', before).execute();
}
