import { expect, test } from 'vitest';
import { updateOf } from '../../kit/chat/people.ts';
import { chat, transcripts } from '../../kit/chat/transcripts.ts';
import { openWorld } from '../../kit/chat/world.ts';
import { linkFor, settleTown } from '../town.ts';

transcripts(new URL('./pay/', import.meta.url), {
  async before(world) {
    await settleTown(world);
    await linkFor(world, 701, '0012345');
    for (const account of ['0012345', '0022222', '0044444']) await linkFor(world, 702, account);
    await linkFor(world, 703, '0022222');
  },
});

test('without a provider of payments: the document and its QR code, each account its own', () =>
  chat(
    `
    Иван: /pay
    Бот: У вас 2 лицевых счёта. Оплатить все сразу или один?

         Всего к оплате: 2 725,67 ₽
         [Все счета сразу]
         [Один счёт]
         [Другой лицевой счёт]
         [Отмена]
    Иван: [Все счета сразу]
    Бот: Лицевой счёт 0012345: 2 725,67 ₽

         Всего к оплате: 2 725,67 ₽
         Платежи учтены на 20 ноября.
         [Вся задолженность]
         [Другая сумма]
         [Отмена]
    Иван: [Вся задолженность]
    Бот: Лицевой счёт 0012345: 2 725,67 ₽

         Оплатите, пожалуйста, по QR-коду из квитанции в приложении банка или в пункте приёма платежей. Если сумма в QR-коде другая, исправьте её в приложении.
         [Квитанция · 0012345]
  `,
    {
      settings: { cards: false },
      async before(world) {
        await settleTown(world);
        for (const account of ['0012345', '0022222']) await linkFor(world, 701, account);
      },
    },
  ));

test('a button with the link of another, of an account that was unlinked, or made up, pays nothing', async () => {
  const world = await openWorld();
  await settleTown(world);
  await linkFor(world, 701, '0012345');
  await linkFor(world, 702, '0022222');
  await linkFor(world, 702, '0044444');
  const [foreign, gone, own] = await Promise.all(
    ['0012345', '0044444', '0022222'].map((account) =>
      world.db.selectFrom('links').select('id').where('account', '=', account).executeTakeFirstOrThrow(),
    ),
  );
  if (!foreign || !gone || !own) throw new Error('no links');
  const anna = { name: 'Анна', id: 702, phone: '79123456782' };
  const caller = { messengerId: 'telegram:702', idempotencyKey: 'unlink' } as const;
  await world.office.links.unlink(caller, gone.id);
  const refs = [foreign.id, gone.id, 'x', `${own.id}-1`, 'guest-', `guest-${own.id}`, "' or 1=1"];
  for (const [i, ref] of refs.entries()) {
    const press = { does: 'press', data: `d.pay.${ref}`.slice(0, 64), messageId: 1 } as const;
    await world.take(updateOf(anna, press, { update: 900 + i, message: 900 + i }, 0));
  }
  const said = world.telegram.take().flatMap(({ payload }) => (payload.text === undefined ? [] : [payload.text]));
  expect(said).toHaveLength(refs.length);
  expect(said.join('\n')).not.toMatch(/0012345|0044444|2 725/);
  for (const text of said) expect(text).toMatch(/уже не подключён|прошло больше суток/);
  for (const [i, link] of [foreign.id, gone.id, 'x'].entries()) {
    const by = { messengerId: 'telegram:702', idempotencyKey: `order-${i}` } as const;
    expect(await world.office.payments.order(by, [{ link, sumKopecks: 300_00 }])).toEqual({ outcome: 'gone' });
  }
  expect(world.failures).toEqual([]);
  await world.close();
});
