import { describe, expect, test } from 'vitest';
import { withDetected } from '../../../src/sandbox/bot-api/entities/detected.ts';
import { cleaned } from '../../../src/sandbox/bot-api/entities/formatted.ts';
import { parseHtml } from '../../../src/sandbox/bot-api/entities/html.ts';
import { readTyped } from '../../../src/sandbox/bot-api/entities/read.ts';

const found = (text: string): [string, string][] =>
  withDetected({ text, entities: [] }).entities.map(({ type, offset, length }) => [type, text.slice(offset, offset + length)]);

describe('HTML', () => {
  test('tags become entities in UTF-16 units, the outer one first', () => {
    expect(parseHtml('😀 <b>долг <i>за</i></b> &lt;1 &amp; 2&gt; &#1071;&#x42f;')).toEqual({
      text: '😀 долг за <1 & 2> ЯЯ',
      entities: [
        { type: 'bold', offset: 3, length: 7 },
        { type: 'italic', offset: 8, length: 2 },
      ],
    });
  });

  test('links, code with a language, quotes, spoilers', () => {
    const { text, entities } = parseHtml(
      '<a href="https://inkomus.ru/x?a=1&amp;b=2">сайт</a> <pre><code class="language-sql">select</code></pre>' +
        '<blockquote expandable>цитата</blockquote><span class="tg-spoiler">тайна</span><code>1</code>',
    );
    expect(text).toBe('сайт selectцитататайна1');
    expect(entities).toEqual([
      { type: 'text_link', url: 'https://inkomus.ru/x?a=1&b=2', offset: 0, length: 4 },
      { type: 'pre', language: 'sql', offset: 5, length: 6 },
      { type: 'expandable_blockquote', offset: 11, length: 6 },
      { type: 'spoiler', offset: 17, length: 5 },
      { type: 'code', offset: 22, length: 1 },
    ]);
  });

  test.each([
    ['<b>долг', `Can't find end tag corresponding to start tag "b"`],
    ['долг</b>', 'Unexpected end tag at byte offset 8'],
    ['я <b>долг</i>', 'Unmatched end tag at byte offset 14, expected "</b>", found "</i>"'],
    ['1 < 2', 'Unsupported start tag "" at byte offset 2'],
    ['<долг>', 'Unsupported start tag "долг" at byte offset 0'],
    ['a <', 'Unclosed start tag at byte offset 2'],
    ['<br>', 'Unsupported start tag "br" at byte offset 0'],
    ['<span>x</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'],
    ['<b>x</b', 'Unclosed end tag at byte offset 4'],
  ])('%s is refused', (source, problem) => {
    expect(() => parseHtml(source)).toThrow(`Bad Request: can't parse entities: ${problem}`);
  });
});

describe('what Telegram finds by itself', () => {
  test.each([
    ['/start ls-0012', [['bot_command', '/start']]],
    ['нажмите /debt@inkomus_bot.', [['bot_command', '/debt@inkomus_bot']]],
    ['и/или 1/2', []],
    [
      'сайт https://inkomus.ru/login?a=1, и inkomus.ru.',
      [
        ['url', 'https://inkomus.ru/login?a=1'],
        ['url', 'inkomus.ru'],
      ],
    ],
    ['1234.56', []],
    [
      'пишите на a.b@mail.ru или @oleg_77',
      [
        ['email', 'a.b@mail.ru'],
        ['mention', '@oleg_77'],
      ],
    ],
    ['+7 912 345-67-89', [['phone_number', '+7 912 345-67-89']]],
    ['#долг #1', [['hashtag', '#долг']]],
  ] as [string, [string, string][]][])('%s', (text, expected) => {
    expect(new Set(found(text).map(String))).toEqual(new Set(expected.map(String)));
  });

  test('nothing is found in code and links', () => {
    const { text, entities } = parseHtml('<code>/start</code> <a href="https://a.ru">@oleg_77</a>');
    expect(withDetected({ text, entities }).entities).toHaveLength(2);
  });
});

test('what is sent is cleaned: ends trimmed, control and direction characters gone, entities moved along', () => {
  expect(cleaned(parseHtml('\n  \u202Eа\u0007<b>б</b> \n'))).toEqual({
    text: 'а б',
    entities: [{ type: 'bold', offset: 2, length: 1 }],
  });
  expect(readTyped(' \u200B\u2060\n').text).toBe('');
});
