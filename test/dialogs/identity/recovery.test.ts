import { expect, test } from 'vitest';
import { linesOf } from '../../kit/chat/passages.ts';
import { transcripts } from '../../kit/chat/transcripts.ts';
import { dump, SHORT_CONSENT, secretWord, withIvan } from '../cabinet.ts';

transcripts(new URL('./recovery/', import.meta.url), {
  ...SHORT_CONSENT,
  before: withIvan,
  after: async (world) => {
    const stored = await dump(world);
    expect(stored).not.toMatch(/tramvai|trolleibus|wrong-/i);
    for (const { code } of world.sms) expect(stored).not.toMatch(secretWord(code));
  },
});

test('word for word the same, whether a login has the phone or not', () => {
  const said = (file: string, phone: string) =>
    linesOf(`identity/recovery/${file}`)
      .filter((line) => !/^(SMS|Мария:)/.test(line))
      .join('\n')
      .replaceAll(phone, '89123456789');
  expect(said('nobodys-phone', '89995550011')).toBe(said('known-phone', '89123456789'));
});
