import { describe, expect, onTestFinished, test } from 'vitest';
import { play } from '../../kit/chat/play.ts';
import { transcripts } from '../../kit/chat/transcripts.ts';
import { openWorld, type World } from '../../kit/chat/world.ts';
import { linkFor, settleTown } from '../town.ts';
import * as make from '../../kit/make.ts';

const numberOf = (n: number) => `70001${String(n).padStart(5, '0')}`;

/** Ivan has so many flats of one house, each with a meter and n × 100 ₽ to pay; of the first he has overpaid 100 ₽. */
async function openOwner(count: number, { owing = count - 1 } = {}): Promise<World> {
  const world = await openWorld();
  onTestFinished(() => world.close());
  await settleOwner(world, count, owing);
  return world;
}

async function settleOwner(world: World, count: number, owing: number): Promise<void> {
  await settleTown(world);
  const numbers = Array.from({ length: count }, (_, n) => n);
  await make.account(
    world.db,
    ...numbers.map((n) => ({
      number: numberOf(n),
      ownerName: 'ООО «Ромашка»',
      address: `г. Приморск-на-Миусе, ул. ${n % 2 === 0 ? 'Мира' : 'Садовая'}, д. 5, кв. ${n + 1}`,
    })),
  );
  const charged = { period: '2026-10-01', service: 'Отопление', openingKopecks: 0, chargedKopecks: 0 };
  await make.charge(
    world.db,
    ...numbers.map((n) => ({ ...charged, account: numberOf(n), dueKopecks: n === 0 ? -100_00 : n <= owing ? n * 100_00 : 0 })),
  );
  await make.meter(
    world.db,
    ...numbers.map((n) => ({ account: numberOf(n), number: `M${n}`, service: 'Холодное водоснабжение', value: '12' })),
  );
  for (const n of numbers) await linkFor(world, 701, numberOf(n));
}

describe('six flats, five of which owe', () =>
  transcripts(new URL('./many-accounts/', import.meta.url), { before: (world) => settleOwner(world, 6, 5) }));

describe('four flats, three of which owe', () =>
  transcripts(new URL('./several-owing/', import.meta.url), { before: (world) => settleOwner(world, 4, 3) }));

test.each([
  ['six that owe are too many buttons: each is paid from its own page', 7, 6, {}, []],
  ['of one that owes, the buttons under the list are its own', 3, 1, {}, []],
  ['without cards: their QR codes', 3, 2, { cards: [] }, ['QR-код · Мира 5, кв. 3', 'QR-код · Садовая 5, кв. 2']],
] as const)('in the list of debts, %s', async (_, count, owing, settings, buttons) => {
  const world = await openWorld({ settings });
  onTestFinished(() => world.close());
  await settleOwner(world, count, owing);
  const played = await play(world, 'Иван: /debt');
  expect([...played.matchAll(/\[((?:Оплатить|QR-код) · [^\]]+)\]/g)].map(([, label]) => label)).toEqual(buttons);
});

const said = (played: string) => played.split('\n').filter((line) => line.startsWith('Бот:')).length;

const COMMANDS = [
  '/start',
  '/debt',
  '/bill',
  '/readings',
  '/pay',
  '/request',
  '/history',
  '/details',
  '/accounts',
  '/menu',
  '/settings',
];

test('with 120 accounts no chapter says more than a few messages', async () => {
  const world = await openOwner(120);
  for (const [i, command] of COMMANDS.entries()) {
    const played = await play(world, `Иван: ${command}\nИван: /cancel`, { updatesFrom: 1 + i * 10 });
    expect(said(played), command).toBeLessThanOrEqual(5);
    expect(played, command).not.toContain('сломалось');
  }
  expect(world.broken).toEqual([]);
}, 300_000);

test('/debt is a list in pages, turned in place, from which an account is opened', async () => {
  const world = await openOwner(20);
  const script = [
    '/debt',
    '[Дальше, стр. 2 из 3 →]',
    '[Дальше, стр. 3 из 3 →]',
    '[← Назад, стр. 2 из 3]',
    '[Садовая 5, кв. 12 · 1 100,00 ₽]',
  ];
  const played = await play(world, script.map((line) => `Иван: ${line}`).join('\n'));
  // Turned in place three times; the account is a message of its own.
  expect(said(played)).toBe(2 + 3);
  const [first = '', ...turned] = played.split('(сообщение изменено)');
  expect(first).toContain('Задолженность, стр. 1 из 3');
  expect(first).toContain('• 7000100019, г. Приморск-на-Миусе, ул. Садовая, д. 5, кв. 20: 1 900,00 ₽');
  expect(first).toContain('Всего к оплате: 19 000,00 ₽\n     Переплата: 100,00 ₽');
  expect(first).toContain('[Садовая 5, кв. 20 · 1 900,00 ₽]');
  expect(turned).toHaveLength(3);
  expect(turned[1]).toContain('Задолженность, стр. 3 из 3');
  expect(turned[1]).toContain('7000100000, г. Приморск-на-Миусе, ул. Мира, д. 5, кв. 1: переплата 100,00 ₽');
  expect(turned[1]).not.toContain('[Дальше');
  expect(turned[2]).toContain('К оплате: 1 100,00 ₽');
  expect(turned[2]).toContain('[Почему столько?] [Квитанция]');
  expect(world.broken).toEqual([]);
});

test.each([2, 4, 5])('the debt of %s accounts is one message, and one of them is opened by a tap', async (count) => {
  const world = await openOwner(count);
  const one = count === 2 ? 'Садовая 5, кв. 2 · 100,00 ₽' : 'Садовая 5, кв. 4 · 300,00 ₽';
  const played = await play(world, `Иван: /debt\nИван: [${one}]`);
  expect(said(played)).toBe(1 + 1);
  expect(played).not.toContain('стр.');
  expect(played).toMatch(/К оплате: \d00,00 ₽[^]*Последние начисления/);
});

