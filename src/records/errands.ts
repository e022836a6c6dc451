import { type ColumnType, type Generated, type GeneratedAlways, type Selectable, sql } from 'kysely';
import type { Db, Trx } from './database.ts';

/** Something to be done in the messenger later and surely, in the order of its line; a worker does it. */
export type ErrandsTable = {
  id: GeneratedAlways<number>;
  /** `request/<id>` towards staff, a messenger id towards a resident. */
  line: string;
  /** Whose share of the messenger's limits it takes. */
  addressee: string;
  kind: ErrandKind;
  request_id: string | null;
  message_id: number | null;
  saying: ColumnType<Saying | null, string | null, null>;
  key: string | null;
  created_at: ColumnType<Date, Date, never>;
  not_before: Date;
  /** Until then a worker holds it; a worker that died lets go by the mere passing of time. */
  taken_until: Generated<Date | null>;
  attempts: Generated<number>;
  done_at: Generated<Date | null>;
  failed_at: Generated<Date | null>;
  failed_reason: Generated<string | null>;
};

/**
 * `relay`: a message of one side is brought to the other; `edit`, `withdraw`: so is what became of it; `refresh`: the thread's card, title and
 * closedness follow the request; `say`: the bot's own words.
 */
export type ErrandKind = 'relay' | 'edit' | 'withdraw' | 'refresh' | 'say';

/** The bot's own words: a text of `src/texts`, put into words when it is said; wiped when it was. No secret may be among them. */
export type Saying = {
  text: string;
  words: Readonly<Record<string, string | number>>;
  doors: readonly { label: string; dialog: string; ref?: string }[];
};

export type Errand = Selectable<ErrandsTable>;

export type NewErrand = {
  /** Towards staff about this request, or towards a resident. */
  to: { staff: string } | { person: string };
  kind: ErrandKind;
  requestId?: string;
  messageId?: number;
  saying?: Saying;
  /** An errand with the same key is run once only. */
  key?: string;
  notBefore?: Date;
};

/** Puts an errand in line, to be run if and only if the transaction commits. */
export async function addErrand(trx: Trx, errand: NewErrand, now: Date): Promise<void> {
  await trx
    .insertInto('errands')
    .values({
      ...('staff' in errand.to
        ? { line: `request/${errand.to.staff}`, addressee: 'staff', request_id: errand.to.staff }
        : { line: errand.to.person, addressee: errand.to.person, request_id: errand.requestId ?? null }),
      kind: errand.kind,
      message_id: errand.messageId ?? null,
      saying: errand.saying ? JSON.stringify(errand.saying) : null,
      key: errand.key ?? null,
      created_at: now,
      not_before: errand.notBefore ?? now,
    })
    .onConflict((c) => c.column('key').doNothing())
    .execute();
}

/**
 * Takes up to `limit` errands that are due, oldest first, for this worker alone until `until`: of each line only the first, and none for
 * `resting` addressees.
 */
export async function takeErrands(
  db: Db,
  { limit, resting, until }: { limit: number; resting: readonly string[]; until: Date },
  now: Date,
): Promise<Errand[]> {
  const taken = await db
    .updateTable('errands')
    .set({ taken_until: until })
    .where('id', 'in', (e) =>
      e
        .selectFrom('errands as n')
        .select('n.id')
        .where('n.done_at', 'is', null)
        .where('n.failed_at', 'is', null)
        .where('n.not_before', '<=', now)
        .where((w) => w.or([w('n.taken_until', 'is', null), w('n.taken_until', '<=', now)]))
        .where(sql<boolean>`n.addressee <> all(${[...resting]}::text[])`)
        .where((w) =>
          w.not(
            w.exists(
              w
                .selectFrom('errands as earlier')
                .select('earlier.id')
                .whereRef('earlier.line', '=', 'n.line')
                .whereRef('earlier.id', '<', 'n.id')
                .where('earlier.done_at', 'is', null)
                .where('earlier.failed_at', 'is', null),
            ),
          ),
        )
        .orderBy('n.id')
        .limit(limit)
        .forUpdate()
        .skipLocked(),
    )
    .returningAll()
    .execute();
  return taken.sort((a, b) => a.id - b.id);
}
