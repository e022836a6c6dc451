import { afterEach, beforeEach, expect, test } from 'vitest';
import { areMany, RegistryHeld } from '../../../src/office/registries/owner-changes.ts';
import { DESK_NOW, type Desk, openDesk } from './desk.ts';
import { watchedFolder } from './folder/watched-folder.ts';
import { outfit } from './orders/outfit.ts';
import * as make from '../../kit/make.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

const number = (at: number) => String(at).padStart(7, '0');
/** A registry of so many accounts; the first `sold` have another owner than before. */
const town = (accounts: number, sold = 0) => [
  'ЛС;ФИО;Адрес',
  ...Array.from(
    { length: accounts },
    (_, i) => `${number(10_001 + i)};${i < sold ? 'Сидорова' : 'Котов'} Олег;ул. Лесная, д. ${i}`,
  ),
];
const sold = async () =>
  (await desk.db.selectFrom('accounts').select('number').where('ownerName', 'like', 'Сидорова%').execute()).length;

test.each([
  [1, 1, false],
  [2, 40, true],
  [2, 199, true],
  [2, 200, false],
  [3, 302, false],
  [4, 302, true],
  [20, 5_000, false],
  [21, 5_000, true],
  [20, 100_000, false],
  [21, 100_000, true],
])('%i owners of %i accounts: many %s', (changed, of, many) => {
  expect(areMany({ changed, of, links: 0 })).toBe(many);
});

test('many owners at once are not taken, unless that is said; few are, and a dry run says how many', async () => {
  await desk.take(town(300));
  const resident = await addResident();
  for (const account of [number(10_001), number(10_002), number(10_250)]) await link(resident, account);
  await expect(desk.take(town(300, 4))).rejects.toThrow(RegistryHeld);
  expect(await sold()).toBe(0);
  expect(await desk.db.selectFrom('registryImports').select('id').execute()).toHaveLength(1);
  expect((await desk.take(town(300, 3))).owners).toEqual({ changed: 3, of: 300, links: 2 });
  expect((await desk.take(town(300, 300), { owners: 'any' })).owners).toEqual({ changed: 297, of: 300, links: 1 });
});

/** The same registry, of which the first so many are closed. */
const closing = (accounts: number, closed: number) => [
  'ЛС;ФИО;Адрес;Закрыт',
  ...town(accounts)
    .slice(1)
    .map((row, i) => `${row};${i < closed ? 1 : ''}`),
];
const closed = async () => (await desk.db.selectFrom('accounts').select('number').where('closed', '=', true).execute()).length;

test('many accounts at once are not closed, unless that is said; few are, and the report says how many residents have', async () => {
  await desk.take(town(300));
  await link(await addResident(), number(10_002));
  await expect(desk.take(closing(300, 300))).rejects.toThrow(RegistryHeld);
  await expect(desk.take(closing(300, 300), { owners: 'any' })).rejects.toThrow(RegistryHeld);
  expect(await closed()).toBe(0);
  expect((await desk.take(closing(300, 3))).closings).toEqual({ closing: 3, of: 300, linked: 1 });
  // Twenty are a house, however small the town.
  expect((await desk.take(closing(300, 23))).closings).toMatchObject({ closing: 20 });
  await desk.take(closing(300, 3));
  // Those that are closed already do not count, nor do new ones that come closed.
  expect((await desk.take(closing(303, 3))).closings).toEqual({ closing: 0, of: 300, linked: 0 });
  expect((await desk.take([...closing(303, 3), '0099991;Кот;дом;1', '0099992;Кот;дом;1', '0099993;Кот;дом;1'])).closings).toEqual(
    {
      closing: 0,
      of: 303,
      linked: 0,
    },
  );
  expect((await desk.take(closing(303, 303), { closings: 'any' })).closings).toMatchObject({ closing: 300, linked: 0 });
});

