import type { Db } from '../../../records/database.ts';
import type { RegistryOrder } from '../../../records/registries/orders.ts';
import type { Clock, MemberVoice, StaffEdge, WithSentRegistry } from '../../edges.ts';
import type { ImportEdges } from '../import-registry.ts';

/** What it takes to work off orders of registries. */
export type OrderEdges = Omit<ImportEdges, 'onRows'> & {
  db: Db;
  /** For what may take minutes. */
  patientDb: Db;
  /** The time that everybody has, for how often progress is told. */
  paceClock: Clock;
  voice: MemberVoice;
  /** Asked before anything is done in somebody's name, or handed over. */
  staff: Pick<StaffEdge, 'isMember'>;
  withSentRegistry: WithSentRegistry;
  /** There are layouts to choose from. */
  isDescribed: boolean;
  /** Hears of an order that could not be worked off, and of one that is left because its author is no member of staff any more. */
  onFailed: (order: RegistryOrder | undefined, error: unknown) => void;
  onLeft: (order: RegistryOrder) => void;
  /** Aborted when the process is told to end: whatever ends it from then on, it did not die over the order in hand. */
  toldToEnd?: AbortSignal | undefined;
};
