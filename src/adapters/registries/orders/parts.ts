import type { Pool } from 'pg';
import type { Clock, StaffEdge } from '../../../office/edges.ts';
import type { Db } from '../../../records/database.ts';
import type { Texts } from '../../../texts/texts.ts';
import type { OutboxLog } from '../../../delivery/line.ts';
import type { FetchFile, StaffVoice } from '../../staff-voice.ts';

/** What it takes to work off orders of registries. */
export type OrderParts = {
  db: Db;
  pool: Pool;
  clock: Clock;
  /** The time that everybody has, for how often progress is told. */
  paceClock: Clock;
  texts: Texts;
  voice: StaffVoice;
  /** Asked before anything is done in somebody's name, or handed over. */
  staff: Pick<StaffEdge, 'isMember'>;
  fetchFile: FetchFile;
  /** Whose days are meant by «later than tomorrow». */
  timeZone: string;
  log: OutboxLog;
};
