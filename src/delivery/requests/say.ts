import type { MessengerId } from '../../office/caller.ts';
import type { Delivery } from '../../records/deliveries.ts';
import type { Request } from '../../records/requests.ts';
import type { DeskButtons, ChatPlace } from './actions.ts';
import { type DeliveryRoom, nothing, type Step } from './step.ts';
import { threadPlaceOf } from './thread.ts';
import { isSilent } from './way.ts';

/** The bot's own words, in a request's thread or to a person. */
export async function sayStep(room: DeliveryRoom, delivery: Delivery, request: Request | undefined): Promise<Step> {
  const ends = [delivery.id];
  const said = speak(room, delivery);
  if (!said) return { fail: 'there is no such text, or its words are wanting' };
  if (delivery.addressee !== 'staff') {
    const to: ChatPlace = { person: delivery.addressee as MessengerId };
    const silent = request !== undefined && (await isSilent(room, request));
    return { action: { does: 'say', to, ...said, replyTo: undefined, silent }, write: nothing, ends };
  }
  if (!request) return { fail: 'there is no such request' };
  const threadPlace = await threadPlaceOf(room, request);
  if ('step' in threadPlace) return threadPlace.step;
  const { place, card, plain } = threadPlace;
  return {
    action: { does: 'say', to: place, ...said, replyTo: plain ? card : undefined, silent: false },
    write: nothing,
    ends,
  };
}

function speak(
  { texts }: DeliveryRoom,
  { text, words, doors }: Pick<Delivery, 'text' | 'words' | 'doors'>,
): { marked: string; buttons: DeskButtons } | undefined {
  try {
    return {
      marked: texts.text(text, words, { marked: true }),
      buttons: doors.map((door) => [
        {
          label: texts.text(door.label, { ...words, ...door.words }),
          means: door,
        },
      ]),
    };
  } catch {
    return undefined;
  }
}
