import type { Db } from './database.ts';

/** The staff group became a supergroup; the settings still name it as it was. */
export type GroupMovesTable = { moved_from: number; moved_to: number; at: Date };

/** What this group has become, through all its moves; undefined: it is what it was. */
export async function findGroupMove(db: Db, from: number): Promise<number | undefined> {
  const passed = new Set<number>();
  let current = from;
  while (!passed.has(current)) {
    passed.add(current);
    const move = await db.selectFrom('group_moves').select('moved_to').where('moved_from', '=', current).executeTakeFirst();
    if (!move) break;
    current = move.moved_to;
  }
  return current === from ? undefined : current;
}

export async function saveGroupMove(db: Db, from: number, to: number, now: Date): Promise<void> {
  await db
    .insertInto('group_moves')
    .values({ moved_from: from, moved_to: to, at: now })
    .onConflict((conflict) => conflict.column('moved_from').doUpdateSet({ moved_to: to, at: now }))
    .execute();
}
