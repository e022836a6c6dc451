import { describe, expect, test } from 'vitest';
import { menuCommands, menuLookup, sayingLookup, sectionLookup } from '../../src/reception/menu.ts';
import { loadTexts } from '../../src/texts/texts.ts';

const { text: label } = loadTexts({ timeZone: 'Europe/Moscow', clock: () => new Date('2026-11-29T09:00:00Z') });
const menu = menuLookup(label);
const section = sectionLookup(label);
const saying = sayingLookup(label);

test.each([
  ['долг', 'debt'],
  ['Долг?', 'debt'],
  ['Сколько платить?', 'debt'],
  ['сколько я должна', 'debt'],
  ['оплатить', 'pay'],
  ['Оплата.', 'pay'],
  ['платёжка', 'bill'],
  ['платежка', 'bill'],
  ['Показания', 'readings'],
  ['счётчик', 'readings'],
  ['СЧЕТЧИКИ', 'readings'],
  ['оператор', 'request'],
  ['Позовите оператора!', 'request'],
  ['часы работы', 'contacts'],
  ['войти', 'sign-in'],
  ['💧 показания', 'readings'],
  ['Мои показания', 'my-readings'],
  ['как оплатить?', 'pay'],
  ['уведомления', 'news'],
  ['Почему столько?', 'why'],
])('«%s» alone means %s', (words, dialog) => expect(section(words)).toEqual({ dialog }));

test.each([
  ['Квитанция за сентябрь', 'bill', '~за сентябрь'],
  ['платёжка 09.2026', 'bill', '~09.2026'],
  ['долг за октябрь', 'history', '~за октябрь'],
  ['история с августа по октябрь', 'details', '~с августа по октябрь'],
  ['детализация за 2026 год', 'details', '~за 2026 год'],
  ['Показания за ноябрь', 'my-readings', '~за ноябрь'],
  ['почему столько за октябрь', 'why', '~за октябрь'],
])('«%s» opens %s of that month', (words, dialog, ref) => expect(section(words)).toEqual({ dialog, ref }));

test.each([
  'квитанция за сентябрь не пришла',
  'квитанция с августа по октябрь',
  'оператор за октябрь',
  'почему долг',
  'оплатила вчера',
  'да',
  'забыл',
  '12345',
  '',
])('«%s» means no section', (words) => {
  expect(section(words)).toBeUndefined();
});

test.each([
  ['спасибо', 'thanks'],
  ['Спасибо большое!', 'thanks'],
  ['👍', 'thanks'],
  ['👍🏽', 'thanks'],
  ['🙏🙏', 'thanks'],
  ['❤️', 'thanks'],
  ['Добрый день', 'greeting'],
  ['Главное меню', 'menu'],
  ['справка', 'help'],
  ['Меню?', 'menu'],
  ['Помощь?', 'help'],
])('«%s» is %s', (words, said) => expect(saying(words)).toBe(said));

test.each(['Спасибо, но пени остались', 'Добрый день, у меня вопрос', '👎', 'спасибо за ответ про счётчик'])(
  '«%s» is for staff',
  (words) => {
    expect(saying(words)).toBeUndefined();
  },
);

test('an everyday word never stands for another section than the menu’s own label', () => {
  for (const [words, dialog] of [
    ['Задолженность', 'debt'],
    ['передать показания счетчиков', 'readings'],
    ['Подключить лицевой счет', 'linking'],
    ['подключить лицевой счёт', 'linking'],
  ] as const)
    expect(menu(words)).toBe(dialog);
});

describe('the list of commands', () => {
  const commands = (kind: 'guest' | 'resident') => menuCommands(kind, label).map(({ command }) => command);

  test('a guest has the ways in and none of a resident’s sections', () => {
    expect(commands('guest')).toEqual(
      expect.arrayContaining([
        'login',
        'register',
        'readings',
        'pay',
        'request',
        'contacts',
        'menu',
        'help',
        'cancel',
        'requests',
      ]),
    );
    expect(commands('guest')).not.toContain('debt');
    expect(commands('guest')).not.toContain('logout');
  });

  test('a resident has all sections and no way in', () => {
    expect(commands('resident')).toEqual(
      expect.arrayContaining(['debt', 'bill', 'history', 'settings', 'logout', 'menu', 'help', 'requests']),
    );
    expect(commands('resident')).not.toContain('login');
  });
});
