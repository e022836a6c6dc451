import { expect, test } from 'vitest';
import { beginning, decodeOver, decodeProgress, encodeProgress } from '../../src/dialogs/kit/progress.ts';
import { type ChatAtRest, decodeRest, encodeRest, type LastAnswer } from '../../src/reception/chat-at-rest.ts';

const ANSWER: LastAnswer = { dialog: 'readings', place: '0012', mark: 'abc' };
const ENDS: ChatAtRest[] = [{}, { run: 'r1' }, { leftSecret: true }, { run: 'r1', leftSecret: true }];
const ANSWERS: ChatAtRest[] = [{ answer: ANSWER }, { answer: { ...ANSWER, album: { id: 'telegram:7/1', first: 'p' } } }];

test('what is kept of a chat at rest survives being written down; a release that knows no answers reads the rest of it', () => {
  for (const end of ENDS)
    for (const answer of [{}, ...ANSWERS]) {
      const state = encodeRest({ ...end, ...answer });
      expect(decodeRest(state)).toEqual({ ...end, ...answer });
      expect([decodeOver(state), decodeProgress(state)]).toEqual([end, undefined]);
    }
});

test('a dialog that is under way is no chat at rest, and what was written otherwise is no answer', () => {
  expect(decodeRest(encodeProgress(beginning('readings', 'v1', 'r1', '')))).toBeUndefined();
  for (const kept of [null, 7, ['no-such-chapter', '0012', 'abc'], ['readings', 12, 'abc'], ['readings']])
    expect(decodeRest(Buffer.from(JSON.stringify([null, 'r1', 0, kept])))).toEqual({ run: 'r1' });
});
