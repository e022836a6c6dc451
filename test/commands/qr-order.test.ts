import { expect, test } from 'vitest';
import type { CommandMessenger } from '../../src/commands/messengers/messenger.ts';
import { findBot, readBot } from '../../src/commands/messengers/messengers.ts';
import { telegram } from '../../src/commands/messengers/telegram.ts';
import type { Shell } from '../../src/commands/kit/shell.ts';
import { readQrOrder } from '../../src/commands/qr/order.ts';

test.each([
  [['all.pdf'], { list: undefined, sheets: 'all.pdf', bot: undefined, isForced: false }],
  [['--out', 'all.pdf'], { list: undefined, sheets: 'all.pdf', bot: undefined, isForced: false }],
  [['--bot', 'a', 'ALL.PDF'], { list: undefined, sheets: 'ALL.PDF', bot: 'a', isForced: false }],
  [['dir/list.csv'], { list: 'dir/list.csv', sheets: 'dir/list.pdf', bot: undefined, isForced: false }],
  [['list'], { list: 'list', sheets: 'list.pdf', bot: undefined, isForced: false }],
  [['list.csv', 'x.pdf'], { list: 'list.csv', sheets: 'x.pdf', bot: undefined, isForced: false }],
  [['list.csv', '--out', 'x'], { list: 'list.csv', sheets: 'x', bot: undefined, isForced: false }],
  [['x.pdf', '--help'], 'help'],
  [[], { problem: 'Не сказано, куда записать листы.' }],
  [['a.pdf', 'b.pdf'], { problem: 'Назовите один список и один файл для листов.' }],
  [['a.pdf', '--out', 'b.pdf'], { problem: 'Назовите один список и один файл для листов.' }],
  [['a.csv', 'b.csv'], { problem: 'Назовите один список и один файл для листов.' }],
  [['--force', 'x.pdf'], { list: undefined, sheets: 'x.pdf', bot: undefined, isForced: true }],
  [['--all'], { problem: 'Команда написана неверно.' }],
])('%j is understood', (args, order) => expect(readQrOrder(args)).toEqual(order));

test('a bot is named as people name bots', () => {
  for (const name of ['inkomus_bot', '@inkomus_bot', 't.me/inkomus_bot', ' https://t.me/inkomus_bot '])
    expect(readBot(name).link()).toBe('https://t.me/inkomus_bot');
  for (const name of ['', 'не бот', 'bot?start=1', 'a', '1bot', 'http://evil.example/bot'])
    expect(() => readBot(name)).toThrow('--bot: нужно имя бота');
});

test('a bot of another messenger is named by its link; where none is named, the first messenger that has one leads', async () => {
  const address = (name: string) => ({ name, link: (start = '') => `https://max.ru/${name}?start=${start}` });
  const max: CommandMessenger = {
    title: 'MAX',
    look: async () => [],
    findBot: async () => address('inkomus'),
    readBot: (typed) => (typed.startsWith('max.ru/') ? address(typed.slice('max.ru/'.length)) : undefined),
  };
  expect(readBot('max.ru/inkomus', [telegram, max]).link('ls-1')).toBe('https://max.ru/inkomus?start=ls-1');
  expect(readBot('inkomus_bot', [telegram, max]).link()).toBe('https://t.me/inkomus_bot');
  const shell = { env: { DATABASE_URL: 'postgres://localhost/x' }, folder: '/nowhere' } as unknown as Shell;
  expect((await findBot(shell, [telegram, max])).name).toBe('inkomus');
  await expect(findBot(shell, [telegram])).rejects.toThrow('Неизвестно, в какой бот ведут ссылки');
});
