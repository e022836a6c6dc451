import type { World } from '../../kit/chat/world.ts';
import { linkFor, settleTown } from '../town.ts';
import { charge } from './history-town.ts';

/** The town of linking, where billing charges light by zones: Ivan has `0012345` with three of them, Maria `0022222` with day and night. */
export async function settleZonedTown(world: World): Promise<void> {
  await settleTown(world);
  await world.db.deleteFrom('charges').where('account', 'in', ['0012345', '0022222']).execute();
  const light = (account: string, month: string, zone: string, charged: number, volume: string, tariff: string) =>
    charge(world, month, `Электроснабжение (${zone})`, { charged, volume, tariff, unit: 'кВт·ч', paid: charged - 1_00 }, account);
  for (const [month, lift] of [
    ['2026-09', 100_00],
    ['2026-10', 120_00],
  ] as const)
    for (const account of ['0012345', '0022222']) await charge(world, month, 'Лифт', { charged: lift }, account);
  await light('0012345', '2026-09', 'ночь', 100_00, '40', '2.5');
  await light('0012345', '2026-10', 'ночь', 150_00, '60', '2.5');
  await light('0012345', '2026-10', 'пик', 320_00, '40', '8');
  await light('0012345', '2026-10', 'полупик', 250_00, '50', '5');
  await light('0022222', '2026-10', 'ночь', 150_00, '60', '2.5');
  await light('0022222', '2026-10', 'день', 300_00, '50', '6');
  await linkFor(world, 701, '0012345');
  await linkFor(world, 702, '0022222');
}
