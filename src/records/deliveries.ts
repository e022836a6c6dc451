import { sql } from 'kysely';
import type { ChapterDoor, DeskDoor, DoorLabel } from '../domain/doors.ts';
import type { TextArgs } from '../domain/text-args.ts';
import type { Db, Trx } from './database.ts';
import { insertIntoOutbox, type OutboxRow } from './outbox.ts';

/**
 * `relay`: a message of one side is brought to the other; `edit`, `withdraw`: so is what became of it; `refresh`: the thread's card, title and
 * closedness follow the request; `say`: the bot's own words; `board`: the group's list of what waits is sent, or follows.
 */
export type DeliveryKind = 'relay' | 'edit' | 'withdraw' | 'refresh' | 'say' | 'board';

/** The bot's own words: a text of `src/texts`, put into words when it is said; wiped when it was. No secret may be among them. */
export type BotMessage = {
  text: string;
  words: TextArgs;
  /** A door's own words are for its label. */
  doors: readonly (DoorLabel & (ChapterDoor | DeskDoor))[];
};

/**
 * How much of a delivery is done: where the parts are that arrived, whether its file had to be left out (and why), whether it has to go apart
 * from its album, whether it stands for a message that could not be changed, and whether nothing of what it answers can be quoted. `held`: the words of a file
 * that the group does not take, or that file. `again`: since when what went out before, or did not arrive, is in line once more; of an album in common.
 */
export type DeliveryProgress = {
  parts?: readonly string[];
  withoutFile?: boolean;
  lost?: string;
  alone?: boolean;
  corrected?: boolean;
  withoutQuote?: boolean;
  held?: 'words' | 'file';
  again?: string;
};

/**
 * What residents and staff write to each other, on its way: `request/<id>` is its line towards staff, `files/<id>` that of files which the group does
 * not take for now, a messenger id towards a resident.
 */
export type Delivery = OutboxRow & { kind: DeliveryKind };

export type NewDelivery = {
  /** Towards staff about this request, files that wait apart; or towards a resident. */
  to: { staff: string } | { files: string } | { person: string };
  kind: DeliveryKind;
  requestId?: string;
  messageId?: number;
  botMessage?: BotMessage;
  /** A delivery of a kind with the same key is run once only. */
  key?: string;
  progress?: DeliveryProgress;
};

/**
 * Puts a delivery in line, to be run if and only if the transaction commits. Of the edits of one message one waits at most, and the last words
 * win; behind one that is on its way comes one more.
 */
export async function insertDelivery(trx: Trx, delivery: NewDelivery, now: Date): Promise<void> {
  const { to, kind, requestId, messageId, botMessage, key = null, progress } = delivery;
  if (kind === 'edit' && (await beginEditAnew(trx, messageId ?? 0, now))) return;
  const way =
    'staff' in to
      ? { line: `request/${to.staff}`, addressee: 'staff', requestId: to.staff }
      : 'files' in to
        ? { line: `files/${to.files}`, addressee: 'staff', requestId: to.files }
        : { line: to.person, addressee: to.person, requestId: requestId ?? null };
  const row = { ...way, kind, messageId: messageId ?? null, key, runAt: now, ...botMessage, ...(progress && { progress }) };
  const ofThread = kind === 'refresh' && 'staff' in to && (await wantsThreadStep(trx, to.staff));
  const follows = { ...row, key: null, line: `thread/${way.requestId}`, addressee: TO_THREADS };
  await insertIntoOutbox(trx, ofThread ? [follows, row] : [row], now);
}

/**
 * Where deliveries go that change nothing but a thread: its name and closedness follow the request in a line of their own, so that they wait for
 * no words, nor for the card.
 */
export const TO_THREADS = 'threads:staff';

/** Whether there is a thread, and nothing in line that would bring it up to date. */
async function wantsThreadStep(trx: Trx, requestId: string): Promise<boolean> {
  const found = await trx
    .selectFrom('requests')
    .where('id', '=', requestId)
    .where('thread', 'is not', null)
    .where((e) =>
      e.not(
        e.exists(
          e
            .selectFrom('outbox')
            .where('line', '=', `thread/${requestId}`)
            .where('doneAt', 'is', null)
            .where('failedAt', 'is', null)
            .where('lockedUntil', 'is', null)
            .select('outbox.id'),
        ),
      ),
    )
    .select('id')
    .executeTakeFirst();
  return found !== undefined;
}

/** Whether a refresh of the request's card waits that nobody has in hand; nobody takes it before the transaction ends, so it sees what that writes. */
export async function tryLockWaitingRefresh(trx: Trx, requestId: string): Promise<boolean> {
  const found = await trx
    .selectFrom('outbox')
    .where('line', '=', `request/${requestId}`)
    .where('kind', '=', 'refresh')
    .where('doneAt', 'is', null)
    .where('failedAt', 'is', null)
    .where('lockedUntil', 'is', null)
    .select('id')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  return found !== undefined;
}

