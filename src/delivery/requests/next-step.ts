import { type Delivery, TO_THREADS } from '../../records/deliveries.ts';
import { findRequest } from '../../records/requests.ts';
import { boardStep } from './board.ts';
import { editStep, withdrawStep } from './corrections.ts';
import { relayStep } from './relay.ts';
import { sayStep } from './say.ts';
import { type DeliveryRoom, type Step, unknownHere } from './step.ts';
import { followStep, threadStep } from './thread.ts';

/** What is to be done next for a delivery, as everything is at this moment. */
export async function nextStep(room: DeliveryRoom, delivery: Delivery): Promise<Step> {
  const request = delivery.requestId === null ? undefined : await findRequest(room.db, delivery.requestId);
  if (delivery.kind === 'board') return boardStep(room, delivery);
  if (delivery.kind === 'say') return sayStep(room, delivery, request);
  if (!request) return { fail: 'there is no such request' };
  switch (delivery.kind) {
    case 'relay':
      return relayStep(room, delivery, request);
    case 'edit':
      return editStep(room, delivery, request);
    case 'withdraw':
      return withdrawStep(room, delivery, request);
    case 'refresh':
      return delivery.addressee === TO_THREADS ? threadStep(room, request) : followStep(room, request);
    default:
      return unknownHere(delivery, 'there is no such kind of delivery');
  }
}