test('in the chat closing many accounts wants a senior, and the folder leaves it', async () => {
  await desk.take(town(300));
  await link(await addResident(), number(10_001));
  const at = outfit(desk.db, desk.pool);
  const few = await at.bring(702, closing(300, 2));
  expect(at.chat[0]?.text).toContain('Закроется счетов: 2 (у жителей: 1)');
  expect(at.chat[0]?.text).not.toContain('похоже на ошибку');
  expect(await at.registries.apply(at.by(702), few)).toMatchObject({ outcome: 'applying' });
  await at.work();
  expect(await closed()).toBe(2);
  expect(at.chat[0]?.text).toContain('Закрыто счетов: 2 (у жителей: 1)');

  const all = await at.bring(702, closing(300, 300));
  expect(at.chat[1]?.text).toContain('Это много, похоже на ошибку в реестре. Закроется счетов: 298 (у жителей: 0)');
  expect(at.chat[1]?.doors).toEqual([`again-${all}`]);
  expect(await at.registries.apply(at.by(702), all)).toEqual({ outcome: 'senior-needed', why: 'owners' });

  const folder = watchedFolder(desk);
  const { look } = await folder.open({ clock: () => DESK_NOW });
  await folder.put('accounts.csv', closing(300, 300));
  await look();
  expect(await closed()).toBe(2);
  expect(await folder.formerNames('refused')).toEqual(['accounts.csv']);

  const senior = await at.bring(701, closing(300, 300));
  expect(await at.registries.apply(at.by(701), senior)).toMatchObject({ outcome: 'applying' });
  await at.work();
  expect(await closed()).toBe(300);
  const told = await desk.db
    .selectFrom('outbox')
    .select(['text', 'words'])
    .where('kind', '=', 'notice')
    .where('addressee', '=', 'staff')
    .orderBy('id')
    .execute();
  expect(told).toMatchObject([
    { text: 'staff-registry-taken-closing', words: { closing: 2, closingLinked: 1 } },
    { text: 'staff-registry-held-closing', words: { closing: 298, closingLinked: 0, changed: 0, flags: '--accounts-closed' } },
    { text: 'staff-registry-taken-closing', words: { closing: 298, closingLinked: 0 } },
  ]);
});

test('initials in place of names hold nothing up', async () => {
  await desk.take(town(300));
  const shortened = town(300).map((row) => row.replace('Котов Олег', 'КОТОВ О.'));
  expect(await desk.take(shortened)).toMatchObject({ changed: 300, owners: { changed: 0, links: 0 } });
});

test('the folder takes no such file: it lies in refused, and staff hear why', async () => {
  await desk.take(town(300));
  const folder = watchedFolder(desk);
  const { look } = await folder.open({ clock: () => DESK_NOW });
  await folder.put('accounts.csv', town(300, 40));
  await look();
  expect(await sold()).toBe(0);
  expect(await folder.names('in')).toEqual([]);
  expect(await folder.names('taking')).toEqual([]);
  expect(await folder.formerNames('refused')).toEqual(['accounts.csv']);
  expect(await folder.told()).toEqual([
    { addressee: 'staff', text: 'staff-registry-held', words: { name: 'accounts.csv', changed: 40, of: 300, links: 0 } },
  ]);
  await look();
  expect(await folder.told()).toHaveLength(1);
});

test('in the chat many owners want a senior, and so does one whose link closes; the rest is for every member', async () => {
  await desk.take(town(300));
  const at = outfit(desk.db, desk.pool);
  const many = await at.bring(702, town(300, 40));
  expect(at.chat[0]?.text).toContain('Владелец сменится у счетов: 40 (из 300); подключений закроется: 0');
  expect(at.chat[0]?.text).toContain('похоже на ошибку');
  expect(at.chat[0]?.doors).toEqual([`again-${many}`]);
  expect(await at.registries.apply(at.by(702), many)).toEqual({ outcome: 'senior-needed', why: 'owners' });

  await link(await addResident(), number(10_001));
  const linked = await at.bring(702, town(300, 1));
  expect(await at.registries.apply(at.by(702), linked)).toEqual({ outcome: 'senior-needed', why: 'owners' });
  await desk.db.updateTable('links').set({ endedAt: DESK_NOW, endedWhy: 'unlinked' }).execute();
  await at.registries.checkAgain(at.by(702), linked);
  await at.work();
  expect(await at.registries.apply(at.by(702), linked)).toMatchObject({ outcome: 'applying' });
  await at.work();
  expect(await sold()).toBe(1);

  const senior = await at.bring(701, town(300, 40));
  expect(await at.registries.apply(at.by(701), senior)).toMatchObject({ outcome: 'applying' });
  await at.work();
  expect(await sold()).toBe(40);
  // The group hears of owners, too, not of rows alone.
  const told = await desk.db
    .selectFrom('outbox')
    .where('kind', '=', 'notice')
    .select('words')
    .where('text', '=', 'staff-registry-taken')
    .orderBy('id')
    .execute();
  expect(told.map(({ words }) => words)).toMatchObject([
    { owners: 1, ownersOf: 300, links: 0 },
    { owners: 39, ownersOf: 300, links: 0 },
  ]);
});

