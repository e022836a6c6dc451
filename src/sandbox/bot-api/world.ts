/** The sandbox's state together with the only ways to change it and to hear of changes. */
import { movableClock } from '../../adapters/clock.ts';
import type { SandboxEvent } from '../protocol.ts';
import { apply, type Fact } from './facts.ts';
import type { Files } from './files.ts';
import type { Journal } from './journal.ts';
import { badRequest } from './refusal.ts';
import { eventsOf } from './shown.ts';
import type { ChatState, State } from './state.ts';

export type World = {
  readonly state: State;
  readonly files: Files;
  /** The sandbox's time: the injected clock plus what was added on the page. */
  now(): Date;
  /** The same in Unix seconds. */
  seconds(): number;
  /** Applies the facts at once; they are in the journal when the outermost `change` (or this call, outside one) returns. */
  put(...facts: Fact[]): void;
  /** Facts put inside are one line of the journal, all or nothing after a kill. */
  change<T>(work: () => T): T;
  /** Tells the page something that is not remembered. */
  publish(event: SandboxEvent): void;
  /** The listener hears every event from now on; call the result to stop. */
  onEvent(listener: (event: SandboxEvent) => void): () => void;
  /** The listener hears that updates, or the way they go, changed. */
  onUpdates(listener: () => void): void;
};

export function openWorld(given: { state: State; journal: Journal; files: Files; clock: () => Date }): World {
  const { state, journal, files, clock } = given;
  const now = movableClock(clock, () => state.movedSeconds * 1000);
  const eventListeners = new Set<(event: SandboxEvent) => void>();
  const updateListeners: (() => void)[] = [];
  let depth = 0;
  let pending: Fact[] = [];
  let events: SandboxEvent[] = [];

  function flush(): void {
    const [facts, told] = [pending, events];
    pending = [];
    events = [];
    if (facts.length > 0) journal.append(facts);
    for (const event of told) for (const listener of eventListeners) listener(event);
    if (facts.some(({ fact }) => fact === 'update' || fact === 'webhook')) for (const listener of updateListeners) listener();
  }

  const world: World = {
    state,
    files,
    now,
    seconds: () => Math.floor(now().getTime() / 1000),
    put(...facts) {
      world.change(() => {
        for (const fact of facts) {
          const before = fact.fact === 'message' && state.chats.get(fact.chatId)?.messages.has(fact.stored.message.message_id);
          apply(state, fact);
          pending.push(fact);
          events.push(...eventsOf(world, fact, before === true));
        }
      });
    },
    change(work) {
      depth += 1;
      try {
        return work();
      } finally {
        depth -= 1;
        if (depth === 0) flush();
      }
    },
    publish(event) {
      for (const listener of eventListeners) listener(event);
    },
    onEvent(listener) {
      eventListeners.add(listener);
      return () => eventListeners.delete(listener);
    },
    onUpdates(listener) {
      updateListeners.push(listener);
    },
  };
  return world;
}

/** The chat, or `Bad Request: chat not found`. */
export function chatOf(world: World, chatId: number): ChatState {
  const chat = world.state.chats.get(chatId);
  if (!chat) throw badRequest('chat not found');
  return chat;
}
