import type { Again, MayCome } from './turns.ts';

/** What a store of turns must do; who waits, beats and seals is the same for all of them (`open-turns.ts`). */
export type TurnStore = {
  /**
   * One round trip. Asked again with the same token it answers the same: a lost answer does no harm.
   * `busy` tells how long the holder's time still is; `queued` that updates of the chat wait in the inbox and this one does not come from there.
   */
  take: (chat: string, updateKey: string, token: string, from: { fromInbox: boolean }) => Promise<TakenTurn>;
  /** One round trip; false when the token no longer holds the chat, and nothing was changed. True again when asked again. */
  finish: (chat: string, token: string, change: TurnChange) => Promise<boolean>;
  /** Gives the holder its full time again; false when it no longer holds the chat. */
  renew: (chat: string, token: string) => Promise<boolean>;
  /** Lets go of the chat when the token still holds it. */
  abandon: (chat: string, token: string) => Promise<void>;
  /** Notes that updates of the chat wait in the inbox, or that none does any more. */
  queue: (chat: string, waiting: boolean) => Promise<void>;
  /** Forgets that an update was done, where it was the last of its chat and nobody has the chat (`ChatTurns.again`). */
  forget: (chat: string, updateKey: string, asked: Again) => Promise<MayCome>;
  /** Throws when the store does not answer. */
  ping: () => Promise<void>;
  close: () => Promise<void>;
};

export type TakenTurn =
  | { outcome: 'repeat' }
  | { outcome: 'queued' }
  | { outcome: 'busy'; forMs: number }
  | {
      outcome: 'taken';
      state: Uint8Array | undefined;
      secretExpected: boolean;
      deaths: number;
      /** The tokens of holders whose time was up, until a turn after them has ended: they may be paused, and wake. */
      displaced: readonly string[];
    };

/** The state here is sealed; `secretExpected` undefined leaves it as it is. */
export type TurnChange = {
  state: 'keep' | 'drop' | Uint8Array;
  stateMs: number;
  secretExpected: boolean | undefined;
};
