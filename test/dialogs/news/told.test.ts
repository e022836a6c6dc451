import { insertConfirmedMessenger } from '../../../src/records/confirmed-messengers.ts';
import { FORMER_PAYMENTS } from '../../../src/records/former-payments.ts';
import { replaceSession } from '../../../src/records/sessions.ts';
import { transcripts } from '../../kit/chat/transcripts.ts';
import type { World } from '../../kit/chat/world.ts';
import { linkFor, settleTown } from '../town.ts';
import * as make from '../../kit/make.ts';

/** Residents 701 (two accounts, one of his own naming; abroad as 702, too) and 703; then billing's registries of November come in. */
async function withNews(world: World): Promise<void> {
  const { db } = world;
  await settleTown(world);
  const now = world.clock();
  const resident = (person: number) =>
    db.selectFrom('residents').select('id').where('login', '=', `resident${person}`).executeTakeFirstOrThrow();
  const [ivan, oleg] = [(await resident(701)).id, (await resident(703)).id];
  await db.transaction().execute(async (trx) => replaceSession(trx, ivan, 'telegram:702', now));
  await db.transaction().execute(async (trx) => insertConfirmedMessenger(trx, ivan, 'telegram:701', now));
  // News comes in the order of the links.
  const id = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;
  const linked = { way: 'sum' as const, linkedAt: now, chargesTold: '2026-10-01', paymentsTold: 1000 };
  await make.link(
    db,
    { id: id(1), residentId: ivan, account: '0012345', name: 'Дом <у реки>', ...linked },
    { id: id(2), residentId: ivan, account: '0022222', ...linked },
    { id: id(3), residentId: oleg, account: '0044444', ...linked },
  );

  const charged = { period: '2026-11-01', service: 'Отопление', openingKopecks: 0 };
  await make.charge(
    db,
    { ...charged, account: '0012345', chargedKopecks: 2_500_00, dueKopecks: 5_238_01 },
    { ...charged, account: '0022222', chargedKopecks: 100_00, dueKopecks: -50_00 },
    { ...charged, account: '0044444', chargedKopecks: 0, dueKopecks: 0 },
  );
  await db.updateTable('links').set({ paymentsTold: 0 }).where('account', '=', '0044444').execute();
  const verified = { account: '0012345', service: 'Холодное водоснабжение', verificationDue: '2027-01-21' };
  await make.meter(
    db,
    { ...verified, number: 'ХВ-1' },
    { ...verified, number: 'ГВ-2', service: 'Горячее водоснабжение' },
    { ...verified, account: '0022222', number: 'Э-7', scale: 'день', service: 'Электроснабжение', verificationDue: null },
  );
  const none = { rowsRead: 0, rowsNew: 0, rowsChanged: 0, rowsUnchanged: 0, rowsRefused: 0, dataDay: null };
  const at = { startedAt: now, finishedAt: now };
  await make.registryImport(
    db,
    { kind: 'charges', fileName: 'c.csv', ...at, ...none },
    { kind: 'payments', fileName: 'p.csv', ...at, ...none },
  );
  world.pass(60_000);
}

transcripts(new URL('./told/', import.meta.url), { before: withNews });

/** Of what resident 701 was told of the account a later registry has another payment and another reversal, and one on another account. */
async function withCorrected(world: World): Promise<void> {
  const { db } = world;
  await settleTown(world);
  await linkFor(world, 701, '0012345');
  const own = { account: '0012345', day: '2026-11-18', operation: 'fix-1' };
  const elsewhere = { account: '0022222', day: '2026-11-19', operation: 'fix-2', sumKopecks: 700_00 };
  await make.payment(db, { ...own, sumKopecks: 100_00 }, { ...own, sumKopecks: -50_00 }, elsewhere);
  const corrected = db.selectFrom('payments').select('entry').where('operation', '=', 'fix-1').orderBy('entry');
  const { entry: told } = await corrected.executeTakeFirstOrThrow();
  await db
    .updateTable('links')
    .set({ paymentsTold: told - 1 })
    .execute();
  const importId = await make.registryImport(db, { kind: 'payments', startedAt: world.clock(), finishedAt: world.clock() });
  const former = { source: '', entry: told - 1, news: true, untold: [] };
  const rows = [
    { ...former, ...own, sum_kopecks: 1_000_00 },
    { ...former, ...own, sum_kopecks: -20_00 },
    { ...former, ...elsewhere, account: '0012345', sum_kopecks: 700_00 },
  ];
  await db
    .insertInto('registryPreviousRows')
    .values(rows.map((row) => ({ importId, relation: FORMER_PAYMENTS, before: JSON.stringify(row) })))
    .execute();
  world.pass(60_000);
}

transcripts(new URL('./corrected/', import.meta.url), { before: withCorrected });
