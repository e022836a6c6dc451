import { expect, test } from 'vitest';
import { play } from '../../kit/chat/play.ts';
import { transcripts } from '../../kit/chat/transcripts.ts';
import { openWorld } from '../../kit/chat/world.ts';
import { dump, SHORT_CONSENT, secretWord, withIvan } from '../cabinet.ts';

transcripts(new URL('./settings/', import.meta.url), {
  ...SHORT_CONSENT,
  before: withIvan,
  after: async (world) => {
    const stored = await dump(world);
    expect(stored).not.toMatch(/tramvai|trolleibus|wrong-/i);
    for (const { code } of world.sms) expect(stored).not.toMatch(secretWord(code));
  },
});

test('where a new phone takes no SMS, another one is asked for', async () => {
  const world = await openWorld(SHORT_CONSENT);
  await withIvan(world);
  world.answerSms(async () => ({ outcome: 'bad-number', provider: 'smsru' }));
  const played = await play(world, '# после: identity/settings/change-phone до «8 999 555-00-11»\nИван: 8 999 555-00-11');
  await world.close();
  expect(played).toMatch(/На номер 89995550011 SMS не доставляются\.[^]*Напишите верный номер/);
});

test('whose codes are closed for too many wrong ones is asked for no other phone', async () => {
  const world = await openWorld(SHORT_CONSENT);
  await withIvan(world);
  const typed = ['8 999 555-00-11', ...Array.from({ length: 5 }, () => '{код2}')].map((line) => `Иван: ${line}`);
  const played = await play(world, ['# после: identity/settings/change-phone до «8 999 555-00-11»', ...typed].join('\n'));
  await world.close();
  const [, after = 'never closed: Напишите'] = played.split('слишком много раз');
  expect(after).not.toMatch(/Напишите|Поделиться номером/);
});
