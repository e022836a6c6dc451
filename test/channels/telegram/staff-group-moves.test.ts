import { expect, test } from 'vitest';
import { openStaffGroupOf } from '../../../src/channels/telegram/staff-group-moves.ts';
import { saveGroupMove } from '../../../src/records/group-moves.ts';
import { testDatabase } from '../../kit/postgres.ts';

test('words of the new group that come at once all wait until it is known', async () => {
  const base = await testDatabase();
  const group = await openStaffGroupOf(-501, base.db, { info() {}, warn() {} });
  // Another process was told.
  await saveGroupMove(base.db, -501, -1009, new Date('2026-11-23T07:00:00Z'));
  const [first, second] = [group.lookAgain?.(), group.lookAgain?.()];
  await second;
  expect(group.id()).toBe(-1009);
  await first;
  await base.close();
});
