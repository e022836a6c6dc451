import { expect, test } from 'vitest';
import { updateOf } from '../../kit/chat/people.ts';
import { play } from '../../kit/chat/play.ts';
import { transcripts } from '../../kit/chat/transcripts.ts';
import { openWorld } from '../../kit/chat/world.ts';
import { dump, IVAN, SHORT_CONSENT, secretWord, withIvan } from '../cabinet.ts';

transcripts(new URL('./sign-in/', import.meta.url), {
  ...SHORT_CONSENT,
  before: withIvan,
  after: async (world) => {
    const stored = await dump(world);
    expect(stored).not.toMatch(/tramvai|trolleibus|wrong-/i);
    for (const { code } of world.sms) expect(stored).not.toMatch(secretWord(code));
  },
});

test('the same password from one Telegram account in two messages at once: one session', async () => {
  const world = await openWorld(SHORT_CONSENT);
  await withIvan(world);
  await play(world, 'Иван: /logout\nИван: [Выйти]\nИван: /login\nИван: ivan');
  const ivan = { name: 'Иван', id: IVAN.id, phone: IVAN.phone };
  const typed = [2001, 2002].map((update) =>
    updateOf(ivan, { does: 'say', words: IVAN.password }, { update, message: update }, 0),
  );
  await Promise.all(typed.map((update) => world.take(update)));
  const open = await world.db.selectFrom('sessions').select('messengerId').where('endedAt', 'is', null).execute();
  expect(open).toEqual([{ messengerId: 'telegram:701' }]);
  expect(world.failures).toEqual([]);
  await world.close();
});
