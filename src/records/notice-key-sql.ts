import { type RawBuilder, sql } from 'kysely';
import { NOTICE_KEY_PLACES, type NoticeKeyPart } from '../domain/notice-key.ts';

/** A part of a notice's key; '' where the key has no such part. */
export const noticeKeyPartSql = (part: NoticeKeyPart, key: RawBuilder<unknown> = sql.ref('key')): RawBuilder<string> =>
  sql<string>`split_part(${key}, '/', ${sql.lit(NOTICE_KEY_PLACES[part])})`;

/** The key without so many of its last parts. */
export const noticeKeyUpToSql = (lastParts: number): RawBuilder<string> =>
  sql<string>`regexp_replace(key, ${sql.lit(`(/[^/]*){${lastParts}}$`)}, '')`;
