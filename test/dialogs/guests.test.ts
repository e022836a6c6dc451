import { expect, test } from 'vitest';
import { updateOf } from '../kit/chat/people.ts';
import { play } from '../kit/chat/play.ts';
import { transcripts } from '../kit/chat/transcripts.ts';
import { openWorld, type World } from '../kit/chat/world.ts';
import { OFFICE_SETTINGS } from '../kit/office-settings.ts';
import { press } from './press.ts';
import { expectNoSecrets, linkFor, settleTown } from './town.ts';
import * as make from '../kit/make.ts';

/** The first person of a transcript is a guest; the second a resident who has `0022222`. */
async function settle(world: World): Promise<void> {
  await settleTown(world);
  await world.db.updateTable('sessions').set({ endedAt: world.clock() }).where('messengerId', '=', 'telegram:701').execute();
  await linkFor(world, 702, '0022222');
}

const options = { before: settle, after: expectNoSecrets };
transcripts(new URL('./guests/', import.meta.url), options);
transcripts(new URL('./guests-without-cards/', import.meta.url), { ...options, settings: { ...OFFICE_SETTINGS, cards: [] } });

test('two presses of «Оплатить картой» at once are one order and one invoice', async () => {
  const world = await openWorld();
  await settle(world);
  await play(world, lines('Иван', '/pay', '0012345', '[Всё верно]', '500'));
  const ivan = { name: 'Иван', id: 701, phone: '79123456789' };
  const date = Math.floor(world.clock().getTime() / 1000);
  const typed = [901, 902].map((id) =>
    updateOf(ivan, { does: 'say', words: 'Оплатить картой' }, { update: id, message: id }, date),
  );
  await Promise.all(typed.map((update) => world.take(update)));
  expect(world.telegram.take().filter(({ method }) => method === 'sendInvoice')).toHaveLength(1);
  expect(await world.db.selectFrom('paymentOrders').select(['asGuest', 'residentId', 'totalKopecks']).execute()).toEqual([
    { asGuest: true, residentId: null, totalKopecks: 500_00 },
  ]);
  await world.close();
});

test('a guest whose invoice Telegram does not take gets the QR code of the very sum', async () => {
  const world = await openWorld();
  await settle(world);
  world.telegram.interfereWith(({ method }) =>
    method === 'sendInvoice' ? { error_code: 400, description: 'Bad Request: PAYMENT_PROVIDER_INVALID' } : undefined,
  );
  const said = await play(world, lines('Иван', '/pay', '0012345', '[Всё верно]', '500', '[Оплатить картой]'));
  expect(said).toMatch(/не получилось выставить счёт на оплату картой\. [^]*payment-qr[^]*Сумма: 500,00 ₽/);
  expect(world.broken.splice(0)).toHaveLength(1);
  await world.close();
});

test('what a guest paid is in the debt and the history once the account is linked', async () => {
  const world = await openWorld();
  await settle(world);
  await play(world, lines('Иван', '/pay', '0012345', '[Всё верно]', '500', '[Оплатить картой]', '(оплатил)'));
  await world.db.updateTable('sessions').set({ endedAt: null }).where('messengerId', '=', 'telegram:701').execute();
  const before = await play(world, lines('Иван', '/debt'), { updatesFrom: 100 });
  expect(before).not.toContain('В пути');
  await linkFor(world, 701, '0012345');
  const after = await play(world, lines('Иван', '/debt'), { updatesFrom: 200 });
  expect(after).toContain('В пути: 500,00 ₽');
  const history = await play(world, lines('Иван', '/history'), { updatesFrom: 300 });
  expect(history).toMatch(/Ноябрь 2026[^]*500,00 ₽, в пути/);
  await world.close();
});

test('whose phone was taken over pays by a number as readings are handed in by one, and not out of the closed cabinet', async () => {
  const world = await openWorld();
  await settle(world);
  await world.db.updateTable('residents').set({ phone: null }).execute();
  expect(await press(world, 702, 'd.pay.')).not.toContain('Напишите номер лицевого счёта');
  for (const chapter of ['readings', 'pay'])
    expect(await press(world, 702, `d.${chapter}.other`)).toContain('Напишите номер лицевого счёта');
  const asked = await press(world, 702, 'd.pay.other-0012345');
  expect(asked).toContain('0012345');
  expect(asked).not.toContain('2 725,67');
  expect(world.broken).toEqual([]);
  await world.close();
});

