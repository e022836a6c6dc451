import { insertConfirmedMessenger } from '../../../src/records/confirmed-messengers.ts';
import { insertSession } from '../../../src/records/sessions.ts';
import { transcripts } from '../../kit/chat/transcripts.ts';
import type { World } from '../../kit/chat/world.ts';
import { settleTown } from '../town.ts';
import * as make from '../../kit/make.ts';

/** Residents 701 (two accounts, one of his own naming; abroad as 702, too) and 703; then billing's registries of November come in. */
async function withNews(world: World): Promise<void> {
  const { db } = world;
  await settleTown(world);
  const now = world.clock();
  const resident = (person: number) =>
    db.selectFrom('residents').select('id').where('login', '=', `resident${person}`).executeTakeFirstOrThrow();
  const [ivan, oleg] = [(await resident(701)).id, (await resident(703)).id];
  await db.transaction().execute(async (trx) => insertSession(trx, ivan, 'telegram:702', now));
  await db.transaction().execute(async (trx) => insertConfirmedMessenger(trx, ivan, 'telegram:701', now));
  // News comes in the order of the links.
  const id = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;
  const linked = { way: 'sum' as const, linked_at: now, charges_told: '2026-10-01', payments_told: 1000 };
  await make.link(
    db,
    { id: id(1), resident_id: ivan, account: '0012345', name: 'Дом <у реки>', ...linked },
    { id: id(2), resident_id: ivan, account: '0022222', ...linked },
    { id: id(3), resident_id: oleg, account: '0044444', ...linked },
  );

  const charged = { period: '2026-11-01', service: 'Отопление', opening_kopecks: 0 };
  await make.charge(
    db,
    { ...charged, account: '0012345', charged_kopecks: 2_500_00, due_kopecks: 5_238_01 },
    { ...charged, account: '0022222', charged_kopecks: 100_00, due_kopecks: -50_00 },
    { ...charged, account: '0044444', charged_kopecks: 0, due_kopecks: 0 },
  );
  await db.updateTable('links').set({ payments_told: 0 }).where('account', '=', '0044444').execute();
  const verified = { account: '0012345', service: 'Холодное водоснабжение', verification_due: '2027-01-21' };
  await make.meter(
    db,
    { ...verified, number: 'ХВ-1' },
    { ...verified, number: 'ГВ-2', service: 'Горячее водоснабжение' },
    { ...verified, account: '0022222', number: 'Э-7', scale: 'день', service: 'Электроснабжение', verification_due: null },
  );
  const none = { rows_read: 0, rows_new: 0, rows_changed: 0, rows_unchanged: 0, rows_refused: 0, data_day: null };
  const at = { started_at: now, finished_at: now };
  await make.registryImport(
    db,
    { kind: 'charges', file_name: 'c.csv', ...at, ...none },
    { kind: 'payments', file_name: 'p.csv', ...at, ...none },
  );
  world.pass(60_000);
}

transcripts(new URL('./told/', import.meta.url), { before: withNews });
