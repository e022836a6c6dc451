/** The two ways of updates to the bot. */
import type { World } from '../world.ts';
import { openPolling, type PendingPoll } from './polling.ts';
import { type AnswerCall, openWebhook, type Webhook } from './webhook.ts';

export type Couriers = {
  polling: PendingPoll;
  webhook: Webhook;
  /** Somebody has asked for updates within the last minute, or a webhook is set. */
  isListening(): boolean;
  noteAsked(): void;
};

const LISTENS_SECONDS = 60;

export function openCouriers(world: World, answerCall: AnswerCall): Couriers {
  const polling = openPolling(world);
  const webhook = openWebhook(world, answerCall);
  let askedAt = Number.NEGATIVE_INFINITY;
  return {
    polling,
    webhook,
    isListening: () =>
      world.state.webhook !== undefined || polling.isPolling() || performance.now() - askedAt < LISTENS_SECONDS * 1000,
    noteAsked() {
      askedAt = performance.now();
    },
  };
}
