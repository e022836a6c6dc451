import { expect, test } from 'vitest';
import { checkCall, noteCall, ReplayDiverged } from '../../../src/dialogs/kit/calls.ts';
import { beginning } from '../../../src/dialogs/kit/progress.ts';

test('an answer is known by its call; one that was brought along, or kept by a release that noted none, by any', () => {
  const progress = beginning('request', 'v1', 'r1', '');
  progress.answers.push('brought along');
  progress.answers.push('said');
  noteCall(progress, 'ask request-words');
  expect(progress.calls).toHaveLength(4);
  for (const name of ['brought', 'say']) checkCall(progress, 0, name);
  checkCall(progress, 1, 'ask request-words');
  for (const name of ['say', 'ask request-topic', 'choose request-words', 'requests.send'])
    expect(() => checkCall(progress, 1, name)).toThrow(ReplayDiverged);
  // A release before goes on with it: of what was answered there nothing is known.
  progress.answers.push('later');
  checkCall(progress, 2, 'say');
});
