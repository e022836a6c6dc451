import { HOUR_MS, MINUTE_MS } from '../../domain/durations.ts';

/** What a chat's turns rest on: Redis where there is one, else Postgres. One contract test holds both. */

/** One turn of a chat at a time, over all processes; a repeated update has no second turn; the dialog's state between turns. */
export type ChatTurns = {
  /**
   * 'repeat' when this update has had its turn; otherwise waits for the chat, takes it and hands its state.
   * Throws `QueuedElsewhere` where updates of the chat wait in the inbox and this one is not `fromInbox`: its place is behind them;
   * `TurnBusy` when the chat stays taken for longer than `waitMs`, `StoreUnavailable` when the store does not answer.
   */
  take: (chat: string, updateKey: string, from?: { fromInbox: boolean }) => Promise<'repeat' | Turn>;
  /** Notes for all processes that updates of the chat wait in the inbox, or that none does any more. */
  queue: (chat: string, waiting: boolean) => Promise<void>;
  /**
   * Lets an update that had its turn have another one, where it was the last of its chat, or `anyway`. `gone-on`, and nothing was changed,
   * where the chat has gone on since, or somebody has it now. `not-remembered`: it may have one as things are, and nothing of the chat that
   * is remembered came later than `since`.
   */
  again: (chat: string, updateKey: string, asked: Again) => Promise<MayCome>;
  /** Whether the store answers at this moment. Never throws. */
  isThere: () => Promise<boolean>;
  /** Throws why the store cannot be written to at this moment. */
  ping: () => Promise<void>;
  /** Ends the connection; turns that are open then are lost when their time is up. */
  close: () => Promise<void>;
};

/** `since`: when the update was kept. */
export type Again = { since: Date; anyway?: boolean };
export type MayCome = 'forgotten' | 'not-remembered' | 'gone-on';

export type Turn = {
  /** Tells this turn apart from all others of all chats: the fencing token that the office's transactions compare. */
  token: string;
  /** Whether the chat is still ours: false, or a refused promise, for a process that was paused for too long. Costs nothing while the lock surely holds. */
  isHeld: () => boolean | Promise<boolean>;
  /** The opened state bytes, or undefined when there is none, it is too old, or its seal no longer opens. */
  state: Uint8Array | undefined;
  /** Whether the chat's next message is to be treated as a secret; outlives the state. */
  secretExpected: boolean;
  /** How many holders before this one vanished, one after another, over this very update: it may be what kills them. */
  deaths: number;
  /** From now on the office refuses what this turn still wants to write. */
  revoke: () => Promise<void>;
  /**
   * Ends the turn and remembers the update as done. Throws `TurnLost`, and nothing was changed, when the turn had been taken away;
   * throws `StoreUnavailable` when nobody can tell whether it was written: a repeat of the update finds out.
   */
  finish: (next: Next) => Promise<void>;
  /** Ends the turn as if it had not been: the update may come again. Never throws: what cannot be told to the store ends by time. */
  abandon: () => Promise<void>;
  /** Aborted when the lock was lost before the turn ended. */
  lost: AbortSignal;
  /** Hears the same, without the cost of a signal; one at a time. */
  onLost: (hear: () => void) => void;
};

/** What becomes of the dialog's state; `secretExpected` stays as it was when it is not given. */
export type Next = ({ keep: true } | { state: Uint8Array; ttlMs?: number } | { drop: true }) & { secretExpected?: boolean };

export type TurnTimes = {
  /** How long a holder that died keeps the chat. */
  lockMs: number;
  /** After how long a turn that has not ended loses its chat, so that one update that never settles does not block it for good. */
  longestMs: number;
  /** How long an update waits for its chat. */
  waitMs: number;
  /** How long the store may take for one answer: whatever becomes of it, the chat's queue is left. */
  answerMs: number;
  /** How long a dialog may be silent before it is forgotten. */
  stateMs: number;
  /** How long an update is remembered: a messenger repeats one for a day. */
  memoryMs: number;
  /** How long it is remembered that a secret is expected. */
  secretMs: number;
};

export const TURN_TIMES: TurnTimes = {
  // The process that had a chat is dead after so long without a heartbeat, and the chat goes on.
  lockMs: 8_000,
  longestMs: 5 * MINUTE_MS,
  // Until the update before it has come to its end or was given up.
  waitMs: 80_000,
  answerMs: 10_000,
  stateMs: 30 * MINUTE_MS,
  memoryMs: 48 * HOUR_MS,
  secretMs: 24 * HOUR_MS,
};

/** The chat stayed taken for too long: the update should come again later. */
export class TurnBusy extends Error {
  override name = 'TurnBusy';
}

/** Earlier updates of the chat wait in the inbox, perhaps another process's. */
export class QueuedElsewhere extends Error {
  override name = 'QueuedElsewhere';
}

/** The turn had been taken away before it was finished: nothing of it was kept, the update should come again. */
export class TurnLost extends Error {
  override name = 'TurnLost';
}

/** The store does not answer; `cause` says why. */
export class StoreUnavailable extends Error {
  override name = 'StoreUnavailable';
}
