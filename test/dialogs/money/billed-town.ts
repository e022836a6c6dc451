import { insertLink } from '../../../src/records/links.ts';
import { findSignedIn } from '../../../src/records/sessions.ts';
import type { World } from '../../kit/chat/world.ts';
import { settleTown } from '../town.ts';
import * as make from '../../kit/make.ts';

const HEATED = { unit: 'Гкал', supplier: 'АО «Приморсктепло»' };

/**
 * The town of linking, where Ivan has `0012345` by now, with three months of charges, and Maria two: `0022222`, in credit, and `0033333`, never
 * charged. Pyotr has the closed `0044444`.
 */
export async function settleBilledTown(world: World): Promise<void> {
  await settleTown(world);
  await world.db.deleteFrom('charges').where('account', '=', '0012345').execute();
  await make.charge(
    world.db,
    charge('08', 'Холодное водоснабжение', { charged: 124_89, due: 124_89, volume: '3', tariff: '41.63' }),
    charge('08', 'Лифт', { charged: 150_00, due: 150_00 }),
    charge('09', 'Холодное водоснабжение', { opening: 124_89, charged: 124_89, due: 249_78, volume: '3', tariff: '41.63' }),
    charge('09', 'Лифт', { opening: 150_00, charged: 150_00, benefit: 50_00, paid: 150_00, due: 100_00 }),
    charge('10', 'Холодное водоснабжение', {
      opening: 249_78,
      charged: 233_53,
      recalculated: -40_00,
      grounds: 'Перерыв в подаче, акт <7>',
      penalty: 1_25,
      paid: 124_89,
      due: 319_67,
      volume: '5.1',
      tariff: '45.79',
    }),
    charge('10', 'Отопление', { charged: 2_862_25, due: 2_862_25, volume: '0.9', tariff: '3180.28', ...HEATED }),
    charge('10', 'Вывоз ТКО', { charged: 138_71, due: 138_71 }),
  );
  await make.registryImport(world.db, {
    ...NOTHING,
    kind: 'charges',
    startedAt: world.clock(),
    finishedAt: world.clock(),
    dataDay: '2026-10-31',
  });
  await ownAll(world);
}

/** Ivan, Maria and Pyotr have the accounts of the town of linking. */
export async function ownAll(world: World): Promise<void> {
  for (const [person, account] of [
    [701, '0012345'],
    [702, '0022222'],
    [702, '0033333'],
    [703, '0044444'],
  ] as const)
    await own(world, person, account);
}

/** An account is linked as if its resident had proved it. */
export async function own(world: World, person: number, account: string): Promise<void> {
  const signedIn = await findSignedIn(world.db, `telegram:${person}`, world.clock());
  if (!signedIn) throw new Error('nobody is signed in');
  const link = { residentId: signedIn.resident.id, account, way: 'password' as const, linkedAt: world.clock() };
  await world.db.transaction().execute((trx) => insertLink(trx, link));
  world.pass(1000);
}

const NOTHING = { fileName: 'c.csv', rowsRead: 0, rowsNew: 0, rowsChanged: 0, rowsUnchanged: 0, rowsRefused: 0 };

type Sums = Partial<Record<'opening' | 'charged' | 'recalculated' | 'benefit' | 'penalty' | 'paid' | 'due', number>>;
type More = { volume?: string; tariff?: string; unit?: string; supplier?: string; grounds?: string };

function charge(month: string, service: string, given: Sums & More) {
  const { opening = 0, charged = 0, recalculated = 0, benefit = 0, penalty = 0, paid = 0, due = 0, ...more } = given;
  return {
    account: '0012345',
    period: `2026-${month}-01`,
    service,
    openingKopecks: opening,
    chargedKopecks: charged,
    recalculatedKopecks: recalculated,
    benefitKopecks: benefit,
    penaltyKopecks: penalty,
    paidKopecks: paid,
    dueKopecks: due,
    ...(more.volume !== undefined && { unit: 'куб.м' }),
    ...more,
  };
}
