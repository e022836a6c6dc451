import { expect, onTestFinished, test } from 'vitest';
import { play } from '../../kit/chat/play.ts';
import { openWorld } from '../../kit/chat/world.ts';
import { linkFor, settleTown } from '../town.ts';

async function openScene() {
  const world = await openWorld();
  onTestFinished(() => world.close());
  await settleTown(world);
  await linkFor(world, 701, '0012345');
  let updatesFrom = 0;
  /** Plays on, with spaces that may break a line. */
  const go = async (...script: string[]) => {
    updatesFrom += 100;
    return (await play(world, script.join('\n'), { updatesFrom })).replaceAll('\u00a0', ' ');
  };
  return { world, go };
}

const linkOf = (said: string) => /t\.me\/\w+\?start=(\S+)/.exec(said)?.[1] ?? 'none';

test('«Дать доступ близкому»: from the page of the account to «Подключить», seen and ended there', async () => {
  const { world, go } = await openScene();
  const made = await go('Иван: /accounts', 'Иван: [Дать доступ близкому]', 'Иван: [Создать одноразовую ссылку]');
  expect(made).toContain('Пересылайте только тому, кому доверяете');
  expect(made).toContain('Ссылка сработает один раз, до 23 ноября');
  const start = linkOf(made);
  expect(start).toMatch(/^ac-[\w-]{38}$/);

  const taken = await go('Иван: /menu', `Мария: /start ${start}`, 'Мария: [Подключить]', `Пётр: /start ${start}`);
  expect(taken).toContain('Адрес: г. Приморск-на-Миусе, ул. Портовая, д. 5, кв. •••');
  expect(taken).toMatch(/Лицевой сч[её]т подключ[её]н/);
  expect(taken).toContain('По вашей ссылке лицевой счёт 0012345 подключил житель с логином re•••2');
  expect(taken).toContain('Этой ссылкой уже воспользовались');

  const theirs = await go('Иван: /menu', 'Мария: /accounts');
  expect(theirs).toContain('Доступ к этому счёту вам дал другой житель.');
  expect(theirs).not.toContain('[Дать доступ близкому]');

  const ended = await go(
    'Иван: /accounts',
    'Иван: [Дать доступ близкому]',
    'Иван: [Закрыть доступ]',
    'Иван: [Да, закрыть]',
    'Мария: /debt',
  );
  expect(ended).toContain('Вы дали доступ 1 близкому.');
  expect(ended).toMatch(/• логин re•••2, с 22 ноября/);
  expect(ended).toContain('Доступ для логина re•••2 закрыт.');
  expect(ended).toContain('доступ закрыл тот, кто его дал');
  expect(world.broken).toEqual([]);
});

test('a late, a forged, a repeated and one’s own link each say what they are', async () => {
  const { world, go } = await openScene();
  const start = linkOf(await go('Иван: /accounts', 'Иван: [Дать доступ близкому]', 'Иван: [Создать одноразовую ссылку]'));
  expect(await go(`Иван: /start ${start}`)).toContain('Эту ссылку сделали вы');
  expect(await go('Иван: /menu', `Мария: /start ${start.slice(0, -3)}`)).toContain('Ссылка неполная или неверная');
  expect(await go('Иван: /menu', 'Мария: /start ac-../../etc')).not.toContain('Подключить]');
  expect(await go('Иван: /menu', `Мария: /start ${start}`, 'Мария: [Подключить]', `Мария: /start ${start}`)).toContain(
    'уже подключ',
  );
  world.pass(86_400_000);
  await world.db.updateTable('sessions').set({ seenAt: world.clock() }).execute();
  const again = linkOf(await go('Иван: /accounts', 'Иван: [Дать доступ близкому]', 'Иван: [Создать одноразовую ссылку]'));
  world.pass(86_400_000);
  expect(await go('Иван: /menu', 'Мария: /menu', `Пётр: /start ${again}`)).toContain('Срок этой ссылки истёк');
});

test('a guest is led to the sign-in, and nothing of the account is told before it', async () => {
  const { world, go } = await openScene();
  const start = linkOf(await go('Иван: /accounts', 'Иван: [Дать доступ близкому]', 'Иван: [Создать одноразовую ссылку]'));
  await world.db.deleteFrom('sessions').where('messengerId', '=', 'telegram:702').execute();
  const said = await go('Иван: /menu', `Мария: /start ${start}`);
  expect(said).toContain('Доступ ждёт вас до 23 ноября');
  expect(said).toContain('[Вход]');
  expect(said).toContain('[Регистрация]');
  const told = said.split('Мария:').at(-1) ?? '';
  expect(told).not.toMatch(/0012345|Портовая/);
  // What staff see as the bot's last words has no link in it.
  const last = await world.db.selectFrom('lastTold').selectAll().execute();
  expect(JSON.stringify(last)).not.toContain(start);
});
