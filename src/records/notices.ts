import type { ColumnType, Generated, Selectable } from 'kysely';
import type { Trx } from './database.ts';

type Words = Readonly<Record<string, string | number>>;
type Doors = readonly { label: string; dialog: string; ref?: string }[];

/** Messages that must reach somebody; `addressee` is 'staff' or a messenger id. One that is neither sent nor failed waits. */
export type NoticesTable = {
  id: Generated<string>;
  addressee: string;
  text: string;
  /** In clear until the notice is sent or given up, `{}` after. */
  words: ColumnType<Words, string, string>;
  doors: ColumnType<Doors, string, string>;
  key: string | null;
  created_at: Date;
  not_before: Date;
  /** Until then a worker holds it; a worker that died lets go by the mere passing of time. */
  taken_until: Generated<Date | null>;
  attempts: Generated<number>;
  sent_at: Generated<Date | null>;
  failed_at: Generated<Date | null>;
  failed_reason: Generated<string | null>;
};

/** People to whom the messenger no longer lets us write. */
export type UnreachableTable = { messenger_id: string; since: Date };

export type NoticeRow = Selectable<NoticesTable>;

/** Puts a notice in line; nothing happens when one with the same key was ever put there. */
export async function insertNotice(
  trx: Trx,
  notice: { addressee: string; text: string; words: Words; doors: Doors; key: string | null; notBefore: Date },
  now: Date,
): Promise<void> {
  await trx
    .insertInto('notices')
    .values({
      addressee: notice.addressee,
      text: notice.text,
      words: JSON.stringify(notice.words),
      doors: JSON.stringify(notice.doors),
      key: notice.key,
      created_at: now,
      not_before: notice.notBefore,
    })
    .onConflict((c) => c.column('key').doNothing())
    .execute();
}
