import { type ColumnType, type Generated, type GeneratedAlways, type Selectable, sql } from 'kysely';
import { type ChapterDoor, type DeskDoor, type DoorLabel, readDoors } from '../domain/doors.ts';
import { later, MINUTE_MS } from '../domain/durations.ts';
import type { Db, Trx } from './database.ts';

/** Something to be done in the messenger later and surely, in the order of its line; a worker does it. */
export type DeliveriesTable = {
  id: GeneratedAlways<number>;
  /** `request/<id>` towards staff, a messenger id towards a resident. */
  line: string;
  /** Whose share of the messenger's limits it takes. */
  addressee: string;
  /** Towards staff, whose deliveries are served in turn: a resident, a guest's messenger account, or the request itself. */
  whose: Generated<string | null>;
  kind: DeliveryKind;
  request_id: string | null;
  message_id: number | null;
  saying: ColumnType<Saying | null, string | null, null>;
  progress: ColumnType<DeliveryProgress, string | undefined, string>;
  key: string | null;
  created_at: ColumnType<Date, Date, never>;
  run_at: Date;
  /** Until then a worker holds it; a worker that died lets go by the mere passing of time. */
  locked_until: Generated<Date | null>;
  attempts: Generated<number>;
  done_at: Generated<Date | null>;
  failed_at: Generated<Date | null>;
  last_error: Generated<string | null>;
};

/**
 * `relay`: a message of one side is brought to the other; `edit`, `withdraw`: so is what became of it; `refresh`: the thread's card, title and
 * closedness follow the request; `say`: the bot's own words.
 */
export type DeliveryKind = 'relay' | 'edit' | 'withdraw' | 'refresh' | 'say';

/** The bot's own words: a text of `src/texts`, put into words when it is said; wiped when it was. No secret may be among them. */
export type Saying = {
  text: string;
  words: Readonly<Record<string, string | number>>;
  /** A door's own words are for its label. */
  doors: readonly (DoorLabel & (ChapterDoor | DeskDoor))[];
};

/**
 * How much of a delivery is done: where the parts are that arrived, whether its file had to be left out (and why), whether it has to go apart
 * from its album, whether it stands for a message that could not be changed, and whether nothing of what it answers can be quoted.
 */
export type DeliveryProgress = {
  parts?: readonly string[];
  withoutFile?: boolean;
  lost?: string;
  alone?: boolean;
  corrected?: boolean;
  withoutQuote?: boolean;
};

export type Delivery = Selectable<DeliveriesTable>;

export type NewDelivery = {
  /** Towards staff about this request, or towards a resident. */
  to: { staff: string } | { person: string };
  kind: DeliveryKind;
  requestId?: string;
  messageId?: number;
  saying?: Saying;
  /** A delivery with the same key is run once only. */
  key?: string;
  runAt?: Date;
  progress?: DeliveryProgress;
};

/**
 * Puts a delivery in line, to be run if and only if the transaction commits. Of the edits of one message one waits at most, and the last words
 * win; behind one that is on its way comes one more.
 */
export async function insertDelivery(trx: Trx, delivery: NewDelivery, now: Date): Promise<void> {
  if (delivery.kind === 'edit' && (await beginEditAnew(trx, delivery.messageId ?? 0, now))) return;
  await trx
    .insertInto('deliveries')
    .values({
      ...('staff' in delivery.to
        ? {
            line: `request/${delivery.to.staff}`,
            addressee: 'staff',
            request_id: delivery.to.staff,
            whose: routeOf(delivery.to.staff),
          }
        : { line: delivery.to.person, addressee: delivery.to.person, request_id: delivery.requestId ?? null }),
      kind: delivery.kind,
      message_id: delivery.messageId ?? null,
      saying: delivery.saying ? JSON.stringify(delivery.saying) : null,
      key: delivery.key ?? null,
      ...(delivery.progress && { progress: JSON.stringify(delivery.progress) }),
      created_at: now,
      run_at: delivery.runAt ?? now,
    })
    .onConflict((c) => c.column('key').doNothing())
    .execute();
}

/** What was, or was to be, done in these people's chats is forgotten. */
export async function deleteDeliveriesTo(trx: Trx, messengerIds: readonly string[]): Promise<void> {
  await trx
    .deleteFrom('deliveries')
    .where('addressee', '=', sql<string>`any(${[...messengerIds]}::text[])`)
    .execute();
}

/** Whoever wrote the request, or the request of nobody. */
function routeOf(requestId: string) {
  return sql<string>`(select coalesce(resident_id::text, messenger_id, id::text) from requests where id = ${requestId})`;
}

/** An edit of the message that waits takes the newest words: a part of it that is done is done again. False: none waits. */
async function beginEditAnew(trx: Trx, messageId: number, now: Date): Promise<boolean> {
  // The row is locked: whoever takes the delivery meanwhile waits, and reads what is written here.
  const waiting = await trx
    .updateTable('deliveries')
    .set({ progress: '{}' })
    .where('message_id', '=', messageId)
    .where('kind', '=', 'edit')
    .where('done_at', 'is', null)
    .where('failed_at', 'is', null)
    .where((e) => e.or([e('locked_until', 'is', null), e('locked_until', '<=', now)]))
    .returning('id')
    .execute();
  return waiting.length > 0;
}

/** A card that follows its request waits so long for what people say. */
const REFRESH_REST_MS = 2 * MINUTE_MS;

/**
 * Takes up to `limit` deliveries that are due, oldest first, for this worker alone until `until`: of each line only the first, of each addressee
 * one, and none for `resting` addressees. Towards staff people are served in turn: whoever was served longest ago comes first, and who never
 * was before all. Refreshes of cards come last for a while, and nobody waits for one that is not under way.
 */
