import { expect, test } from 'vitest';
import { readBotName } from '../../src/commands/qr/bot-name.ts';
import { readQrOrder } from '../../src/commands/qr/order.ts';

test.each([
  [['all.pdf'], { list: undefined, sheets: 'all.pdf', bot: undefined }],
  [['--out', 'all.pdf'], { list: undefined, sheets: 'all.pdf', bot: undefined }],
  [['--bot', 'a', 'ALL.PDF'], { list: undefined, sheets: 'ALL.PDF', bot: 'a' }],
  [['dir/list.csv'], { list: 'dir/list.csv', sheets: 'dir/list.pdf', bot: undefined }],
  [['list'], { list: 'list', sheets: 'list.pdf', bot: undefined }],
  [['list.csv', 'x.pdf'], { list: 'list.csv', sheets: 'x.pdf', bot: undefined }],
  [['list.csv', '--out', 'x'], { list: 'list.csv', sheets: 'x', bot: undefined }],
  [['x.pdf', '--help'], 'help'],
  [[], { problem: 'Не сказано, куда записать листы.' }],
  [['a.pdf', 'b.pdf'], { problem: 'Назовите один список и один файл для листов.' }],
  [['a.pdf', '--out', 'b.pdf'], { problem: 'Назовите один список и один файл для листов.' }],
  [['a.csv', 'b.csv'], { problem: 'Назовите один список и один файл для листов.' }],
  [['--force'], { problem: 'Команда написана неверно.' }],
])('%j is understood', (args, order) => expect(readQrOrder(args)).toEqual(order));

test('a bot is named as people name bots', () => {
  for (const name of ['inkomus_bot', '@inkomus_bot', 't.me/inkomus_bot', ' https://t.me/inkomus_bot '])
    expect(readBotName(name)).toBe('inkomus_bot');
  for (const name of ['', 'не бот', 'bot?start=1', 'a', '1bot', 'http://evil.example/bot'])
    expect(() => readBotName(name)).toThrow('--bot: нужно имя бота');
});
