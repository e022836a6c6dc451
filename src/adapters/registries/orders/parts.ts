import type { Pool } from 'pg';
import type { Clock, StaffEdge } from '../../../office/edges.ts';
import type { ImportEdges } from '../../../office/registries/import-registry.ts';
import type { Layout } from '../../../office/registries/layouts/layout.ts';
import { workOffOrder } from '../../../office/registries/orders/work-off.ts';
import type { Db } from '../../../records/database.ts';
import type { Texts } from '../../../texts/texts.ts';
import { nameOfError } from '../../../runtime/name-of-error.ts';
import type { WorkerLog } from '../../../runtime/worker-log.ts';
import { openDb } from '../../postgres/pool.ts';
import type { FetchFile } from '../../../delivery/fetch-file.ts';
import type { StaffVoice } from '../../../delivery/staff-voice.ts';
import { memberVoice } from '../../member-voice.ts';
import { importConnection } from '../../postgres/import-connection.ts';
import { sentRegistries } from '../sent-file.ts';

export type OrderParts = {
  db: Db;
  /** For what may take minutes. */
  pool: Pool;
  clock: Clock;
  /** The time that everybody has, for how often progress is told. */
  paceClock: Clock;
  texts: Texts;
  voice: StaffVoice;
  staff: Pick<StaffEdge, 'isMember'>;
  fetchFile: FetchFile;
  timeZone: string;
  readingRules?: ImportEdges['readingRules'];
  /** How banks and providers write their registries. */
  layouts: readonly Layout[];
  log: WorkerLog;
  toldToEnd?: AbortSignal | undefined;
};

/** Does what is to be done next about one order; false when there is none. Never throws. */
export function orderWorker({ pool, texts, voice, fetchFile, log, layouts, ...edges }: OrderParts): () => Promise<boolean> {
  const orders = {
    ...edges,
    patientDb: openDb(pool),
    connection: importConnection(pool),
    voice: memberVoice(voice, texts),
    withSentRegistry: sentRegistries(fetchFile, layouts),
    isDescribed: layouts.length > 0,
    onFailed: (order: { id: string; state: string } | undefined, error: unknown) =>
      log.warn(
        { order: order?.id, state: order?.state, reason: nameOfError(error) },
        'an order of a registry could not be worked off',
      ),
    onLeft: ({ id, state }: { id: string; state: string }) =>
      log.warn({ order: id, state }, 'an order of a registry is left: its author is no member of staff any more'),
  };
  return () => workOffOrder(orders);
}