/** Whether the file of this message waits for the group to take it. */
export async function hasHeldFile(db: Db, { id, requestId }: { id: number; requestId: string }): Promise<boolean> {
  const found = await db
    .selectFrom('outbox')
    .select('id')
    .where('line', '=', `files/${requestId}`)
    .where('messageId', '=', id)
    .where('doneAt', 'is', null)
    .where('failedAt', 'is', null)
    .executeTakeFirst();
  return found !== undefined;
}

const BOARD_LINE = 'board';

/**
 * Puts the group's list of requests in line to be sent or changed, where it is not there already; `asked`: somebody waits for it. Whether it
 * came into the line.
 */
export async function insertBoardDelivery(trx: Trx, { asked }: { asked: boolean }, now: Date): Promise<boolean> {
  const waiting = await trx
    .selectFrom('outbox')
    .where('line', '=', BOARD_LINE)
    .where('doneAt', 'is', null)
    .where('failedAt', 'is', null)
    .where('lockedUntil', 'is', null)
    .select('id')
    .executeTakeFirst();
  if (waiting && !asked) return false;
  const owner = asked ? null : BOARD_LINE;
  const row = { kind: 'board' as const, line: BOARD_LINE, addressee: 'staff', requestId: null, owner, runAt: now };
  await insertIntoOutbox(trx, [row], now);
  return true;
}

/** An edit of the message that waits takes the newest words: a part of it that is done is done again. False: none waits. */
async function beginEditAnew(trx: Trx, messageId: number, now: Date): Promise<boolean> {
  // The row is locked: whoever looks for work meanwhile passes it by, and reads what is written here when it comes again.
  const waiting = await trx
    .updateTable('outbox')
    .set({ progress: '{}' })
    .where('messageId', '=', messageId)
    .where('kind', '=', 'edit')
    .where('doneAt', 'is', null)
    .where('failedAt', 'is', null)
    .where((e) => e.or([e('lockedUntil', 'is', null), e('lockedUntil', '<=', now)]))
    .returning('id')
    .execute();
  return waiting.length > 0;
}

/** A delivery that has come to no end, which nobody else changes until the transaction is over; undefined: it has. */
export async function lockDelivery(trx: Trx, id: number): Promise<OutboxRow | undefined> {
  return trx
    .selectFrom('outbox')
    .selectAll()
    .where('id', '=', id)
    .where('doneAt', 'is', null)
    .where('failedAt', 'is', null)
    .forUpdate()
    .executeTakeFirst();
}

/** Up to `limit` deliveries right behind this one in its line; refreshes, which nobody has to wait for, are left out. */
export async function listDeliveriesBehind(
  db: Db,
  { line, id }: Pick<OutboxRow, 'line' | 'id'>,
  limit: number,
): Promise<OutboxRow[]> {
  return db
    .selectFrom('outbox')
    .selectAll()
    .where('line', '=', line)
    .where('id', '>', id)
    .where('kind', '<>', 'refresh')
    .where('doneAt', 'is', null)
    .where('failedAt', 'is', null)
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** What the bot says in a thread because its resident did something. */
const OF_RESIDENTS: readonly string[] = ['staff-request-rated', 'staff-request-reopened'];

/**
 * What waits for staff of these residents' doing does not go out any more: their words, files and edits, their ratings in these requests, and what is
 * theirs (`authors`) in escalations, which belong to nobody. How many words and files that were.
 */
export async function markDeliveriesOfResidentsDropped(
  trx: Trx,
  requestIds: readonly string[],
  authors: readonly string[],
  now: Date,
): Promise<number> {
  const { rows } = await sql<{ kind: string; messageId: number | null }>`
    update outbox e set done_at = ${now}, locked_until = null, words = '{}', doors = '[]'
    where e.addressee = 'staff' and e.done_at is null and e.failed_at is null
      and (
        (e.kind in ('relay', 'edit')
          and exists (
            select from request_messages m
            where m.id = e.message_id and m.side = 'resident'
              and (e.request_id = any(${[...requestIds]}::uuid[]) or m.author = any(${[...authors]}::text[]))
          ))
        or (e.kind = 'say' and e.text = any(${[...OF_RESIDENTS]}) and e.request_id = any(${[...requestIds]}::uuid[]))
      )
    returning e.kind, e.message_id
  `.execute(trx);
  const messages = rows.flatMap(({ kind, messageId: id }) => (kind === 'relay' && id !== null ? [id] : []));
  if (messages.length > 0)
    await trx
      .updateTable('requestMessages')
      .set({ undelivered: 'not heard' })
      .where('id', 'in', messages)
      .where('copy', 'is', null)
      .execute();
  return messages.length;
}
