import { expect, test } from 'vitest';
import { blankAccessTokens, tokenOfAccessLink, tokenOfAccessLinkIn } from '../../src/domain/access-link.ts';

const [ONE, OTHER] = ['a'.repeat(38), 'B'.repeat(38)] as const;

test('of every one-time link among words the token is dots, however it is written', () => {
  const words = `вот: https://t.me/bot?start=ac-${ONE} и ещё /start ac-${OTHER}, ac-${ONE}.`;
  const blank = blankAccessTokens(words);
  expect(blank).toHaveLength(words.length);
  expect(blank).not.toMatch(/a{8}|B{8}/);
  expect(blank.replaceAll('•', '')).toBe('вот: https://t.me/bot?start=ac- и ещё /start ac-, ac-.');
});

test('the token of a link is the first one', () => {
  expect(tokenOfAccessLinkIn(`/start ac-${OTHER} ac-${ONE}`)).toBe(OTHER);
  expect(tokenOfAccessLinkIn('без ссылки')).toBeUndefined();
});

test('the payload of a link is a token whole, whoever made it', () => {
  expect(tokenOfAccessLink(`ac-${ONE}`)).toBe(ONE);
  expect(tokenOfAccessLink('ac-made_up')).toBe('made_up');
  for (const other of ['', 'ac-', `/start ac-${ONE}`, `ac-${ONE} x`, `ls-0012345`])
    expect(tokenOfAccessLink(other), other).toBeUndefined();
});
