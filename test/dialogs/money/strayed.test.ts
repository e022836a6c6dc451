import { expect, onTestFinished, test } from 'vitest';
import { play } from '../../kit/chat/play.ts';
import { openWorld, type World } from '../../kit/chat/world.ts';
import { linkFor, settleTown } from '../town.ts';
import * as make from '../../kit/make.ts';

const DAY = 86_400_000;

/** Ivan has `0012345` (2 725,67 ₽ to pay) and has paid so much in the bot so many days ago. */
async function openPaid({ sum, daysAgo, other = null }: { sum: number; daysAgo: number; other?: string | null }): Promise<World> {
  const world = await openWorld();
  onTestFinished(() => world.close());
  await settleTown(world);
  await linkFor(world, 701, '0012345');
  const paidAt = new Date(world.clock().getTime() - daysAgo * DAY);
  const paid = { messengerId: 'telegram:701', paidAt };
  await make.cardPayment(world.db, [{ account: '0012345', sumKopecks: sum }], paid);
  if (other !== null) await world.db.updateTable('cardPaymentLines').set({ otherAccount: other }).execute();
  return world;
}

test.each([
  {
    what: 'in its usual time',
    paid: { sum: 2_725_67, daysAgo: 1 },
    says: ['Платить сейчас не нужно. Ваш платёж 2 725,67 ₽ в пути', 'По данным на 20 ноября к оплате было 2 725,67 ₽.'],
    never: ['разбираемся'],
    offers: undefined,
  },
  {
    what: 'late',
    paid: { sum: 1_000_00, daysAgo: 10 },
    says: ['В пути: 1 000,00 ₽', 'Осталось оплатить: 1 725,67 ₽', 'Платёж от 12 ноября на 1 000,00 ₽ ещё не учтён, разбираемся.'],
    never: ['не вычтен', 'Платить сейчас не нужно'],
    offers: '1 725,67 ₽',
  },
  {
    what: 'for so long that nobody may rely on it',
    paid: { sum: 2_725_67, daysAgo: 200 },
    says: [
      'К оплате: 2 725,67 ₽',
      'Платёж от 6 мая на 2 725,67 ₽ до сих пор не учтён, разбираемся. Из суммы к оплате он не вычтен.',
    ],
    never: ['В пути', 'Платить сейчас не нужно'],
    offers: '2 725,67 ₽',
  },
  {
    what: 'on another account',
    paid: { sum: 2_725_67, daysAgo: 1, other: '0033333' },
    says: [
      'К оплате: 2 725,67 ₽',
      'Платёж от 21 ноября на 2 725,67 ₽ учтён на другом лицевом счёте, разбираемся. Из суммы к оплате он не вычтен.',
    ],
    // Whose account it is is nobody's business.
    never: ['В пути', 'Платить сейчас не нужно', '0033333'],
    offers: '2 725,67 ₽',
  },
])(
  'a payment that is $what: /debt says so, /pay offers what is left, the history has it',
  async ({ paid, says, never, offers }) => {
    const world = await openPaid(paid);
    const debt = await play(world, 'Иван: /debt');
    for (const words of says) expect(debt).toContain(words);
    for (const words of never) expect(debt).not.toContain(words);

    const pay = await play(world, 'Иван: /pay', { updatesFrom: 100 });
    expect(pay).toContain(offers === undefined ? 'Платить сейчас не нужно' : `К оплате: ${offers}`);
    for (const words of never) expect(pay).not.toContain(words);
    expect(pay.includes('разбираемся')).toBe(debt.includes('разбираемся'));
    expect(world.broken).toEqual([]);
  },
);

