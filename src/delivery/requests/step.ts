import type { BotAddress } from '../../domain/bot-address.ts';
import type { Centre } from '../../office/centre.ts';
import type { MessageRef } from '../../office/staff/message-part.ts';
import type { Clock } from '../../office/edges.ts';
import type { Db, Trx } from '../../records/database.ts';
import type { Delivery, DeliveryProgress } from '../../records/deliveries.ts';
import type { Texts } from '../../texts/texts.ts';
import { UNKNOWN_ATTEMPTS } from '../attempts.ts';
import type { RefusedWhat } from '../refusal.ts';
import type { MessengerAction, Messenger } from './actions.ts';

/** What running deliveries takes. */
export type DeliveryRoom = {
  db: Db;
  clock: Clock;
  texts: Texts;
  messenger: Messenger;
  centre: Pick<Centre, 'requests' | 'workingHours' | 'holidays' | 'cards'>;
  /** By which links on a card open it. */
  bot: BotAddress;
  /** Whose nights are quiet. */
  timeZone: string;
  /** Files of an album come one by one: how long it is waited for the next. */
  albumRestMs: number;
  /** What was found out about the group. */
  found: GroupFindings;
};

type FoundOfGroup = { group: string | undefined; until: Date };

export type GroupFindings = {
  /** Until then this group counts as one without threads; what it becomes may have some. */
  noThreads: FoundOfGroup | undefined;
  /** Until then nothing is said in this group but in its threads. */
  shutAtLarge: FoundOfGroup | undefined;
};

/**
 * The next thing to do for a delivery: one call of the messenger at most, so that the pace is kept and what it brought is written down before
 * the next one. Undefined: there is nothing left to do.
 */
export type Step =
  | undefined
  /** Not yet. */
  | { later: Date }
  /** Never. */
  | { fail: string; write?: MessengerCall['failed'] }
  | MessengerCall;

/** `what` where the messenger refused the action itself. `unnoted`: the database takes no note of it, so that it is only told. */
export type Failure = { reason: string; what?: RefusedWhat; unnoted?: true };

export type MessengerCall = {
  action: MessengerAction;
  /** What is known now, in the same transaction as the delivery's progress. */
  write: (trx: Trx, messages: readonly MessageRef[]) => Promise<void>;
  /** The deliveries that this ends; where it is missing, the delivery goes on. */
  ends?: readonly number[];
  progress?: (messages: readonly MessageRef[]) => DeliveryProgress;
  /** Where the action is refused for ever: what is done instead; where that is nothing, the delivery fails. */
  instead?: DeliveryProgress | 'done' | ((what: RefusedWhat) => DeliveryProgress | undefined);
  /** Where the action is refused for ever: what is written down so that another step comes of it; the delivery goes on. */
  otherwise?: (trx: Trx) => Promise<void>;
  /** Where the group takes no messages of this kind for now: what is written down so that the file waits apart. */
  heldBack?: (trx: Trx) => Promise<void>;
  /** What is written down where the message that was to be changed is gone, or cannot be changed; the delivery is done by that. */
  unchangeable?: (trx: Trx, gone: boolean) => Promise<void>;
  /** What is written down where the delivery fails. */
  failed?: ((trx: Trx, why: Failure) => Promise<void>) | undefined;
  /** Once it is written down; may be left out. */
  afterwards?: MessengerAction;
};

/** As a process begins. */
export function deliveryHabits(): Pick<DeliveryRoom, 'albumRestMs' | 'found'> {
  return { albumRestMs: 1500, found: { noThreads: undefined, shutAtLarge: undefined } };
}

/** What this release does not know: a newer one beside it may, for as long as an upgrade takes. @throws until then. */
export function unknownHere({ attempts }: Pick<Delivery, 'attempts'>, reason: string): Extract<Step, { fail: string }> {
  if (attempts < UNKNOWN_ATTEMPTS) throw Object.assign(new Error(reason), { name: 'UnknownHere' });
  return { fail: reason };
}

export const nothing = async (): Promise<void> => {};
