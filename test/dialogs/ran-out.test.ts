import { expect, onTestFinished, test } from 'vitest';
import { play } from '../kit/chat/play.ts';
import { openWorld } from '../kit/chat/world.ts';
import { SHORT_CONSENT, withIvan } from './cabinet.ts';

const DAY = 86_400_000;

test.each([
  { pause: [60], says: 'Вы не заходили в кабинет 60 дней' },
  { pause: [59, 59, 59, 4], says: 'Вход действует 180 дней' },
])('a sign-in that ran out by itself says so: $says', async ({ pause, says }) => {
  const world = await openWorld(SHORT_CONSENT);
  onTestFinished(world.close);
  await withIvan(world);
  let updates = 0;
  const section = () => play(world, 'Иван: /accounts', { updatesFrom: (updates += 100) });
  for (const days of pause) {
    expect(await section()).not.toContain(says);
    world.pass(days * DAY + 3_600_000);
  }
  const said = (await section()).replace(/\s+/g, ' ');
  expect(said).toContain(says);
  expect(said).toContain('{Вход | Регистрация');
  // Once he has signed out himself, he is a guest like any other.
  await play(
    world,
    `Иван: /login
Иван: ivan
Иван: tramvai-9
Иван: /logout
Иван: [Выйти]`,
    { updatesFrom: (updates += 100) },
  );
  expect(await section()).toContain('для тех, кто вошёл в кабинет');
});
