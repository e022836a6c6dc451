import { describe, expect, onTestFinished, test } from 'vitest';
import { play } from '../kit/chat/play.ts';
import { openWorld, type World } from '../kit/chat/world.ts';
import { settleMeteredTown } from './readings/metered-town.ts';
import { linkFor, settleTown } from './town.ts';

/** A world, and what comes of lines of Ivan's in it, one dialog after another. */
async function openTown(settle: (world: World) => Promise<void>) {
  const world = await openWorld();
  onTestFinished(() => world.close());
  await settle(world);
  let updates = 1;
  return async (...said: string[]) => {
    const played = await play(world, said.map((line) => `Иван: ${line}`).join('\n'), { updatesFrom: updates });
    updates += 20;
    expect(world.broken).toEqual([]);
    return played;
  };
}

const SLIP = 'Нажмите, пожалуйста, одну из кнопок';

describe('one of two accounts', () => {
  const settle = async (world: World) => {
    await settleTown(world);
    for (const account of ['0012345', '0022222']) await linkFor(world, 701, account);
  };

  test('by a part of its address, by the number of its house, and by its place in the list', async () => {
    const said = await openTown(settle);
    for (const [typed, account] of [
      ['17', '0012345'],
      ['кв 17', '0012345'],
      ['40', '0022222'],
      ['на Портовой 40', '0022222'],
      ['портовой 40', '0022222'],
      ['1', '0012345'],
      ['2', '0022222'],
      ['номер 2', '0022222'],
      ['второй', '0022222'],
      ['первый счёт', '0012345'],
    ] as const)
      expect(await said('/history', typed), typed).toContain(`Бот: Лицевой счёт ${account}\n     Октябрь 2026`);
  });

  test('what fits several, none, or is the number of another flat is explained', async () => {
    const said = await openTown(settle);
    expect(await said('/history', 'на Портовой')).toContain('Под это подходит несколько счетов: 2.');
    for (const typed of ['3', 'квартира 2', 'Портовая 6', 'Садовая', 'не знаю'])
      expect(await said('/history', typed)).toContain(SLIP);
  });

  test('by its own name in whatever case', async () => {
    const said = await openTown(async (world) => {
      await settle(world);
      await world.db.updateTable('links').set({ name: 'Дача' }).where('account', '=', '0022222').execute();
    });
    for (const typed of ['дачу', 'за дачу', 'Дачи'])
      expect(await said('/history', typed), typed).toContain('Бот: Дача, лицевой счёт 0022222\n     Октябрь 2026');
  });

  test('to be paid: all of them, or another account by its number, which is not asked for again', async () => {
    const said = await openTown(settle);
    expect(await said('/pay', 'все')).toContain('Всего к оплате: 2 725,67 ₽\n     Платежи учтены');
    expect(await said('/pay', '2')).toContain('Лицевой счёт 0022222\n\n     Платить сейчас не нужно.');
    expect(await said('/pay', 'по номеру')).toContain('Напишите номер лицевого счёта');
    const other = await said('/pay', '0033333');
    expect(other).toContain('0033333');
    expect(other).toContain('[Всё верно]');
    expect(await said('/pay', 'ЛС 0012345')).toContain('Лицевой счёт 0012345\n\n     К оплате: 2 725,67 ₽');
    for (const typed of ['потом', '7']) expect(await said('/pay', typed)).toContain(SLIP);
  });

  test('for readings another account by its number, too', async () => {
    const said = await openTown(settle);
    const other = await said('/readings', '0033333');
    expect(other).toContain('[Всё верно]');
    expect(other).not.toContain(SLIP);
  });
});