test('an old button of a guest’s is a resident’s once the account is linked: readings with their last values, the debt to be paid', async () => {
  const world = await openWorld();
  await settle(world);
  await make.meter(world.db, {
    account: '0012345',
    number: '4711',
    service: 'Холодное водоснабжение',
    digits: 5,
    value: '120',
    valueDay: '2026-10-22',
  });
  await play(world, lines('Иван', '/start ls-0012345'));
  await world.db.updateTable('sessions').set({ endedAt: null }).where('messengerId', '=', 'telegram:701').execute();
  const { id } = await world.db.selectFrom('guestLookups').select('id').executeTakeFirstOrThrow();
  const asGuest = await press(world, 701, `d.readings.guest-${id}`);
  expect(asGuest).not.toContain('120');
  expect(await press(world, 701, `d.pay.guest-${id}`)).toContain('Напишите сумму в рублях');
  await linkFor(world, 701, '0012345');
  const own = await press(world, 701, `d.readings.guest-${id}`);
  expect(own).toContain('4711');
  expect(own).toContain('120');
  const pay = await press(world, 701, `d.pay.guest-${id}`);
  expect(pay).toContain('2 725,67 ₽');
  expect(pay).not.toContain('Она указана в квитанции');
  expect(world.broken).toEqual([]);
  await world.close();
});

test('what a guest handed in is his once the account is linked, and in nobody else’s name', async () => {
  const world = await openWorld();
  await settle(world);
  await make.meter(world.db, {
    account: '0022222',
    number: '4711',
    service: 'Холодное водоснабжение',
    digits: 5,
    value: '100',
    valueDay: '2026-10-22',
  });
  await play(world, lines('Иван', '/start ls-0022222', '[Передать показания счётчиков]', '99999'));
  await world.db.updateTable('sessions').set({ endedAt: null }).where('messengerId', '=', 'telegram:701').execute();
  await linkFor(world, 701, '0022222');
  const own = await play(world, lines('Иван', '/readings', '[Отмена]'), { updatesFrom: 100 });
  // The guest's value is nothing that a resident's is held against.
  expect(own).toMatch(/Прошлое показание: 100\sм³ \(22 октября\)/);
  const listed = await play(world, lines('Иван', '/readings', '105', '[Мои показания]'), { updatesFrom: 200 });
  expect(listed).toMatch(/99999\sм³\n {5}22 ноября, передали вы без входа в кабинет\. Не понадобилось/);
  expect(listed).toMatch(/105\sм³ \(расход 5\sм³\)\n {5}22 ноября, передали вы\./);
  const others = await play(world, lines('Гость', '/menu') + '\n' + lines('Мария', '/readings', '[Мои показания]'), {
    updatesFrom: 300,
  });
  expect(others).toMatch(/99999\sм³\n {5}22 ноября, передал гость, без входа в кабинет\. Не понадобилось/);
  expect(world.failures).toEqual([]);
  await world.close();
});

test.each(['readings', 'my-readings', 'pay'])(
  'a made-up, a foreign and an old guest account open nothing in %s',
  async (dialog) => {
    const world = await openWorld();
    await settle(world);
    await play(world, lines('Иван', '/start ls-0012345'));
    const { id } = await world.db.selectFrom('guestLookups').select('id').executeTakeFirstOrThrow();
    const press = async (person: number, ref: string, update: number) => {
      const action = { does: 'press' as const, data: `d.${dialog}.${ref}`, messageId: 1 };
      const date = Math.floor(world.clock().getTime() / 1000);
      await world.take(updateOf({ name: 'Кто', id: person, phone: '7' }, action, { update, message: update }, date));
      return world.telegram
        .take()
        .map(({ payload }) => payload.text ?? '')
        .join('\n');
    };
    const gone = 'Укажите, пожалуйста, номер лицевого счёта ещё раз.';
    expect(await press(701, `guest-${id}`, 901)).not.toContain(gone);
    expect(await press(703, `guest-${id}`, 902)).toContain(gone);
    expect(await press(702, `guest-${id}`, 903)).toContain(gone);
    expect(await press(701, 'guest-0012345', 904)).toContain(gone);
    expect(await press(701, 'guest-00000000-0000-4000-8000-000000000000', 905)).toContain(gone);
    // A resident's link is no guest's, whoever presses it.
    const link = await world.db.selectFrom('links').select('id').executeTakeFirstOrThrow();
    for (const [person, update] of [
      [701, 906],
      [703, 907],
    ] as const) {
      const said = await press(person, link.id, update);
      expect(said).not.toMatch(/0022222|Портовая/);
    }
    world.pass(24 * 60 * 60 * 1000);
    expect(await press(701, `guest-${id}`, 908)).toContain(gone);
    expect(world.failures).toEqual([]);
    await world.close();
  },
);

const lines = (name: string, ...words: string[]): string => words.map((line) => `${name}: ${line}`).join('\n');
