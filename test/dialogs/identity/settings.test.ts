import { expect } from 'vitest';
import { transcripts } from '../../kit/chat/transcripts.ts';
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
