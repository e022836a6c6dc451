import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  beginning,
  type DialogProgress,
  decodeOver,
  decodeProgress,
  encodeOver,
  encodeProgress,
} from '../../../src/dialogs/kit/progress.ts';

test('how far a dialog has come survives being written down: answers, flags, and up to twenty ticks', () => {
  const flag = fc.boolean();
  const flags = fc.record({ asked: flag, secret: flag, hadSecret: flag, keyboardTaken: flag, ticked: fc.nat(2 ** 20 - 1) });
  const answers = fc.array(fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null)));
  const last = fc.option(fc.tuple(fc.string(), fc.string()), { nil: null });
  const letter = fc.option(fc.string(), { nil: null });
  const as = fc.option(fc.uuid(), { nil: null });
  const calls = fc.string();
  fc.assert(
    fc.property(flags, answers, as, last, letter, calls, (state, given, owner, message, dealtWith, called) => {
      const progress: DialogProgress = {
        ...beginning('readings', 'v1', 'r1', 'ref', owner),
        ...state,
        answers: given,
        calls: called,
        last: message,
        letter: message && dealtWith,
      };
      expect(decodeProgress(encodeProgress(progress))).toEqual(progress);
    }),
    { numRuns: 200 },
  );
});

test('a run that is over and one that is under way are never taken for each other', () => {
  const underWay = encodeProgress(beginning('request', 'v1', 'r1', 'ref'));
  for (const over of [{ run: 'r1' }, { leftSecret: true as const }, { run: 'r1', leftSecret: true as const }])
    expect([decodeOver(encodeOver(over)), decodeProgress(encodeOver(over))]).toEqual([over, undefined]);
  expect([decodeOver(underWay), decodeOver(Buffer.from('{'))]).toEqual([undefined, undefined]);
});

test('what a release before kept, without the calls, goes on: they are not known', () => {
  const before = Buffer.from(JSON.stringify(['request', 'v1', 'r1', 'ref', 1, 'one', null]));
  expect(decodeProgress(before)).toMatchObject({ answers: ['one', null], calls: '', asked: true });
});
