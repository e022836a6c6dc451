import { lookOf } from '../../domain/button-look.ts';
import type { MessengerId } from '../../office/caller.ts';
import { isBroughtSilently } from '../../office/requests/bringing.ts';
import type { MessageRef } from '../../office/staff/message-part.ts';
import type { Trx } from '../../records/database.ts';
import type { Delivery } from '../../records/deliveries.ts';
import type { Request } from '../../records/requests.ts';
import { shownText, splitMarked } from '../../texts/markup.ts';
import { type ChatPlace, type DeskButtons, STAFF_GROUP } from './actions.ts';
import { type DeliveryRoom, type MessengerCall, nothing, type Step, unknownHere } from './step.ts';
import { answerableAt, threadPlaceOf } from './thread.ts';

/** The bot's own words, in a request's thread or to a person. */
export async function sayStep(room: DeliveryRoom, delivery: Delivery, request: Request | undefined): Promise<Step> {
  const spoken = speak(room, delivery);
  if (!spoken) return unknownHere(delivery, 'there is no such text, or its words are wanting');
  const before = delivery.progress.parts ?? [];
  const isToStaff = delivery.addressee === 'staff';
  const person = delivery.addressee as MessengerId;
  const parts = partsOf(spoken.marked, room.messenger.limitsIn(isToStaff ? STAFF_GROUP : { person }).text);
  const marked = parts[before.length];
  // Said in fewer parts by a release that came meanwhile.
  if (marked === undefined) return undefined;
  const isLast = before.length === parts.length - 1;
  const said = { marked, buttons: isLast ? spoken.buttons : [] };
  const rest: Pick<MessengerCall, 'write' | 'ends' | 'progress'> = isLast
    ? { write: nothing, ends: [delivery.id] }
    : { write: nothing, progress: (arrived) => ({ ...delivery.progress, parts: [...before, ...arrived] }) };
  if (!isToStaff) {
    const to: ChatPlace = { person };
    const silent = request !== undefined && (await isBroughtSilently(room.db, request, room));
    return { action: { does: 'say', to, ...said, replyTo: undefined, silent }, ...rest };
  }
  if (!request) return { fail: 'there is no such request' };
  const threadPlace = await threadPlaceOf(room, request);
  if ('step' in threadPlace) return threadPlace.step;
  const { place, card, plain } = threadPlace;
  return {
    action: { does: 'say', to: place, ...said, replyTo: plain ? card : undefined, silent: false },
    ...rest,
    ...(plain && { write: (trx: Trx, arrived: readonly MessageRef[]) => answerableAt(trx, request, arrived, room.clock()) }),
  };
}

/** As many as it takes: people's words stand among ours, and may be as long as a message by themselves. */
const partsOf = (marked: string, most: number): string[] =>
  shownText(marked).length <= most ? [marked] : splitMarked(marked, most);

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
          ...lookOf(door.label),
        },
      ]),
    };
  } catch {
    return undefined;
  }
}
