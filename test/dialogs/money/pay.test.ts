import { expect, test } from 'vitest';
import { play } from '../../kit/chat/play.ts';
import { updateOf } from '../../kit/chat/people.ts';
import { transcripts } from '../../kit/chat/transcripts.ts';
import { openWorld } from '../../kit/chat/world.ts';
import * as make from '../../kit/make.ts';
import { press } from '../press.ts';
import { linkFor, settleTown } from '../town.ts';

transcripts(new URL('./pay/', import.meta.url), {
  async before(world) {
    await settleTown(world);
    await linkFor(world, 701, '0012345');
    for (const account of ['0012345', '0022222', '0033333', '0044444']) await linkFor(world, 702, account);
    await linkFor(world, 703, '0022222');
  },
});

test('without a provider of payments: a QR code of the very sum, at once', async () => {
  const world = await openWorld({ settings: { cards: [] } });
  await settleTown(world);
  for (const account of ['0012345', '0022222']) await linkFor(world, 701, account);
  const played = await play(world, 'Иван: /pay\nИван: [Портовая 5, кв. 17 · 2 725,67 ₽]\nИван: [Вся задолженность]');
  expect(played).toContain('Сумма: 2 725,67 ₽');
  expect(played).not.toContain('Оплатить картой');
  expect(played).toContain('[📋 Номер счёта] [📋 Сумма]');
  expect(world.broken).toEqual([]);
  await world.close();
});

test('beside the QR code of a sum a bank’s app is opened by СБП, where the centre has such an address', async () => {
  const world = await openWorld({
    settings: { cards: [] },
    centre: { sbp: 'https://pay.example.ru/sbp?ls={account}&sum={sum}' },
  });
  await settleTown(world);
  await linkFor(world, 701, '0012345');
  await play(world, 'Иван: /pay\nИван: [Вся задолженность]');
  const played = await play(world, 'Иван: /debt\nИван: [QR-код]', { updatesFrom: 100 });
  expect(played).toContain('[Оплатить через СБП]\n     [📋 Номер счёта] [📋 Сумма]');
  const link = await world.db.selectFrom('links').select('id').executeTakeFirstOrThrow();
  const who = { name: 'Иван', id: 701, phone: '79123456789' };
  await world.take(updateOf(who, { does: 'press', data: `d.pay-qr.${link.id}`, messageId: 1 }, { update: 900, message: 900 }, 0));
  await world.settled();
  const buttons = world.telegram.take().flatMap(({ payload }) => (payload.reply_markup?.inline_keyboard ?? []).flat());
  expect(buttons).toContainEqual(expect.objectContaining({ url: 'https://pay.example.ru/sbp?ls=0012345&sum=2725.67' }));
  expect(world.broken).toEqual([]);
  await world.close();
});

test('from the debt and from the card one tap leads to the invoice or to the QR code of that very sum', async () => {
  const world = await openWorld();
  await settleTown(world);
  await linkFor(world, 701, '0012345');
  for (const [i, command] of ['/debt', '/start'].entries()) {
    const played = await play(world, `Иван: ${command}\nИван: [Оплатить картой]\nИван: ${command}\nИван: [QR-код]`, {
      updatesFrom: 1 + i * 10,
    });
    expect(played).toMatch(/\[Оплатить картой\]\nБот: 💳 Оплата ЖКУ\. Лицевой счёт 0012345, 2 725,67 ₽/);
    expect(played).toMatch(/\[QR-код\]\nБот: (?:🖼|📄) .*\n.*Лицевой счёт 0012345\n {5}Сумма: 2 725,67 ₽/);
  }
  expect(world.broken).toEqual([]);
  await world.close();
});

test('a button under an old sum asks for what is to be paid now: nothing that is paid or under way', async () => {
  const world = await openWorld();
  await settleTown(world);
  await linkFor(world, 701, '0012345');
  await play(world, 'Иван: /debt');
  await make.cardPayment(world.db, [{ account: '0012345', sumKopecks: 2_725_67 }], { paidAt: world.clock() });
  const link = await world.db.selectFrom('links').select('id').executeTakeFirstOrThrow();
  for (const chapter of ['pay-card', 'pay-qr', 'debt']) {
    const said = await press(world, 701, `d.${chapter}.${link.id}`);
    expect(said).toContain('<b>Платить сейчас не нужно.</b> Ваш платёж 2 725,67 ₽ в пути');
    expect(said).not.toMatch(/sendInvoice|sendPhoto/);
  }
  await world.close();
});

test('what pays is green, what destroys is red, and what is filled in by hand can be copied', async () => {
  const world = await openWorld();
  await settleTown(world);
  await linkFor(world, 701, '0012345');
  const buttonsOf = () =>
    world.telegram
      .take()
      .flatMap(({ payload }) => payload.reply_markup?.inline_keyboard ?? [])
      .flat();
  const pressed = async (data: string) => {
    await world.take(
      updateOf(
        { name: 'Иван', id: 701, phone: '79123456789' },
        { does: 'press', data, messageId: 1 },
        { update: ++updates, message: updates },
        0,
      ),
    );
    return buttonsOf();
  };
  let updates = 500;
  const { id } = await world.db.selectFrom('links').select('id').executeTakeFirstOrThrow();
  const page = await pressed(`d.accounts.${id}`);
  expect(page).toContainEqual(expect.objectContaining({ text: 'Оплатить картой', style: 'success' }));
  expect(page).toContainEqual(expect.objectContaining({ text: 'Отключить лицевой счёт', style: 'danger' }));
  const copied = (await pressed(`d.pay-qr.${id}`)).flatMap((button) => ('copy_text' in button ? [button.copy_text.text] : []));
  expect(copied.slice(0, 2)).toEqual(['0012345', '2725,67']);
  expect(copied[2]).toMatch(/ИНН \d{10}[^]*р\/с \d{20}[^]*БИК \d{9}[^]*ЛС 0012345$/);
  for (const text of copied) expect(text.length).toBeLessThanOrEqual(256);
  await world.close();
});

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

test('a closed account without a debt is paid no more, and stands among no others; with a debt it is', async () => {
  const world = await openWorld();
  await settleTown(world);
  await linkFor(world, 701, '0044444');
  const alone = await play(world, 'Иван: /pay');
  expect(alone).toContain('Этот счёт закрыт, и долга по нему нет: платить не нужно.');
  expect(alone).toContain('[Счёт по номеру]');

  await linkFor(world, 701, '0012345');
  const beside = await play(world, 'Иван: /pay', { updatesFrom: 100 });
  expect(beside).toContain('К оплате: 2 725,67 ₽');
  expect(beside).not.toContain('0044444');

  await make.charge(world.db, { account: '0044444', service: 'Домофон', dueKopecks: 300_00, chargedKopecks: 300_00 });
  const owing = await play(world, 'Иван: /pay', { updatesFrom: 200 });
  expect(owing).toContain('Всего к оплате: 3 025,67 ₽');
  expect(world.broken).toEqual([]);
  await world.close();
});