test('a link that was made after the check is not closed by a member', async () => {
  await desk.take(town(300));
  const at = outfit(desk.db, desk.pool);
  const order = await at.bring(702, town(300, 1));
  await at.registries.apply(at.by(702), order);
  await link(await addResident(), number(10_001));
  await at.work();
  expect(await sold()).toBe(0);
  expect(at.chat.at(-1)?.text).toContain('После проверки изменилось, у кого отключатся счета');
  expect(await at.orders()).toMatchObject([{ state: 'refused', trouble: 'owners', told: true }]);
  const noted = await desk.db.selectFrom('auditLog').select(['who', 'details']).where('what', '=', 'registries.held').execute();
  expect(noted).toEqual([
    { who: 'telegram:702', details: expect.objectContaining({ kind: 'accounts', changed: 1, links: 1 }) as unknown },
  ]);
});

test('a check from before owners were counted is made again', async () => {
  await desk.take(town(300));
  const at = outfit(desk.db, desk.pool);
  const order = await at.bring(701, town(300, 1));
  const { report } = await desk.db.selectFrom('registryOrders').select('report').executeTakeFirstOrThrow();
  const { owners, ...before } = report ?? {};
  expect(owners).toEqual({ changed: 1, of: 300, links: 0, many: false });
  await desk.db
    .updateTable('registryOrders')
    .set({ report: JSON.stringify(before) })
    .execute();
  expect(await at.registries.apply(at.by(701), order)).toMatchObject({ outcome: 'check-is-old' });
});

test('a senior undoes by the button, once, and by the number; a member does not', async () => {
  await desk.take(town(300));
  const at = outfit(desk.db, desk.pool);
  const order = await at.bring(701, town(300, 40));
  await at.registries.apply(at.by(701), order);
  await at.work();
  expect(at.chat[0]?.text).toMatch(/Проведено: загрузка №\s2/);
  expect(at.chat[0]?.doors).toEqual(['2']);
  expect(await at.registries.undo(at.by(702), 2)).toEqual({ outcome: 'senior-needed' });
  expect(await at.registries.lastImports(at.by(702))).toEqual({ outcome: 'senior-needed' });
  expect(await at.registries.undo(at.by(701), 77)).toEqual({ outcome: 'no-such-import' });
  const listed = await at.registries.lastImports(at.by(701));
  expect(listed).toMatchObject({
    outcome: 'listed',
    imports: [{ number: 2, kind: 'accounts', name: 'реестр ноябрь.csv' }, { number: 1 }],
  });

  const pressed = at.by(701);
  expect(await at.registries.undo(pressed, 2)).toEqual({ outcome: 'undoing', number: 2 });
  expect(await at.registries.undo(pressed, 2)).toEqual({ outcome: 'undoing', number: 2 });
  await at.work();
  expect(await sold()).toBe(0);
  expect(at.chat.at(-1)?.text).toMatch(/Загрузка №\s2 отменена/);
  expect(at.chat.at(-1)?.text).toContain('Удалено новых строк: 0, возвращено прежних: 40');
  await at.registries.undo(at.by(701), 2);
  await at.work();
  expect(at.chat.at(-1)?.text).toContain('Она уже отменена');
  const journal = await desk.db.selectFrom('auditLog').select(['who', 'what']).where('what', '=', 'registries.undo').execute();
  expect(journal).toEqual([{ who: 'telegram:701', what: 'registries.undo' }]);
});

async function addResident(): Promise<string> {
  const row = { login: 'ivan', phone: null, passwordHash: 'x', registeredAt: DESK_NOW };
  return make.resident(desk.db, row);
}

async function link(resident: string, account: string): Promise<void> {
  await make.link(desk.db, { residentId: resident, account, linkedAt: new Date('2026-11-01T09:00:00Z') });
}
