import { expect, test } from 'vitest';
import { chapters } from '../../src/dialogs/chapters.ts';
import { updateOf } from '../kit/chat/people.ts';
import { play } from '../kit/chat/play.ts';
import { openWorld } from '../kit/chat/world.ts';
import { settleForGuests } from './readings/metered-town.ts';

/** What of the account `0012345` a guest must never read: name, flat, sums, values, whole numbers of meters. */
const SECRETS = /Иванов|кв\. 1\d|2\s725|2\s345|2\s333|410,00|612,952|301,5|4270|9120|59907451|54623752|0164257718/;

test('a guest who presses whatever there is, with the account that he looked up, reads nothing of it', async () => {
  const world = await openWorld();
  await settleForGuests(world);
  const begun = await play(world, 'Иван: /start ls-0012345\nМария: /start ls-0012345');
  expect(begun.match(/кв\. •••/g)).toHaveLength(2);
  const lookups = await world.db.selectFrom('guestLookups').select(['id', 'messengerId']).execute();
  const link = await world.db.selectFrom('links').select('id').where('account', '=', '0012345').executeTakeFirstOrThrow();

  let update = 1000;
  let pressed = 0;
  let said = '';
  const people = [
    { person: 701, own: lookups.find((each) => each.messengerId === 'telegram:701')?.id },
    // A resident of another account.
    { person: 703, own: lookups.find((each) => each.messengerId === 'telegram:702')?.id },
  ];
  for (const { person, own } of people) {
    for (const dialog of Object.keys(chapters)) {
      const refs = [`guest-${own}`, `guest-${own}-202610`, `${own}`, link.id, `${link.id}-202610`, '0012345', 'other'];
      for (const [kind, some] of [
        ['d', refs],
        ['t', [`guest-${own}-202610`, `${link.id}-202610`]],
      ] as const) {
        for (const ref of some) {
          const data = `${kind}.${dialog}.${ref}`;
          update += 1;
          pressed += 1;
          const date = Math.floor(world.clock().getTime() / 1000);
          const action = { does: 'press' as const, data, messageId: 1 };
          await world.take(
            updateOf({ name: 'Кто', id: person, phone: '79000000000' }, action, { update, message: update }, date),
          );
          for (const { payload } of world.telegram.take()) said += `${JSON.stringify(payload)}\n`;
        }
      }
    }
  }
  expect(pressed).toBeGreaterThan(500);
  expect(said.split('\n').filter((line) => SECRETS.test(line))).toEqual([]);
  // It was not silence: the guest's own ways opened, and the other's id did not.
  for (const heard of ['•••3752', 'которую хотите оплатить', 'номер лицевого счёта ещё раз.'])
    expect(said.includes(heard), heard).toBe(true);
  expect(world.failures).toEqual([]);
  await world.close();
}, 300_000);
