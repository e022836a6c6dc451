import { describe, expect, test } from 'vitest';
import { updateOf } from '../../kit/chat/people.ts';
import { play } from '../../kit/chat/play.ts';
import { transcripts } from '../../kit/chat/transcripts.ts';
import { openWorld, type World } from '../../kit/chat/world.ts';
import * as make from '../../kit/make.ts';
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

describe('who has accounts comes in to what is to be paid for them', () => {
  transcripts(new URL('./home-of-one/', import.meta.url), { ...SHORT_CONSENT, before: (world) => withIvansAccounts(world, 1) });
  transcripts(new URL('./home-of-two/', import.meta.url), { ...SHORT_CONSENT, before: (world) => withIvansAccounts(world, 2) });
  transcripts(new URL('./home-of-five/', import.meta.url), { ...SHORT_CONSENT, before: (world) => withIvansAccounts(world, 5) });
});

/** Ivan with so many flats of one house, each with n × 100 ₽ to pay and a meter. */
async function withIvansAccounts(world: World, count: number): Promise<void> {
  await withIvan(world);
  const { id: residentId } = await world.db.selectFrom('residents').select('id').executeTakeFirstOrThrow();
  const flats = Array.from({ length: count }, (_, i) => ({ number: `700000000${i + 1}`, flat: i + 1 }));
  const street = 'г. Приморск-на-Миусе, ул. Портовая, д. 5';
  await make.account(world.db, ...flats.map(({ number, flat }) => ({ number, address: `${street}, кв. ${flat}` })));
  const billed = { period: '2026-10-01', service: 'Отопление', openingKopecks: 0 };
  await make.charge(
    world.db,
    ...flats.map(({ number, flat }) => ({
      ...billed,
      account: number,
      chargedKopecks: flat * 100_00,
      dueKopecks: flat * 100_00,
    })),
  );
  await make.meter(
    world.db,
    ...flats.map(({ number, flat }) => ({ account: number, number: `${flat}`, service: 'Газ', value: '12' })),
  );
  await make.link(world.db, ...flats.map(({ number }) => ({ residentId, account: number, linkedAt: world.clock() })));
}

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
