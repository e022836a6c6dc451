import type { DeliveryChannel } from '../delivery/channel.ts';
import type { DeliveryChannels } from '../delivery/channels.ts';
import type { Receiving } from '../reception/channel.ts';
import type { Intake } from '../reception/intake.ts';

/** A messenger that is connected, as the app runs it. */
export type ConnectedMessenger = {
  intake: Pick<Intake<never>, 'claim' | 'drain'>;
  /** What is said unasked goes out through it. */
  openDelivery: () => DeliveryChannel;
  /** Updates come in from now on. */
  receive: () => Promise<Receiving>;
};

/** The first has the staff group. */
export type ConnectedMessengers = readonly [ConnectedMessenger, ...ConnectedMessenger[]];

export function openDeliveries([home, ...others]: ConnectedMessengers): DeliveryChannels {
  return [home.openDelivery(), ...others.map((each) => each.openDelivery())];
}

/** What the dead left, in each of them: `soon` where one has more to wait for. */
export async function claimAll(messengers: ConnectedMessengers): Promise<'soon' | 'later'> {
  const claimed = await Promise.all(messengers.map(({ intake }) => intake.claim()));
  return claimed.includes('soon') ? 'soon' : 'later';
}

export async function drainAll(messengers: ConnectedMessengers, mostMs: number): Promise<void> {
  await Promise.all(messengers.map(({ intake }) => intake.drain(mostMs)));
}
