import type { Db } from './database.ts';

/** The staff group became a supergroup; the settings still name it as it was. */
export type GroupMovesTable = { movedFrom: number; movedTo: number; at: Date };

/** What this group has become, through all its moves; undefined: it is what it was. */
export async function findGroupMove(db: Db, from: number): Promise<number | undefined> {
  const passed = new Set<number>();
  let current = from;
  while (!passed.has(current)) {
    passed.add(current);
    const move = await db.selectFrom('groupMoves').select('movedTo').where('movedFrom', '=', current).executeTakeFirst();
    if (!move) break;
    current = move.movedTo;
  }
  return current === from ? undefined : current;
}

export async function saveGroupMove(db: Db, from: number, to: number, now: Date): Promise<void> {
  await db
    .insertInto('groupMoves')
    .values({ movedFrom: from, movedTo: to, at: now })
    .onConflict((conflict) => conflict.column('movedFrom').doUpdateSet({ movedTo: to, at: now }))
    .execute();
}
