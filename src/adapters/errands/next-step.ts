import type { Errand } from '../../records/errands.ts';
import { findRequest } from '../../records/requests.ts';
import { editStep, withdrawStep } from './follow.ts';
import { relayStep } from './relay.ts';
import { sayStep } from './say.ts';
import type { ErrandRoom, Step } from './step.ts';
import { followStep } from './thread.ts';

/** What is to be done next for an errand, as everything is at this moment. */
export async function nextStep(room: ErrandRoom, errand: Errand): Promise<Step> {
  const request = errand.request_id === null ? undefined : await findRequest(room.db, errand.request_id);
  if (errand.kind === 'say') return sayStep(room, errand, request);
  if (!request) return { fail: 'there is no such request' };
  switch (errand.kind) {
    case 'relay':
      return relayStep(room, errand, request);
    case 'edit':
      return editStep(room, errand, request);
    case 'withdraw':
      return withdrawStep(room, errand, request);
    case 'refresh':
      return followStep(room, request);
  }
}
