import { expect, test } from 'vitest';
import { readBotName } from '../../src/commands/qr/bot-name.ts';
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
    expect(readBotName(name)).toBe('inkomus_bot');
  for (const name of ['', 'не бот', 'bot?start=1', 'a', '1bot', 'http://evil.example/bot'])
    expect(() => readBotName(name)).toThrow('--bot: нужно имя бота');
});
