import { expect, test } from 'vitest';
import { plainSpaces } from '../../../src/domain/unbroken.ts';
import { bringWaitingAnswers } from '../../../src/office/requests/reader.ts';
import { createQuietRequests } from '../../../src/office/staff/quiet-requests.ts';
import * as make from '../../kit/make.ts';
import { moscow, openDeskTown } from './desk-town.ts';

test('an answer that waits for its reader to sign in keeps its request open, until it is taken back', async () => {
  const town = await openDeskTown({ closeAfterDays: 3 });
  const quiet = createQuietRequests(town.edges);
  town.at('2026-11-16T09:00');
  const request = await town.opened();
  await town.writes(request, 'staff', 'Не то');
  await town.writes(request, 'staff', 'Верный ответ');
  const wrong = town.db.updateTable('requestMessages').where('requestId', '=', request).where('words', '=', 'Не то');
  await wrong.set({ waitsSince: moscow('2026-11-16T09:00') }).execute();
  town.at('2026-11-19T09:00');
  expect(await quiet.close()).toBe(0);
  await wrong.set({ withdrawnAt: moscow('2026-11-16T10:00') }).execute();
  expect(await quiet.close()).toBe(1);
});

test('whoever never comes back for an answer leaves no request open for ever: after 60 days it closes, without a word', async () => {
  const town = await openDeskTown({ closeAfterDays: 3 });
  const quiet = createQuietRequests(town.edges);
  town.at('2026-11-16T09:00');
  for (const messengerId of ['telegram:701', 'telegram:702']) await town.writes(await town.opened({ messengerId }), 'staff');
  await town.db
    .updateTable('requestMessages')
    .set({ waitsSince: moscow('2026-11-16T09:00') })
    .execute();
  // Of the other one the bot is blocked.
  const [blocked] = await town.db.selectFrom('requestMessages').select('id').orderBy('id').execute();
  const ofBlocked = town.db.updateTable('requestMessages').where('id', '=', blocked?.id ?? 0);
  await ofBlocked.set({ undelivered: 'blocked' }).execute();
  town.at('2027-01-15T08:59');
  expect(await quiet.close()).toBe(0);
  town.at('2027-01-15T09:00');
  expect(await quiet.close()).toBe(2);
  expect(await town.db.selectFrom('outbox').select('id').where('kind', '=', 'notice').execute()).toEqual([]);
});

test('an answer that waited is counted from when its reader signs in, not from when it was written', async () => {
  const town = await openDeskTown({ closeAfterDays: 3 });
  const quiet = createQuietRequests(town.edges);
  const residentId = await make.resident(town.db, {});
  town.at('2026-11-16T09:00');
  const request = await town.opened();
  await town.db.updateTable('requests').set({ residentId }).where('id', '=', request).execute();
  await town.writes(request, 'staff');
  await town.db
    .updateTable('requestMessages')
    .set({ waitsSince: moscow('2026-11-16T09:00') })
    .execute();
  town.at('2026-11-23T09:00');
  const signsIn = () =>
    town.db.transaction().execute((trx) => bringWaitingAnswers(trx, residentId, 'telegram:701', moscow('2026-11-23T09:00')));
  await signsIn();
  expect(await quiet.close()).toBe(0);
  town.at('2026-11-26T08:59');
  expect(await quiet.close()).toBe(0);
  town.at('2026-11-26T09:00');
  expect(await quiet.close()).toBe(1);
  // What is closed by then stays so.
  await town.db
    .updateTable('requestMessages')
    .set({ waitsSince: moscow('2026-11-16T09:00') })
    .execute();
  await signsIn();
  expect(await town.db.selectFrom('requests').select('state').execute()).toEqual([{ state: 'closed' }]);
});

test('an answered request on which nobody says more closes after so many days, and its resident reads how to go on', async () => {
  const town = await openDeskTown({ closeAfterDays: 3 });
  const quiet = createQuietRequests(town.edges);
  town.at('2026-11-16T09:00');
  const [silent, spoken, fresh, waiting, escalation] = [
    await town.opened({ messengerId: 'telegram:702' }),
    await town.opened(),
    await town.opened(),
    await town.opened(),
    await town.opened({ kind: 'not-me', messengerId: null }),
  ];
  for (const id of [silent, spoken, waiting]) await town.writes(id, 'staff');
  await town.db
    .updateTable('requestMessages')
    .set({ waitsSince: moscow('2026-11-16T09:00') })
    .where('requestId', '=', waiting)
    .execute();
  town.at('2026-11-18T09:00');
  await town.writes(spoken, 'resident');
  await town.writes(spoken, 'staff');
  town.at('2026-11-19T08:59');
  expect(await quiet.close()).toBe(0);
  town.at('2026-11-19T09:00');
  expect(await quiet.close()).toBe(1);
  expect(await quiet.close()).toBe(0);

  const states = await town.db.selectFrom('requests').select(['id', 'state']).execute();
  const closed = states.filter(({ state }) => state === 'closed').map(({ id }) => id);
  expect(closed).toEqual([silent]);
  expect(closed).not.toContain(fresh);
  expect(closed).not.toContain(escalation);
  const [notice] = await town.db.selectFrom('outbox').selectAll().where('kind', '=', 'notice').execute();
  expect(notice).toMatchObject({ addressee: 'telegram:702', daytime: true });
  expect(plainSpaces(town.text(notice?.text ?? '', notice?.words ?? {}))).toBe(
    '✅ Обращение № 1 закрыто: вам ответили, и 3 дня никто ничего не добавил.\n\nЕсли вопрос не решён, в течение 7 дней нажмите «Вернуть в работу» или просто напишите в этот чат. Если решён — оцените, пожалуйста, ответ.',
  );
  expect(notice?.doors.map(({ label }) => label)).toEqual([
    ...[5, 4, 3, 2, 1].map((mark) => `button-mark-${mark}`),
    'button-reopen-request',
  ]);
  const [entry] = await town.db.selectFrom('auditLog').selectAll().execute();
  expect(entry).toMatchObject({ who: 'bot', what: 'desk.close-quiet', requestNumber: 1 });
});
