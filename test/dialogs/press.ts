import { updateOf } from '../kit/chat/people.ts';
import type { World } from '../kit/chat/world.ts';

let updates = 9000;

/** What a press of such data, made up or not, makes the bot do: a call a line, its method and its words. */
export async function press(world: World, person: number, data: string): Promise<string> {
  updates += 1;
  const who = { name: 'Кто-то', id: person, phone: '79990000000' };
  await world.take(updateOf(who, { does: 'press', data, messageId: 1 }, { update: updates, message: updates }, 0));
  await world.settled();
  return world.telegram
    .take()
    .map(({ method, payload }) => `${method} ${payload.text ?? payload.caption ?? ''}`.replaceAll(/[\n\u00a0]/g, ' '))
    .join('\n');
}