export async function claimDeliveries(
  db: Db,
  { limit, resting, until }: { limit: number; resting: readonly string[]; until: Date },
  now: Date,
): Promise<Delivery[]> {
  const free = sql<boolean>`(locked_until is null or locked_until <= ${now}) and done_at is null and failed_at is null`;
  const taken = await db
    .updateTable('deliveries')
    .set({ locked_until: until })
    .where(
      'id',
      'in',
      sql<number>`(
        select id from (
          select distinct on (n.addressee) n.id, n.kind
          from deliveries n
          left join requests r on n.addressee = 'staff' and r.id = n.request_id
          left join lateral (
            select served.done_at from deliveries served
            where served.whose = n.whose and served.done_at is not null
            order by served.done_at desc limit 1
          ) turn on n.addressee = 'staff'
          where n.done_at is null and n.failed_at is null and n.run_at <= ${now}
            and (n.locked_until is null or n.locked_until <= ${now})
            and n.addressee <> all(${[...resting]}::text[])
            and not exists (
              select from deliveries earlier
              where earlier.line = n.line and earlier.id < n.id and earlier.done_at is null and earlier.failed_at is null
                and (earlier.kind <> 'refresh' or n.kind = 'refresh' or earlier.locked_until > ${now})
            )
          order by n.addressee,
            n.kind = 'refresh' and r.card is not null and n.created_at > ${later(now, -REFRESH_REST_MS)},
            turn.done_at nulls first, n.id
        ) heads
        order by id limit ${limit}
      )`,
    )
    // Where somebody else took it a moment ago.
    .where(free)
    .returningAll()
    .execute();
  return taken.map(withDoors).sort((a, b) => a.id - b.id);
}

/** Without the doors that another release knew and this one does not. */
function withDoors({ saying, ...delivery }: Delivery): Delivery {
  return { ...delivery, saying: saying && { ...saying, doors: readDoors(saying.doors) } };
}

/** The same delivery as it is now: what became of it since it was taken. */
export async function findDelivery(db: Db, id: number): Promise<Delivery | undefined> {
  return db.selectFrom('deliveries').selectAll().where('id', '=', id).executeTakeFirst();
}

/** A delivery that has come to no end, which nobody else changes until the transaction is over; undefined: it has. */
export async function lockDelivery(trx: Trx, id: number): Promise<Delivery | undefined> {
  return trx
    .selectFrom('deliveries')
    .selectAll()
    .where('id', '=', id)
    .where('done_at', 'is', null)
    .where('failed_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
}

/** Up to `limit` deliveries right behind this one in its line; refreshes, which nobody has to wait for, are left out. */
export async function listDeliveriesBehind(
  db: Db,
  { line, id }: Pick<Delivery, 'line' | 'id'>,
  limit: number,
): Promise<Delivery[]> {
  return db
    .selectFrom('deliveries')
    .selectAll()
    .where('line', '=', line)
    .where('id', '>', id)
    .where('kind', '<>', 'refresh')
    .where('done_at', 'is', null)
    .where('failed_at', 'is', null)
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** They are done, but for those that came to another end meanwhile; what they said is wiped. */
export async function markDeliveriesDone(db: Db, ids: readonly number[], now: Date): Promise<void> {
  await db
    .updateTable('deliveries')
    .set({ done_at: now, locked_until: null, saying: null })
    .where('id', 'in', ids)
    .where('done_at', 'is', null)
    .where('failed_at', 'is', null)
    .execute();
}

/** Puts a delivery back as if it had not been taken; `progress`: a part of it is done. */
export async function updateDeliveryReleased(db: Db, id: number, progress?: DeliveryProgress): Promise<void> {
  await db
    .updateTable('deliveries')
    .set({ locked_until: null, ...(progress && { progress: JSON.stringify(progress), attempts: 0 }) })
    .where('id', '=', id)
    .execute();
}

/** It is taken up again then; `attempted`: it failed this time. */
export async function updateDeliveryPostponed(db: Db, id: number, until: Date, attempted: boolean): Promise<void> {
  await db
    .updateTable('deliveries')
    .set((e) => ({ run_at: until, locked_until: null, ...(attempted && { attempts: e('attempts', '+', 1) }) }))
    .where('id', '=', id)
    .execute();
}

/** Gives deliveries up, but for those that came to another end meanwhile; what they were to say is wiped. */
export async function markDeliveriesFailed(db: Db, ids: readonly number[], reason: string, now: Date): Promise<void> {
  await db
    .updateTable('deliveries')
    .set({ failed_at: now, last_error: reason, locked_until: null, saying: null })
    .where('id', 'in', ids)
    .where('done_at', 'is', null)
    .where('failed_at', 'is', null)
    .execute();
}

/** How many are due and at no end. */
export async function countDeliveriesWaiting(db: Db, now: Date): Promise<number> {
  const { waiting } = await db
    .selectFrom('deliveries')
    .where('done_at', 'is', null)
    .where('failed_at', 'is', null)
    .where('run_at', '<=', now)
    .select((e) => e.fn.countAll<number>().as('waiting'))
    .executeTakeFirstOrThrow();
  return waiting;
}

/** Forgets deliveries older than `before` that have come to their end. */
export async function deleteOldDeliveries(db: Db, before: Date): Promise<void> {
  await db
    .deleteFrom('deliveries')
    .where('created_at', '<', before)
    .where((e) => e.or([e('done_at', 'is not', null), e('failed_at', 'is not', null)]))
    .execute();
}
