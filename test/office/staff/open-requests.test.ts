import { expect, test } from 'vitest';
import { createOpenRequests } from '../../../src/office/staff/open-requests.ts';
import { findRequestBoard, updateRequestBoard } from '../../../src/records/request-board.ts';
import { markOutboxDone } from '../../../src/records/outbox.ts';
import { openDeskTown } from './desk-town.ts';

const OLGA = { messengerId: 'telegram:801', name: 'Ольга' } as const;

async function openList() {
  const town = await openDeskTown({ answerWithinHours: 1 });
  const staff = {
    isMember: async (id: string) => id === OLGA.messengerId,
    isSenior: async () => false,
    linkTo: (ref: string) => `https://t.me/c/${ref}`,
  };
  let calls = 0;
  const list = createOpenRequests({ ...town.edges, staff });
  const by = () => ({ ...OLGA, idempotencyKey: `op-${++calls}` });
  /** What of the list waits to go out; from now on it is out. */
  const inLine = async () => {
    const rows = await town.db
      .selectFrom('outbox')
      .select('id')
      .where('kind', '=', 'board')
      .where('doneAt', 'is', null)
      .execute();
    if (rows.length > 0)
      await markOutboxDone(
        town.db,
        rows.map(({ id }) => id),
        town.edges.clock(),
      );
    return rows.length;
  };
  return { ...town, list, by, inLine };
}

test('what waits, oldest first, with its link, age, lateness and lead; answered and closed ones are counted or left out', async () => {
  const town = await openList();
  town.at('2026-11-19T09:00');
  const first = await town.opened({ account: '0012345' });
  await town.change(first, { state: 'taken', takenBy: OLGA.messengerId, takenByName: 'Ольга', thread: 'telegram:-1001/33' });
  town.at('2026-11-19T10:30');
  await town.opened();
  const answered = await town.opened();
  await town.writes(answered, 'staff');
  const closed = await town.opened();
  await town.change(closed, { state: 'closed', closedAt: town.edges.clock() });
  town.at('2026-11-19T11:15');
  const page = await town.list.page(town.by(), { mine: false, page: 1 });
  if (page.outcome !== 'listed') throw new Error(page.outcome);
  expect(page).toMatchObject({ page: 1, pages: 1, waiting: 2, answered: 1 });
  expect(page.lines.map(({ number, late, age, unit, takenBy, link }) => [number, late, age, unit, takenBy, link])).toEqual([
    [1, true, 2, 'hours', 'Ольга', 'https://t.me/c/telegram:-1001/33'],
    [2, false, 40, 'minutes', null, undefined],
  ]);
  expect(await town.list.page(town.by(), { mine: true, page: 9 })).toMatchObject({ waiting: 1, page: 1 });
  expect(await town.list.page({ ...town.by(), messengerId: 'telegram:9' }, { mine: false, page: 1 })).toEqual({
    outcome: 'not-staff',
  });
});

test('for what nobody waits is as old as since it was opened, or opened again, and never late', async () => {
  const town = await openList();
  town.at('2026-10-01T09:00');
  const again = await town.opened();
  await town.change(again, { state: 'taken', waitingSince: null });
  town.at('2026-11-16T09:00');
  const escalation = await town.opened({ kind: 'sms-provider', messengerId: null });
  await town.change(escalation, { waitingSince: null });
  town.at('2026-11-19T08:00');
  await town.opened();
  town.at('2026-11-19T11:15');
  // Staff open it again to add something: its resident was answered.
  await town.change(again, { state: 'taken', reopened: 1 });
  const page = await town.list.page(town.by(), { mine: false, page: 1 });
  if (page.outcome !== 'listed') throw new Error(page.outcome);
  expect(page.lines.map(({ number, late, age, unit }) => [number, late, age, unit])).toEqual([
    [2, false, 3, 'days'],
    [3, true, 3, 'hours'],
    [1, false, 0, 'minutes'],
  ]);
});

test('forty-one wait on three pages', async () => {
  const town = await openList();
  for (let n = 0; n < 41; n += 1) await town.opened();
  expect(await town.list.page(town.by(), { mine: false, page: 3 })).toMatchObject({ page: 3, pages: 3, lines: { length: 1 } });
});

test('of the group’s list there is one: asked for again it comes anew, but where it is pinned or a topic asks', async () => {
  const town = await openList();
  expect(await town.list.keepCurrent()).toBe(false);
  expect(await town.list.post(town.by(), false)).toEqual({ outcome: 'posted' });
  expect(await town.inLine()).toBe(1);
  await updateRequestBoard(town.db, { message: 'telegram:-1001/7', shows: 'else' });
  // It shows something else than what waits: it is changed, once.
  expect(await town.list.keepCurrent()).toBe(true);
  expect(await town.list.keepCurrent()).toBe(false);
  expect(await town.inLine()).toBe(1);
  expect(await town.list.post(town.by(), true)).toEqual({ outcome: 'stands', link: 'https://t.me/c/telegram:-1001/7' });
  await town.list.notePinned('telegram:-1001/7');
  expect(await town.list.post(town.by(), false)).toMatchObject({ outcome: 'stands' });
  await updateRequestBoard(town.db, { pinned: false });
  expect(await town.list.post(town.by(), false)).toEqual({ outcome: 'posted' });
  expect(await findRequestBoard(town.db)).toMatchObject({ message: null, former: 'telegram:-1001/7', page: 1 });
  await town.list.showPage(town.by(), 2);
  expect(await findRequestBoard(town.db)).toMatchObject({ page: 2 });
});