describe('a button', () => {
  const one = async (world: World) => {
    await settleTown(world);
    await linkFor(world, 701, '0012345');
  };

  test('by a part of its label, in another form, by its place', async () => {
    const said = await openTown(one);
    for (const typed of ['пароль', 'смените пароль', '1', 'первое'])
      expect(await said('/settings', typed), typed).toContain('Введите ваш нынешний пароль');
    expect(await said('/settings', 'сменить')).toContain(SLIP);
    // A question is no answer.
    expect(await said('/settings', 'согласие?')).toContain(SLIP);
    expect(await said('/settings', '9')).toContain(SLIP);
  });

  test('of a payment: all of it in other words, the way in others', async () => {
    const said = await openTown(one);
    expect(await said('/pay', 'номер счёта')).toContain('Напишите номер лицевого счёта');
    expect(await said('/pay', 'картой')).toContain('💳 Оплата ЖКУ');
    expect(await said('/pay', 'вся', 'через сбп')).toContain('📄 payment-qr.json');
    // The same file, sent again.
    expect(await said('/pay', 'вся', '2')).toContain('Бот: 📄 (тот же файл)');
  });

  test('under which something is done: its verb, as one says it', async () => {
    const said = await openTown(one);
    const unlink = ['/accounts', '[Отключить лицевой счёт]'];
    expect(await said(...unlink, 'отключи?')).toContain(SLIP);
    expect(await said(...unlink, 'не отключай')).toContain(SLIP);
    // After that something is gone: its whole name, or «да».
    expect(await said(...unlink, 'отключай')).toContain(SLIP);
    expect(await said(...unlink, 'да')).toContain('0012345');
    expect(await said('/accounts')).toContain('У вас пока нет подключённых лицевых счетов');
  });

  test.each([
    ['да', 'SMS на +79'],
    ['всё верно', 'SMS на +79'],
    ['зарегистрируйте', 'SMS на +79'],
    ['логин', 'Придумайте, пожалуйста, другой логин'],
    ['телефон', 'Поделиться номером'],
    ['потом', SLIP],
  ])('of the registration, where it is looked through once more: «%s»', async (typed, comes) => {
    const world = await openWorld();
    onTestFinished(() => world.close());
    const played = await play(world, `# после: identity/registration/happy до «[Зарегистрироваться]»\nИван: ${typed}`);
    expect(played.slice(played.lastIndexOf(`Иван: ${typed}`))).toContain(comes);
  });

  test('that stands alone, by its whole name or «да» only; «отмена» leaves it, with whatever sign behind', async () => {
    const said = await openTown(one);
    const unlink = ['/accounts', '[Отключить лицевой счёт]'];
    for (const typed of ['отключить', 'отключение', '1']) expect(await said(...unlink, typed), typed).toContain(SLIP);
    expect(await said(...unlink, 'Отмена.')).not.toContain(SLIP);
    expect(await said('/debt')).toContain('К оплате: 2 725,67 ₽');
  });

  test('with a «не» is meant by nobody who leaves it out', async () => {
    const unsent = ['/request', 'За что столько за отопление?', '/debt'];
    const said = await openTown(one);
    expect(await said(...unsent, 'отправляйте-ка', 'не отправляй')).toMatch(
      /Нажмите, пожалуйста, одну из кнопок[^]*Хорошо, не отправляем\.[^]*К оплате: 2 725,67 ₽/,
    );
  });
});

test('a number after a number is no place among what the first one may be', async () => {
  const said = await openTown(settleMeteredTown);
  expect(await said('125', '3')).toContain(SLIP);
});

test('a number alone: what it is may be said in words', async () => {
  const said = await openTown(settleMeteredTown);
  expect(await said('305', 'это показание')).toContain('Напишите 4 показания');
  expect(await said('/cancel', '305', 'сумма')).toContain('[Вся задолженность]');
  expect(await said('/cancel', '305', 'сотрудникам')).toContain('Отправить это сотрудникам?');
  expect(await said('/cancel', '0012345678', 'да')).toContain('Лицевого счёта 0012345678 у нас нет');
});

test('a meter is chosen as it is called at home', async () => {
  const said = await openTown(settleMeteredTown);
  await said('/readings', '305⏎620⏎9310⏎4333');
  for (const [typed, meter] of [
    ['хвс', 'Холодное водоснабжение, счётчик № 59907451'],
    ['за холодную', 'Холодное водоснабжение, счётчик № 59907451'],
    ['ночь', 'Электроснабжение, Т2 (ночь), счётчик № 0164257718'],
    ['т1', 'Электроснабжение, Т1 (день), счётчик № 0164257718'],
    ['первый', 'Горячее водоснабжение, счётчик № 54623752'],
  ] as const)
    expect(await said('/readings', '[Исправить]', typed), typed).toContain(meter);
  expect(await said('/readings', '[Исправить]', 'свет')).toContain('Под это подходит несколько счётчиков: 2.');
});

test('a request by its number', async () => {
  const said = await openTown(async (world) => {
    await settleTown(world);
    await linkFor(world, 701, '0012345');
  });
  await said('/request', 'За что столько за отопление?', '[Отправить]');
  await said('/request', 'Не работает кнопка', '[Отправить]');
  for (const typed of ['2', '№ 2', 'номер 2', 'обращение 2'])
    expect(await said('/requests', typed), typed).toContain('Бот: Обращение № 2');
  // No place in a list of what is numbered.
  expect(await said('/requests', '3')).toContain(SLIP);
});