test('what was paid and staff have to credit is under way with a word of its own, and is not offered again', async () => {
  const world = await openWorld();
  onTestFinished(() => world.close());
  await settleTown(world);
  await linkFor(world, 701, '0012345');
  const by = (idempotencyKey: string) => ({ messengerId: 'telegram:701', idempotencyKey }) as const;
  const { id: link } = await world.db.selectFrom('links').select('id').executeTakeFirstOrThrow();
  const ordered = await world.office.payments.order(by('order'), [{ link, sumKopecks: 2_725_67 }]);
  if (ordered.outcome !== 'ordered') throw new Error(ordered.outcome);
  const { order, totalKopecks } = ordered.invoice;
  const charge = { chargeId: 'tg-1', providerChargeId: 'ch-1', paidAt: world.clock().toISOString() };
  await world.office.paymentIntake.hold(by('hold'), { order, totalKopecks, currency: 'RUB', ...charge });

  const debt = await play(world, 'Иван: /debt');
  expect(debt).toContain('Платить сейчас не нужно. Ваш платёж 2 725,67 ₽ в пути');
  expect(debt).toContain('Платёж от 22 ноября на 2 725,67 ₽ получен, но ещё не зачислен, разбираемся.');
  expect(debt).not.toContain('Оплатить картой');
  const pay = await play(world, 'Иван: /pay', { updatesFrom: 100 });
  expect(pay).toContain('Платить сейчас не нужно');
  expect(pay).toContain('получен, но ещё не зачислен, разбираемся.');
});

test('a payment that billing has booked and the latest charges do not contain: nothing is asked for again, and why is said', async () => {
  const world = await openPaid({ sum: 2_725_67, daysAgo: 1 });
  const charged = new Date(world.clock().getTime() - 2 * DAY);
  const importId = await make.registryImport(world.db, { kind: 'charges', finishedAt: charged });
  await world.db.updateTable('charges').set({ importId }).execute();
  const { operation } = await world.db.selectFrom('cardPaymentLines').select('operation').executeTakeFirstOrThrow();
  await make.payment(world.db, { account: '0012345', source: 'Telegram', operation, day: '2026-10-31', sumKopecks: 2_725_67 });
  await world.db.updateTable('cardPaymentLines').set({ postedAt: world.clock() }).execute();

  const why =
    'Платёж от 21 ноября на 2 725,67 ₽ получен, но в последнюю квитанцию не вошёл: её сделали раньше. Его вычтут в следующей.';
  const debt = await play(world, 'Иван: /debt');
  expect(debt).toContain('Платить сейчас не нужно. Вы уже заплатили. По данным на 20 ноября к оплате было 2 725,67 ₽.');
  expect(debt).toContain(why);
  expect(debt).not.toMatch(/просрочено|В пути|Осталось/);
  const pay = await play(world, 'Иван: /pay', { updatesFrom: 100 });
  expect(pay).toContain('Платить сейчас не нужно');
  expect(pay).toContain(why);
  // The history has it once: as what the registry says.
  const history = await play(world, 'Иван: /history', { updatesFrom: 200 });
  expect(history.match(/2 725,67 ₽ \(Telegram\)/g)).toHaveLength(1);
  expect(history).not.toContain('в пути');
});

test('a reversal after the latest charges is called a return, not a payment of less than nothing', async () => {
  const world = await openWorld();
  onTestFinished(() => world.close());
  await settleTown(world);
  await linkFor(world, 701, '0012345');
  const row = { account: '0012345', source: 'Касса', operation: 'S-1' };
  await make.payment(
    world.db,
    { ...row, day: '2026-10-27', sumKopecks: 1_500_00 },
    { ...row, day: '2026-11-02', sumKopecks: -1_500_00 },
  );
  const debt = await play(world, 'Иван: /debt');
  expect(debt).toContain('Возвращено после этих начислений: 1 500,00 ₽');
  expect(debt).toContain('К оплате: 4 225,67 ₽');
  expect(debt).not.toContain('−');
  const history = await play(world, 'Иван: /history', { updatesFrom: 100 });
  expect(history).toContain('Возвращено: 1 500,00 ₽\n     • 2 ноября: отмена платежа 1 500,00 ₽ (Касса)');
  expect(history).not.toContain('−1 500');
});
