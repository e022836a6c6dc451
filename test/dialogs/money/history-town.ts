import { insertLink } from '../../../src/records/links.ts';
import type { World } from '../../kit/chat/world.ts';
import { settleTown } from '../town.ts';
import * as make from '../../kit/make.ts';

type Sums = {
  opening?: number;
  charged: number;
  recalculated?: number;
  grounds?: string;
  benefit?: number;
  penalty?: number;
  paid?: number;
  volume?: string;
  unit?: string;
  tariff?: string;
  supplier?: string;
};

/** The town, where Иван (who speaks first) has an account with a life of its own linked, 0012345. */
export async function settleHistory(world: World): Promise<void> {
  await settleLife(world);
  await link(world, 701, '0012345', null);
}

/** The same town, where he has two others: 0022222 «Дача» and 0033333, which was neither charged nor paid. */
export async function settleSeveral(world: World): Promise<void> {
  await settleLife(world);
  await link(world, 701, '0022222', 'Дача');
  await link(world, 701, '0033333', null);
}

async function settleLife(world: World): Promise<void> {
  await settleTown(world);
  const { db } = world;
  await db.deleteFrom('charges').where('account', '=', '0012345').execute();
  await db.deleteFrom('payments').where('account', 'in', ['0012345', '0033333']).execute();

  const heat = { unit: 'Гкал', supplier: 'АО «Тепло»' };
  const home = { unit: 'кв.м', volume: '76.3', tariff: '24.18', supplier: 'ООО «УК <Якорь> & Ко»' };
  await charge(world, '2026-07', 'Содержание жилого помещения', { charged: 1_844_93, ...home });
  await charge(world, '2026-07', 'Отопление', { opening: -500_00, charged: 0, ...heat });
  await charge(world, '2026-09', 'Содержание жилого помещения', {
    opening: 1_844_93,
    charged: 1_844_93,
    paid: 2_000_00,
    ...home,
  });
  await charge(world, '2026-09', 'Отопление', {
    opening: -500_00,
    charged: 2_000_10,
    recalculated: -120_55,
    grounds: 'Недопоставка 3 дня',
    benefit: 100_00,
    volume: '0.692',
    tariff: '2891.17',
    ...heat,
  });
  await charge(world, '2026-10', 'Содержание жилого помещения', {
    opening: 1_689_86,
    charged: 1_844_93,
    paid: 1_000_00,
    ...home,
  });
  await charge(world, '2026-10', 'Отопление', {
    opening: 1_279_55,
    charged: 5_606_83,
    penalty: 12_34,
    paid: 0,
    volume: '1.763',
    tariff: '3180.28',
    ...heat,
  });
  await make.payment(
    db,
    { account: '0012345', day: '2026-09-12', sumKopecks: 2_000_00, operation: 'h1', source: 'Почта' },
    { account: '0012345', day: '2026-10-12', sumKopecks: 1_000_00, operation: 'h2', source: 'СБП' },
    { account: '0012345', day: '2026-10-25', sumKopecks: 234_56, operation: 'h3' },
    { account: '0012345', day: '2026-11-03', sumKopecks: 700_00, operation: 'h4', source: 'Касса центра' },
    { account: '0012345', day: '2026-11-03', sumKopecks: -700_00, operation: 'h5', source: 'Касса центра' },
    { account: '0012345', day: '2026-11-04', sumKopecks: 70_00, operation: 'h6', source: 'Касса центра' },
  );
}

export async function charge(world: World, period: string, service: string, sums: Sums, account = '0012345'): Promise<void> {
  const { opening = 0, charged, recalculated = 0, benefit = 0, penalty = 0, paid = 0, grounds, supplier = '', ...rest } = sums;
  await make.charge(world.db, {
    account,
    period: `${period}-01`,
    service,
    supplier,
    openingKopecks: opening,
    chargedKopecks: charged,
    recalculatedKopecks: recalculated,
    grounds: grounds ?? null,
    benefitKopecks: benefit,
    penaltyKopecks: penalty,
    paidKopecks: paid,
    dueKopecks: opening + charged + recalculated - benefit + penalty - paid,
    ...rest,
  });
}

async function link(world: World, person: number, account: string, name: string | null): Promise<void> {
  await world.db.transaction().execute(async (trx) => {
    const { id } = await trx
      .selectFrom('residents')
      .select('id')
      .where('login', '=', `resident${person}`)
      .executeTakeFirstOrThrow();
    const added = await insertLink(trx, { residentId: id, account, way: 'password', linkedAt: world.clock() });
    await trx
      .updateTable('links')
      .set({ name })
      .where('id', '=', added ?? '')
      .execute();
  });
}

/** The link to an account, as buttons carry it. */
export async function linkTo(world: World, account: string): Promise<string> {
  const { id } = await world.db.selectFrom('links').select('id').where('account', '=', account).executeTakeFirstOrThrow();
  return id;
}