test('on coming in each of four accounts has its card, five are one page, from which a card is opened', async () => {
  const four = await openOwner(4);
  const cards = await play(four, 'Иван: /start');
  expect(said(cards)).toBe(1 + 4);
  expect(cards.match(/\[Передать показания счётчиков\]/g)).toHaveLength(4);
  const five = await openOwner(5);
  const page = await play(five, 'Иван: /menu\nИван: [Садовая 5, кв. 2 · 100,00 ₽]');
  expect(said(page)).toBe(1 + 1 + 1);
  expect(page).toContain('Ваши лицевые счета');
  expect(page).toContain('[Назвать по-своему]');
  expect([...four.broken, ...five.broken]).toEqual([]);
});

test('an account is chosen by typing its number, its name, or its street, house and flat', async () => {
  const world = await openOwner(120);
  await world.db.updateTable('links').set({ name: 'Дача' }).where('account', '=', numberOf(77)).execute();
  const cases = [
    ['7000100074', '7000100074'],
    ['ЛС 7000100074', '7000100074'],
    ['№ 7000100074', '7000100074'],
    ['дача', '7000100077'],
    ['7000100077', '7000100077'],
    ['кв 41', '7000100040'],
    ['кв. 41', '7000100040'],
    ['41', '7000100040'],
    ['Мира 5-41', '7000100040'],
    ['садовая 5 кв 40', '7000100039'],
    ['[Дальше, стр. 2 из 12 →]\nИван: [Дальше, стр. 3 из 12 →]\nИван: [Мира 5, кв. 21]', '7000100020'],
  ] as const;
  for (const [i, [typed, account]] of cases.entries()) {
    const played = await play(world, `Иван: /history\nИван: ${typed}`, { updatesFrom: 1 + i * 10 });
    expect(played, typed).toMatch(new RegExp(`Бот: (Дача, л|Л)ицевой счёт ${account}\n     Октябрь 2026`));
  }
  const unclear = await play(world, 'Иван: /history\nИван: Мира 5\nИван: Садовая 6\nИван: 9999999999', { updatesFrom: 300 });
  expect(unclear).toContain('Под это подходит несколько счетов: 60.');
  expect(unclear.match(/Такого счёта среди ваших нет/g)).toHaveLength(2);
  expect(world.broken).toEqual([]);
}, 300_000);

test('with two accounts, one of them named, its name and its number are understood', async () => {
  const world = await openOwner(2);
  await world.db.updateTable('links').set({ name: 'Дача' }).where('account', '=', numberOf(1)).execute();
  for (const [i, typed] of ['7000100001', 'Дача', 'ЛС 7000100001', 'кв 2'].entries()) {
    const played = await play(world, `Иван: /history\nИван: ${typed}`, { updatesFrom: 1 + i * 10 });
    expect(played, typed).toContain('Бот: Дача, лицевой счёт 7000100001\n     Октябрь 2026');
  }
  const asked = await play(world, 'Иван: /request\nИван: [Начисления]\nИван: дача\nИван: Почему столько?\nИван: [Отправить]', {
    updatesFrom: 100,
  });
  expect(asked).toContain('7000100001');
});

test('a name that is the number of another account, or another one’s name, too, is asked about', async () => {
  const world = await openOwner(2);
  const call = (account: number, name: string) =>
    world.db.updateTable('links').set({ name }).where('account', '=', numberOf(account)).execute();
  await call(0, `ЛС ${numberOf(1)}`);
  const [number, right] = (await play(world, `Иван: /history\nИван: ЛС ${numberOf(1)}\nИван: ЛС ${numberOf(0)}`)).split(
    `Иван: ЛС ${numberOf(0)}`,
  );
  expect(number).toContain('Под это подходит несколько счетов: 2.');
  expect(right).toContain(`лицевой счёт ${numberOf(0)}\n     Октябрь 2026`);
  await call(0, 'Дача');
  await call(1, 'дача');
  const name = await play(world, 'Иван: /history\nИван: Дача', { updatesFrom: 100 });
  expect(name).toContain('Под это подходит несколько счетов: 2.');
});

test('all at once is offered up to twenty that owe, and above it is said why not', async () => {
  const few = await openOwner(120, { owing: 7 });
  const all = await play(few, 'Иван: /pay\nИван: [Все счета сразу]\nИван: [Вся задолженность]');
  expect(all).toContain('Всего к оплате: 2 800,00 ₽');
  expect(all).toContain('[Оплатить картой]');
  expect(all.match(/Лицевой счёт \d+: /g)?.length).toBe(14);

  const many = await openOwner(120);
  const one = await play(many, 'Иван: /pay\nИван: кв 3\nИван: [Вся задолженность]');
  expect(one).not.toContain('[Все счета сразу]');
  expect(one).toContain(
    'Долг есть по 119 счетам, а в одном платеже может быть не больше 20. Выберите, пожалуйста, счёт и оплатите по одному.',
  );
  expect(one).toContain('Лицевой счёт 7000100002: 200,00 ₽');

  // Another sum is for one of them.
  const other = await play(few, 'Иван: /pay\nИван: [Все счета сразу]\nИван: [Другая сумма]\nИван: кв 3\nИван: 150', {
    updatesFrom: 100,
  });
  expect(other).toContain('Лицевой счёт 7000100002: 150,00 ₽');
  expect(few.broken).toEqual([]);
}, 300_000);
