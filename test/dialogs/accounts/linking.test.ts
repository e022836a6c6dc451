import { expect, test } from 'vitest';
import { updateOf } from '../../kit/chat/people.ts';
import { play } from '../../kit/chat/play.ts';
import { chat, transcripts } from '../../kit/chat/transcripts.ts';
import { openWorld } from '../../kit/chat/world.ts';
import { expectNoSecrets, settleTown } from '../town.ts';

transcripts(new URL('./linking/', import.meta.url), { before: settleTown, after: expectNoSecrets });

test('a guest is led to the sign-in and the registration', () =>
  chat(`
    Гость: /link
    Бот: Этот раздел — для тех, кто вошёл в кабинет. Войдите или зарегистрируйтесь.
         {Вход | Регистрация / Передать показания счётчиков / Произвести оплату онлайн / Обратная связь | Контакты}
    Гость: Мои лицевые счета
    Бот: Этот раздел — для тех, кто вошёл в кабинет. Войдите или зарегистрируйтесь.
         {Вход | Регистрация / Передать показания счётчиков / Произвести оплату онлайн / Обратная связь | Контакты}
    Гость: /debt
    Бот: Этот раздел — для тех, кто вошёл в кабинет. Войдите или зарегистрируйтесь.
         {Вход | Регистрация / Передать показания счётчиков / Произвести оплату онлайн / Обратная связь | Контакты}
  `));

test('who lost the phone to somebody else confirms a new one first', () =>
  chat(
    `
    Иван: /link
    Бот: Подключить лицевой счёт можно двумя способами:

         1. По номеру счёта и сумме последних платежей.
         2. По номеру счёта и паролю, который выдают в пункте приёма платежей.

         Какой вам удобнее? Для первого можно сразу написать номер лицевого счёта: он напечатан в квитанции сверху, например: 0012345.
         [По сумме последних платежей]
         [По паролю из пункта приёма платежей]
         [Как получить пароль?]
         [Отмена]
    Иван: [По сумме последних платежей]
    Бот: Напишите номер лицевого счёта. Он напечатан в квитанции сверху, например: 0012345.
         [Отмена]
    Иван: 0012345
    Бот: Сначала подтвердите, пожалуйста, свой новый номер телефона: прежний подтвердил другой человек.
         [Сменить телефон]
  `,
    {
      before: async (world) => {
        await settleTown(world);
        await world.db.updateTable('residents').set({ phone: null }).execute();
      },
    },
  ));

test('five figures at the question for a sum may be a number: that is asked, and a number is no wrong sum', async () => {
  const world = await openWorld();
  await settleTown(world);
  const says = (...words: string[]) => words.map((line) => `Иван: ${line}`).join('\n');
  const asked = await play(world, says('/link', '[По сумме последних платежей]', '0012345', '54321'));
  expect(asked).toMatch(/54321 — это сумма платежей или номер лицевого счёта\?\n\s+\[Это сумма\]\s+\[Это номер счёта\]/);
  const other = await play(world, says('[Это номер счёта]'), { updatesFrom: 100 });
  expect(other).toContain('Напишите сумму всех платежей');
  const wrongSums = () => world.db.selectFrom('sumFailures').select('account').execute();
  expect(await wrongSums()).toEqual([]);
  // The number in question is no sum, whatever its length.
  expect(await play(world, says('54321'), { updatesFrom: 200 })).toContain('Это номер лицевого счёта, он у нас уже есть');
  const refused = await play(world, says('54322', '[Это сумма]'), { updatesFrom: 300 });
  expect(refused).toContain('Не получилось подтвердить лицевой счёт 54321');
  expect(await wrongSums()).toEqual([{ account: '54321' }]);
  await world.close();
});

test('5 000 characters fit nowhere, and the step stays', async () => {
  const world = await openWorld();
  await settleTown(world);
  const long = 'я'.repeat(5000);
  const played = await play(
    world,
    ['/link', long, '[По сумме последних платежей]', long, '0012345', long, '1234,56', long, '[Подключить]']
      .map((line) => `Иван: ${line}`)
      .join('\n'),
  );
  expect(played.match(/слишком длинный/g)).toHaveLength(3);
  expect(played.match(/одну из кнопок/g)).toHaveLength(1);
  expect(played).toContain('Лицевой счёт подключён');
  expect(world.failures).toEqual([]);
  await world.close();
});

test('two presses of «Подключить» at once are one link and one answer', async () => {
  const world = await openWorld();
  await settleTown(world);
  await play(world, ['/link', '[По сумме последних платежей]', '0012345', '1234,56'].map((line) => `Иван: ${line}`).join('\n'));
  const ivan = { name: 'Иван', id: 701, phone: '79123456789' };
  const date = Math.floor(world.clock().getTime() / 1000);
  const typed = [901, 902].map((id) => updateOf(ivan, { does: 'say', words: 'Подключить' }, { update: id, message: id }, date));
  await Promise.all(typed.map((update) => world.take(update)));
  const said = world.telegram.take().map((sent) => sent.payload.text ?? '');
  expect(said.filter((text) => text.includes('Лицевой счёт подключён'))).toHaveLength(1);
  expect(await world.db.selectFrom('links').select('account').execute()).toEqual([{ account: '0012345' }]);
  await world.close();
});
